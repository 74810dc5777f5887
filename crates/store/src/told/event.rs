//! Rows of `events` that are new.

use diesel::prelude::*;
use org_kernel::event::Event;
use org_kernel::id::OrgId;
use time::OffsetDateTime;
use uuid::Uuid;

use super::subscriptions::{Subscribed, Subscriptions};
use crate::schema::events;

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

/// A row whose endpoints are found by the statement that inserts it.
#[derive(Insertable)]
#[diesel(table_name = events, treat_none_as_default_value = false)]
pub(crate) struct NewEventRow<'a> {
    org_id: Uuid,
    id: Uuid,
    type_: &'a str,
    payload: &'a str,
    created_at: OffsetDateTime,
    endpoint_ids: Subscribed<'a>,
}

/// The row of one event.
pub(crate) fn row(org: OrgId, event: &Event) -> NewEventRow<'_> {
    NewEventRow {
        org_id: org.uuid(),
        id: event.id.uuid(),
        type_: event.kind,
        payload: &event.payload,
        created_at: event.created_at.to_utc(),
        endpoint_ids: Subscribed {
            org: org.uuid(),
            kind: event.kind,
        },
    }
}

/// Writes any number of events.
pub(super) fn insert_all(conn: &mut PgConnection, org: OrgId, events: &[Event]) -> QueryResult<()> {
    if events.is_empty() {
        return Ok(());
    }
    let subscriptions = Subscriptions::of(conn, org)?;
    let rows = events
        .iter()
        .map(|event| NewEvent::of(org, event, &subscriptions));
    diesel::copy_from(events::table)
        .from_insertable(rows.collect::<Vec<_>>())
        .execute(conn)
        .map(drop)
}
