//! `org-api audit`: the audit trail, printed as it is read.

use org_kernel::audit::{AuditTrail, Entry, EntryQuery, Request};
use org_kernel::id::OrgId;
use serde_json::{Value, json};

use crate::cli::AuditArgs;
use crate::database::Database;
use crate::failure::Failure;
use crate::output::{Items, Output, flag, say};

/// How many entries are in memory at one time.
const PAGE: u32 = 500;

pub(super) fn run(
    arguments: &AuditArgs,
    database: &Database,
    output: Output,
) -> Result<(), Failure> {
    let time = |name, at: &Option<String>| at.as_deref().map(|at| flag(name, at)).transpose();
    let org = arguments.org.as_deref();
    let org = org.map(|slug| database.organization(slug)).transpose()?;
    let query = EntryQuery {
        org: org.map(|org| org.id),
        action: arguments.action.clone(),
        since: time("since", &arguments.since)?,
        until: time("until", &arguments.until)?,
        limit: PAGE,
        ..EntryQuery::default()
    };
    let trail = database.store();
    match output {
        Output::Programs => print(&*trail, query),
        Output::People => tell(&*trail, query),
    }
}

fn print(trail: &dyn AuditTrail, query: EntryQuery) -> Result<(), Failure> {
    let (mut items, org) = (Items::begin()?, query.org);
    each(trail, query, |entry| items.add(&item(entry, org)))?;
    items.end()
}

fn tell(trail: &dyn AuditTrail, query: EntryQuery) -> Result<(), Failure> {
    let mut empty = true;
    each(trail, query, |entry| {
        empty = false;
        say(line(entry));
        Ok(())
    })?;
    if empty {
        say("there is nothing in the trail");
    }
    Ok(())
}

/// Takes every entry in its order, reading a page at a time.
fn each(
    trail: &dyn AuditTrail,
    mut query: EntryQuery,
    mut take: impl FnMut(&Entry) -> Result<(), Failure>,
) -> Result<(), Failure> {
    loop {
        let page = trail.entries(&query)?;
        let Some(last) = page.last() else {
            return Ok(());
        };
        query.after = Some((last.at, last.id));
        page.iter().try_for_each(&mut take)?;
    }
}

fn item(entry: &Entry, org: Option<OrgId>) -> Value {
    let request = entry.request.as_ref();
    json!({
        "id": entry.id.to_string(),
        "at": entry.at,
        "organization": org,
        "actor": entry.actor.map(|actor| actor.to_string()),
        "action": entry.action,
        "subject": entry.subject.as_ref().map(ToString::to_string),
        "details": entry.details,
        "address": entry.address(),
        "method": request.map(|request| &request.method),
        "route": request.map(|request| &request.route),
        "status": request.map(|request| request.status),
        "requestId": request.map(|request| &request.id),
    })
}

/// `2026-03-14T18:30:00.000Z  key_…  contact.created  con_…  POST /… 201 from 192.0.2.7 (…)  {…}`
fn line(entry: &Entry) -> String {
    let actor = entry.actor.map(|actor| actor.to_string());
    let parts = [
        Some(entry.at.to_string()),
        Some(actor.unwrap_or_else(|| "somebody".to_owned())),
        Some(entry.action.clone()),
        entry.subject.as_ref().map(ToString::to_string),
        entry.request.as_ref().map(asked),
        (!entry.details.is_empty()).then(|| json!(entry.details).to_string()),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join("  ")
}

fn asked(request: &Request) -> String {
    let Request {
        id,
        address,
        method,
        route,
        status,
    } = request;
    format!("{method} {route} {status} from {address} ({id})")
}
