//! What is stored with events, who is woken by them, and in which order they are read.

mod bell;
mod order;
mod subscriptions;

use diesel::connection::SimpleConnection;
use org_domain::transaction::{End, Transactions};
use org_kernel::audit::Origin;
use org_kernel::event::{Event, Payload};
use org_kernel::id::{EventId, OrgId};
use org_store::Pg;
use org_store::testing::TestDatabase;
use serde::Serialize;
use uuid::Uuid;

use crate::support::store_organization;

#[derive(Serialize)]
struct Applause {}

impl Payload for Applause {
    const KIND: &'static str = "applause.ended";
}

/// An event that is told by a number.
fn event(number: u128) -> Event {
    let at = "2026-01-01T00:00:00Z".parse().expect("an instant");
    let id = EventId::new(Uuid::from_u128(number));
    Event::new(id, at, &Applause {}).expect("an event")
}

/// A store with the organizations `…1` and `…2`.
struct Ground {
    pg: Pg,
    org: OrgId,
    other: OrgId,
    database: TestDatabase,
}

impl Ground {
    fn new() -> Self {
        let database = TestDatabase::fresh();
        let pg = database.pg();
        Self {
            org: store_organization(&pg, 1, "one"),
            other: store_organization(&pg, 2, "two"),
            pg,
            database,
        }
    }

    fn run(&self, statements: &str) {
        let ran = self.database.connection().batch_execute(statements);
        ran.expect(statements);
    }

    /// Writes events in one transaction, which ends so.
    fn tell(&self, org: OrgId, numbers: &[u128], end: End) {
        let told = self.pg.transact(org, &Origin::OPERATOR, &mut |tx| {
            for number in numbers.iter().copied() {
                tx.append(event(number))?;
            }
            Ok(end)
        });
        told.expect("a database that answers");
    }
}
