//! Which part of the trail is asked for, out of the address of the page.

use org_domain::time_zone::TimeZone;
use org_kernel::actor::Actor;
use org_kernel::audit::{Action, Entry, EntryQuery, Order, Subject};
use org_kernel::field::{FromText, Invalid};
use org_kernel::id::OrgId;
use org_kernel::instant::Instant;
use time::Date;
use uuid::Uuid;

use crate::fields::Fields;
use crate::form::Form;
use crate::refusal::Refusal;

/// The fields of the filters, in their order.
const FILTERS: [&str; 5] = ["who", "what", "on", "since", "until"];

/// Where the entries begin that come after those that were seen.
const CURSOR: &str = "after";

/// A part of the trail.
pub(super) struct Filter {
    /// What was typed, and what is wrong with it.
    pub(super) form: Form,
    /// What it asks for; of a form in which something is wrong, only what is right.
    pub(super) query: EntryQuery,
}

impl Filter {
    /// Reads the filters; days are those of the organization's time zone. A place in the trail that no
    /// page of ours has named is a page that does not exist.
    pub(super) fn read(fields: &Fields, org: OrgId, zone: &TimeZone) -> Result<Self, Refusal> {
        let mut form = Form::filled(FILTERS.map(|name| (name, fields.one(name).to_owned())));
        let actor = form.optional("who").map(|Author(actor)| actor);
        let action = form.optional("what").map(|Doing(action)| action);
        let subject = form.optional("on").map(|Object(subject)| subject);
        let since: Option<Date> = form.optional("since");
        let until: Option<Date> = form.optional("until");
        if since.zip(until).is_some_and(|(since, until)| until < since) {
            form.reject("until", "must not be before the first day");
        }
        let cursor = fields.one(CURSOR);
        let after = match cursor {
            "" => None,
            cursor => Some(place(cursor).ok_or(Refusal::NotFound)?),
        };
        let query = EntryQuery {
            org: Some(org),
            actor,
            action,
            subject,
            since: since.and_then(|day| zone.start_of_day(day)),
            until: until
                .and_then(Date::next_day)
                .and_then(|day| zone.start_of_day(day)),
            order: Order::NewestFirst,
            after,
            limit: 0,
        };
        Ok(Self { form, query })
    }

    /// The filters as they stand in an address, without a place in the trail.
    pub(super) fn address(&self) -> String {
        self.form.typed().to_query()
    }

    /// The address of what comes after an entry.
    pub(super) fn address_after(&self, entry: &Entry) -> String {
        let mut fields = self.form.typed().clone();
        fields.add(CURSOR, format!("{}_{}", entry.at, entry.id.simple()));
        fields.to_query()
    }

    /// Whether anything is filtered by.
    pub(super) fn is_set(&self) -> bool {
        FILTERS.iter().any(|name| !self.form.value(name).is_empty())
    }
}

fn place(cursor: &str) -> Option<(Instant, Uuid)> {
    let (at, id) = cursor.split_once('_')?;
    at.parse().ok().zip(id.parse().ok())
}

struct Author(Actor);

impl FromText for Author {
    fn from_text(text: &str) -> Result<Self, Invalid> {
        let actor = text.parse().map(Self);
        actor.map_err(|_| Invalid::new("must be one of those that can be chosen"))
    }
}

struct Doing(Action);

impl FromText for Doing {
    fn from_text(text: &str) -> Result<Self, Invalid> {
        let named = |c: char| c.is_ascii_lowercase() || c == '_' || c == '.';
        match text.parse() {
            Ok(action) if text.chars().all(named) => Ok(Self(action)),
            _ => Err(Invalid::new(
                "must be an action like contact.created, or an object like contact",
            )),
        }
    }
}

struct Object(Subject);

impl FromText for Object {
    fn from_text(text: &str) -> Result<Self, Invalid> {
        let subject = text.parse().map(Self);
        subject.map_err(|_| Invalid::new("must be an id like con_…"))
    }
}
