//! What a transaction tells: its events and the entries of its audit trail, gathered and written many
//! at a time.
//!
//! Who is to hear of an event is written with it: the endpoints that are enabled and subscribed when it
//! is. What becomes of an endpoint afterwards changes nothing about that.

mod subscriptions;

use diesel::prelude::*;
use org_kernel::audit::{Change, Entry, Origin};
use org_kernel::event::Event;
use org_kernel::id::OrgId;
use time::OffsetDateTime;
use uuid::Uuid;

use self::subscriptions::Subscriptions;
use crate::audit;
use crate::schema::events;

/// How much of one kind is gathered.
const FULL: usize = 500;

#[derive(Insertable)]
#[diesel(table_name = events, treat_none_as_default_value = false)]
struct NewEvent<'a> {
    org_id: Uuid,
    id: Uuid,
    type_: &'a str,
    payload: &'a str,
    created_at: OffsetDateTime,
    endpoint_ids: Vec<Uuid>,
}

impl<'a> NewEvent<'a> {
    fn of(org: OrgId, event: &'a Event, subscriptions: &Subscriptions) -> Self {
        Self {
            org_id: org.uuid(),
            id: event.id.uuid(),
            type_: event.kind,
            payload: &event.payload,
            created_at: event.created_at.to_utc(),
            endpoint_ids: subscriptions.to(event.kind),
        }
    }
}

/// What a transaction has told and was not written yet.
#[derive(Debug)]
pub(crate) struct Told<'a> {
    origin: &'a Origin,
    events: Vec<Event>,
    entries: Vec<Entry>,
    of_events: bool,
}

impl<'a> Told<'a> {
    /// Nothing yet, by this author.
    pub(crate) fn by(origin: &'a Origin) -> Self {
        Self {
            origin,
            events: Vec::new(),
            entries: Vec::new(),
            of_events: false,
        }
    }

    /// Takes an event.
    pub(crate) fn append(
        &mut self,
        conn: &mut PgConnection,
        org: OrgId,
        event: Event,
    ) -> QueryResult<()> {
        self.events.push(event);
        self.write_when_full(conn, org)
    }

    /// Takes what was changed, as an entry of the trail.
    pub(crate) fn note(
        &mut self,
        conn: &mut PgConnection,
        org: OrgId,
        change: Change,
    ) -> QueryResult<()> {
        self.entries.push(Entry::of(change, self.origin));
        self.write_when_full(conn, org)
    }

    fn write_when_full(&mut self, conn: &mut PgConnection, org: OrgId) -> QueryResult<()> {
        if self.events.len().max(self.entries.len()) < FULL {
            return Ok(());
        }
        self.write(conn, org)
    }

    /// Writes all.
    pub(crate) fn write(&mut self, conn: &mut PgConnection, org: OrgId) -> QueryResult<()> {
        audit::insert_all(conn, org, &self.entries)?;
        self.entries.clear();
        if !self.events.is_empty() {
            insert_events(conn, org, &self.events)?;
            self.events.clear();
            self.of_events = true;
        }
        Ok(())
    }

    /// True when events were written. If they were undone since, this does not know it.
    pub(crate) const fn of_events(&self) -> bool {
        self.of_events
    }

    /// Forgets all.
    pub(crate) fn clear(&mut self) {
        self.events.clear();
        self.entries.clear();
    }
}

fn insert_events(conn: &mut PgConnection, org: OrgId, events: &[Event]) -> QueryResult<()> {
    let subscriptions = Subscriptions::of(conn, org)?;
    let rows = events
        .iter()
        .map(|event| NewEvent::of(org, event, &subscriptions));
    diesel::copy_from(events::table)
        .from_insertable(rows.collect::<Vec<_>>())
        .execute(conn)
        .map(drop)
}
