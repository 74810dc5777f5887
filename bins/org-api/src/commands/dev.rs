//! `org-api dev`: a demonstration orchestra, ready to be asked.

use std::ops::ControlFlow;

use org_auth::api_keys::KeyRequest;
use org_auth::rate::OwnLimits;
use org_auth::scope::ScopeSet;
use org_auth::user::{Email, Role};
use org_auth::user_store::NotInserted;
use org_auth::users::{Invitation, InviteError, IssuedLink, NewLinkError};
use org_domain::Record;
use org_domain::import::{Flaw, Imports, Options, Row, Source, Unreadable};
use org_domain::organizations::{Organization, OrganizationStore, Slug};
use org_kernel::audit::Origin;
use org_kernel::field::FromText;
use org_kernel::text::Line;
use serde_json::Value;
use time::Duration;

use super::import::today;
use super::serve::Listeners;
use super::{key, org, serve, user};
use crate::database::{Database, clock, ids};
use crate::failure::Failure;
use crate::output::say;
use crate::schema::Pending;
use crate::settings::Settings;

/// How long a key of a demonstration is good for; every start makes a new one.
const KEY_LASTS: Duration = Duration::days(7);

/// Who may change everything of the demonstration.
const OWNER: &str = "demo@example.org";

pub(super) fn run(settings: &Settings) -> Result<(), Failure> {
    let listeners = Listeners::take(settings)?;
    let database = Database::open(settings)?;
    database.migrate()?;
    let organization = orchestra(&database)?;
    let secret = secret(&database, &organization)?;
    let link = owners_link(&database, &organization)?;
    let address = listeners.clients.local_addr()?;
    let settings_page = user::address_of(&link, format_args!("http://{address}"));
    let slug = &organization.facts.slug;
    say(format!(
        "\nThe {} plays at http://{address}\n\n\
         export KEY={secret}\n\
         curl -s -H \"Authorization: Bearer $KEY\" \"http://{address}/api/org/v1/{slug}/works?q=new+world\"\n\n\
         The key lasts a week. Every other question: http://{address}/docs\n\
         Settings: {settings_page}\n",
        organization.facts.name,
    ));
    serve::serve(settings, database, Pending::Apply, listeners)
}

/// The demonstration's organization, founded when it is not there yet.
fn orchestra(database: &Database) -> Result<Record<Organization>, Failure> {
    let demo = org_demo::organization();
    let slug: Slug = own(demo.slug)?;
    let found = database.store().by_slug(&slug)?;
    let organization = match found {
        Some(organization) => organization,
        None => org::organizations(database).create(
            slug,
            own::<Line<200>>(demo.name)?,
            own(demo.time_zone)?,
            &Origin::OPERATOR,
        )?,
    };
    import(database, &organization)?;
    Ok(organization)
}

/// Brings the demonstration up to date: it has rows behind it and ahead of it on every day.
fn import(database: &Database, organization: &Record<Organization>) -> Result<(), Failure> {
    let today = today(&organization.facts.time_zone)?;
    let imports = Imports::new(database.store(), clock(), ids());
    let files: [Box<dyn Source>; 1] = [Box::new(Demonstration(org_demo::rows(today)))];
    let summary = imports.run(
        (organization.id, &Origin::OPERATOR),
        &files,
        Options::default(),
        &mut |_| {},
    )?;
    match summary.errors.first() {
        None => Ok(()),
        Some(error) => Err(Failure::Failed(format!(
            "the demonstration is flawed: {error:?}"
        ))),
    }
}

/// The rows of the demonstration, which come from no file.
struct Demonstration(Vec<Value>);

impl Source for Demonstration {
    fn name(&self) -> &'static str {
        "demonstration"
    }

    fn read(&self, take: &mut dyn FnMut(Row) -> ControlFlow<()>) -> Result<(), Unreadable> {
        for (line, row) in (1..).zip(&self.0) {
            let content = match row {
                Value::Object(object) => Ok(object.clone()),
                other => Err(vec![Flaw {
                    field: None,
                    message: format!("is no object: {other}"),
                }]),
            };
            if take(Row {
                line,
                read_to: 0,
                partial: false,
                content,
            })
            .is_break()
            {
                break;
            }
        }
        Ok(())
    }
}

/// A new key with every scope.
fn secret(database: &Database, organization: &Record<Organization>) -> Result<String, Failure> {
    let request = KeyRequest {
        id: None,
        org: organization.id,
        name: own("org-api dev")?,
        scopes: ScopeSet::all(),
        limits: OwnLimits::default(),
        expires_at: clock().now().checked_add(KEY_LASTS),
    };
    let issued = key::api_keys(database).issue(request, &Origin::OPERATOR)?;
    Ok(issued.secret.expose().to_owned())
}

/// A link for the demonstration's owner, who is invited where there is none. Every start makes another, and
/// ends the one before; of two that start at once, the second finds whom the first has invited.
fn owners_link(
    database: &Database,
    organization: &Record<Organization>,
) -> Result<IssuedLink, Failure> {
    let (users, email) = (user::users(database), own::<Email>(OWNER)?);
    let slug = organization.facts.slug.as_str();
    if let Some(owner) = user::find(database, slug, &email)? {
        return Ok(users.new_link(owner.user_ref(), &Origin::OPERATOR)?);
    }
    let invitation = Invitation {
        id: users.fresh_id(),
        org: organization.id,
        email: email.clone(),
        name: own("Demo")?,
        role: Role::Owner,
    };
    match users.invite(invitation, &Origin::OPERATOR) {
        Err(InviteError::Refused(NotInserted::EmailTaken)) => {
            let owner = user::find(database, slug, &email)?;
            let owner = owner.ok_or(NewLinkError::NoSuchUser)?;
            Ok(users.new_link(owner.user_ref(), &Origin::OPERATOR)?)
        }
        invited => Ok(invited?),
    }
}

/// Reads what this program itself says.
fn own<T: FromText>(text: &str) -> Result<T, Failure> {
    T::from_text(text).map_err(|invalid| Failure::during(text, &invalid))
}
