//! Events are fed in the order in which they were dispatched, and none is skipped.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{Text, Uuid as SqlUuid};
use org_domain::transaction::End;
use org_kernel::event::{Event, EventFeed, FeedPage};
use org_kernel::id::{EventId, OrgId};
use uuid::Uuid;

use super::{Ground, event};
use crate::support::dispatch;

impl Ground {
    /// What is fed after the event of this number.
    fn fed_after(&self, number: Option<u128>) -> FeedPage {
        let after = number.map(|number| EventId::new(Uuid::from_u128(number)));
        let fed = self.pg.after(self.org, after, 10);
        fed.expect("a database that answers")
    }
}

/// A page with these events and no more after them.
fn page(numbers: &[u128]) -> FeedPage {
    let payloads = numbers.iter().map(|number| event(*number).payload);
    FeedPage {
        payloads: payloads.collect(),
        has_more: false,
    }
}

/// Its id is smaller than that of an event that was read before it was committed.
#[test]
fn an_event_that_commits_late_is_not_skipped() {
    let ground = Ground::new();
    let late = &mut ground.database.connection();
    begin_to_tell(late, ground.org, &event(1));
    ground.tell(ground.org, &[2], End::Commit);
    dispatch(&ground.pg);
    assert_eq!(ground.fed_after(None), page(&[2]));
    late.batch_execute("COMMIT").expect("it commits");
    dispatch(&ground.pg);
    assert_eq!(ground.fed_after(Some(2)), page(&[1]));
    assert_eq!(ground.fed_after(None), page(&[2, 1]));
}

/// Writes an event in a transaction that stays open.
fn begin_to_tell(conn: &mut PgConnection, org: OrgId, event: &Event) {
    conn.batch_execute("BEGIN").expect("a transaction");
    let written = diesel::sql_query(
        "INSERT INTO events (org_id, id, type, payload, created_at) VALUES ($1, $2, $3, $4, now())",
    )
    .bind::<SqlUuid, _>(org.uuid())
    .bind::<SqlUuid, _>(event.id.uuid())
    .bind::<Text, _>(event.kind)
    .bind::<Text, _>(&event.payload)
    .execute(conn);
    assert_eq!(written, Ok(1));
}

#[test]
fn an_event_is_fed_once_it_was_dispatched() {
    let ground = Ground::new();
    ground.tell(ground.org, &[1], End::Commit);
    assert_eq!(ground.fed_after(None), page(&[]));
    dispatch(&ground.pg);
    assert_eq!(ground.fed_after(None), page(&[1]));
}

#[test]
fn there_is_nothing_after_an_event_that_was_not_dispatched() {
    let ground = Ground::new();
    ground.tell(ground.org, &[1], End::Commit);
    dispatch(&ground.pg);
    ground.tell(ground.org, &[2], End::Commit);
    assert_eq!(ground.fed_after(Some(2)), page(&[]));
}
