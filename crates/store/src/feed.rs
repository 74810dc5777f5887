//! The feed of an organization's events, in the order of their positions.
//!
//! Positions are given by one worker at a time, so they become visible in their order: whoever has seen
//! one will never be shown a smaller one later.

use diesel::prelude::*;
use org_kernel::event::{EventFeed, FeedError, FeedPage};
use org_kernel::id::{EventId, OrgId};

use crate::pg::Pg;
use crate::schema::events;

/// Before the first position.
const BEGINNING: i64 = 0;

impl EventFeed for Pg {
    fn after(&self, org: OrgId, event: Option<EventId>, limit: u32) -> Result<FeedPage, FeedError> {
        let limit = i64::from(limit);
        // One more than was asked for tells whether there are more.
        let found = self.read(|conn| match position(conn, org, event)? {
            Place::At(position) => payloads(conn, org, position, limit + 1).map(Some),
            Place::ToCome => Ok(Some(Vec::new())),
            Place::Nowhere => Ok(None),
        })?;
        let mut payloads = found.ok_or(FeedError::NoSuchEvent)?;
        let has_more = i64::try_from(payloads.len()).is_ok_and(|found| found > limit);
        if has_more {
            payloads.pop();
        }
        Ok(FeedPage { payloads, has_more })
    }
}

/// Where an event stands in the feed.
enum Place {
    At(i64),
    /// It was not dispatched yet.
    ToCome,
    /// The organization has no such event.
    Nowhere,
}

fn position(conn: &mut PgConnection, org: OrgId, event: Option<EventId>) -> QueryResult<Place> {
    let Some(event) = event else {
        return Ok(Place::At(BEGINNING));
    };
    let found: Option<Option<i64>> = events::table
        .find((org.uuid(), event.uuid()))
        .select(events::position)
        .first(conn)
        .optional()?;
    Ok(match found {
        Some(Some(position)) => Place::At(position),
        Some(None) => Place::ToCome,
        None => Place::Nowhere,
    })
}

fn payloads(
    conn: &mut PgConnection,
    org: OrgId,
    position: i64,
    most: i64,
) -> QueryResult<Vec<String>> {
    events::table
        .filter(events::org_id.eq(org.uuid()))
        .filter(events::position.gt(position))
        .order(events::position)
        .limit(most)
        .select(events::payload)
        .load(conn)
}
