//! Events, gathered and written many at a time.

use diesel::prelude::*;
use org_kernel::event::Event;
use org_kernel::id::OrgId;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::schema::events;

/// How many events are gathered.
const FULL: usize = 500;

#[derive(Insertable)]
#[diesel(table_name = events, treat_none_as_default_value = false)]
struct NewEvent<'a> {
    org_id: Uuid,
    id: Uuid,
    type_: &'a str,
    payload: &'a str,
    created_at: OffsetDateTime,
}

impl<'a> NewEvent<'a> {
    fn of(org: OrgId, event: &'a Event) -> Self {
        Self {
            org_id: org.uuid(),
            id: event.id.uuid(),
            type_: event.kind,
            payload: &event.payload,
            created_at: event.created_at.to_utc(),
        }
    }
}

/// The events of a transaction that were not written yet.
#[derive(Debug, Default)]
pub(super) struct Gathered(Vec<Event>);

impl Gathered {
    /// Takes an event; writes all when there are many.
    pub(super) fn add(
        &mut self,
        conn: &mut PgConnection,
        org: OrgId,
        event: Event,
    ) -> QueryResult<()> {
        self.0.push(event);
        if self.0.len() < FULL {
            return Ok(());
        }
        self.write(conn, org)
    }

    /// Writes all.
    pub(super) fn write(&mut self, conn: &mut PgConnection, org: OrgId) -> QueryResult<()> {
        if self.0.is_empty() {
            return Ok(());
        }
        let rows: Vec<_> = self
            .0
            .iter()
            .map(|event| NewEvent::of(org, event))
            .collect();
        diesel::copy_from(events::table)
            .from_insertable(rows)
            .execute(conn)?;
        self.0.clear();
        Ok(())
    }

    /// Forgets all.
    pub(super) fn clear(&mut self) {
        self.0.clear();
    }
}
