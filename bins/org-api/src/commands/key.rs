//! `org-api key …`

mod rotate;

use std::sync::Arc;

use org_auth::api_key::ApiKey;
use org_auth::api_keys::{ApiKeys, KeyRequest};
use org_auth::entropy::SystemEntropy;
use org_auth::key_store::RevokeError;
use org_auth::rate::OwnLimits;
use org_auth::scope::{Scope, ScopeSet};
use org_auth::verifier::KnownKeys;
use org_kernel::audit::Origin;
use org_kernel::id::KeyId;
use serde_json::{Value, json};

use crate::cli::{KeyCommand, NewKeyArgs};
use crate::database::{Database, clock, ids};
use crate::failure::Failure;
use crate::output::{Output, flag};

pub(super) fn run(
    command: &KeyCommand,
    database: &Database,
    output: Output,
) -> Result<(), Failure> {
    match command {
        KeyCommand::Create(arguments) => create(arguments, database, output),
        KeyCommand::List { org } => list(org, database, output),
        KeyCommand::Rotate { id, overlap } => rotate::rotate(id, overlap, database, output),
        KeyCommand::Revoke { id } => revoke(id, database, output),
    }
}

pub(super) fn api_keys(database: &Database) -> ApiKeys {
    ApiKeys::new(
        database.store(),
        clock(),
        ids(),
        Arc::new(SystemEntropy::new()),
        Arc::new(KnownKeys::default()),
    )
}

fn create(arguments: &NewKeyArgs, database: &Database, output: Output) -> Result<(), Failure> {
    let request = KeyRequest {
        id: None,
        name: flag("name", &arguments.name)?,
        scopes: scopes(&arguments.scopes)?,
        limits: limits(arguments)?,
        expires_at: arguments
            .expires_at
            .as_deref()
            .map(|at| flag("expires-at", at))
            .transpose()?,
        org: database.organization(&arguments.org)?.id,
    };
    let issued = api_keys(database).issue(request, &Origin::OPERATOR)?;
    let answer = json!({ "id": issued.key.id, "secret": issued.secret.expose() });
    output.show(&answer, |_| {
        let (id, secret) = (issued.key.id, issued.secret.expose());
        format!("{id}\n{secret}\nThe secret is shown this once.")
    })
}

fn scopes(names: &[String]) -> Result<ScopeSet, Failure> {
    ScopeSet::parse(names.iter().map(String::as_str))
        .map_err(|invalid| Failure::Usage(format!("--scope: {} {invalid}", names.join(" "))))
}

fn limits(arguments: &NewKeyArgs) -> Result<OwnLimits, Failure> {
    let limit =
        |name, text: &Option<String>| text.as_deref().map(|text| flag(name, text)).transpose();
    Ok(OwnLimits {
        reads: limit("reads-per-minute", &arguments.reads_per_minute)?,
        writes: limit("writes-per-minute", &arguments.writes_per_minute)?,
    })
}

fn list(slug: &str, database: &Database, output: Output) -> Result<(), Failure> {
    let keys = api_keys(database).list(database.organization(slug)?.id)?;
    let items: Vec<_> = keys.iter().map(row).collect();
    output.show(&json!({ "items": items }), |_| {
        let lines: Vec<_> = keys.iter().map(line).collect();
        if lines.is_empty() {
            format!("{slug} has no keys")
        } else {
            lines.join("\n")
        }
    })
}

fn row(key: &ApiKey) -> Value {
    json!({
        "id": key.id,
        "name": key.name,
        "prefix": key.prefix.as_str(),
        "scopes": key.scopes.iter().map(Scope::as_str).collect::<Vec<_>>(),
        "createdAt": key.created_at,
        "expiresAt": key.expires_at,
        "lastUsedAt": key.last_used_at,
        "revokedAt": key.revoked_at,
        "replacedBy": key.replaced_by,
    })
}

fn line(key: &ApiKey) -> String {
    let state = match (key.revoked_at, key.expires_at) {
        (Some(at), _) => format!("revoked {at}"),
        (None, Some(at)) => format!("expires {at}"),
        (None, None) => "does not expire".to_owned(),
    };
    let used = key
        .last_used_at
        .map_or("never used".to_owned(), |at| format!("used {at}"));
    let scopes: Vec<_> = key.scopes.iter().map(Scope::as_str).collect();
    format!(
        "{}  {}…  {}  {state}, {used}  {}",
        key.id,
        key.prefix.as_str(),
        key.name,
        scopes.join(" ")
    )
}

fn unknown(id: &str) -> Failure {
    Failure::Failed(format!("there is no key {id:?}"))
}

fn read_id(id: &str) -> Result<KeyId, Failure> {
    id.parse().map_err(|_| unknown(id))
}

fn revoke(id: &str, database: &Database, output: Output) -> Result<(), Failure> {
    let key = read_id(id)?;
    let revoked =
        api_keys(database)
            .revoke(key, &Origin::OPERATOR)
            .map_err(|error| match error {
                RevokeError::NoSuchKey => unknown(id),
                RevokeError::Store(cause) => Failure::of(&cause),
            })?;
    let answer = json!({ "id": revoked.id, "revokedAt": revoked.revoked_at });
    output.show(&answer, |_| format!("{} is revoked", revoked.id))
}
