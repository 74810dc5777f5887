//! What a write costs: round trips, and statements that are planned anew.

use std::num::NonZeroU32;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use diesel::connection::{Instrumentation, InstrumentationEvent, SimpleConnection};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};
use org_domain::bookings::{BookingRequest, Bookings};
use org_domain::contacts::{Contact, ContactType, Contacts};
use org_domain::span::TimeSpan;
use org_domain::transaction::{End, Transaction, Transactions};
use org_kernel::StoreError;
use org_kernel::audit::Origin;
use org_kernel::clock::SystemClock;
use org_kernel::field::FromText;
use org_kernel::id::{ContactId, Id, OrgId};
use org_kernel::id_source::SystemIds;
use org_kernel::idempotency::{Answer, Claim, Fingerprint, IdempotencyKey};
use org_kernel::instant::Instant;
use org_kernel::text::Line;
use time::Duration;
use uuid::Uuid;

use crate::pg::Pg;
use crate::settings::Settings;
use crate::testing::TestDatabase;

const GROUND: &str = "
    INSERT INTO organizations (id, slug, name, time_zone, locale, currency, season_start_month,
                               created_at, updated_at)
    VALUES (lpad('1', 32, '0')::uuid, 'hall', 'x', 'UTC', 'en', 'EUR', 9, now(), now());
    INSERT INTO resources (org_id, id, name, type, setup_minutes, teardown_minutes, status,
                           name_folded, created_at, updated_at)
    VALUES (lpad('1', 32, '0')::uuid, lpad('2', 32, '0')::uuid, 'x', 'HALL', 0, 0, 'AVAILABLE', 'x',
            now(), now())";

/// A store with one connection, whose round trips are counted.
struct Ground {
    pg: Pg,
    asked: Arc<AtomicUsize>,
    _database: TestDatabase,
}

/// A way to a transaction.
type Transact = fn(
    &Pg,
    OrgId,
    &Origin,
    &mut dyn FnMut(&mut dyn Transaction) -> Result<End, StoreError>,
) -> Result<(), StoreError>;

/// Counts what is asked of a connection.
struct Count(Arc<AtomicUsize>);

impl Instrumentation for Count {
    fn on_connection_event(&mut self, event: InstrumentationEvent<'_>) {
        if matches!(event, InstrumentationEvent::StartQuery { .. }) {
            self.0.fetch_add(1, Ordering::Relaxed);
        }
    }
}

impl Ground {
    fn new() -> Self {
        let database = TestDatabase::fresh();
        let filled = database.connection().batch_execute(GROUND);
        filled.expect("an organization with a hall");
        let pg = Pg::connect(&Settings {
            connections: NonZeroU32::MIN,
            wait: std::time::Duration::from_secs(20),
            ..Settings::new(database.url().clone())
        });
        let asked = Arc::<AtomicUsize>::default();
        let count = Count(Arc::clone(&asked));
        let mut conn = pg.live_connection().expect("the connection");
        conn.set_instrumentation(count);
        drop(conn);
        Self {
            pg,
            asked,
            _database: database,
        }
    }

    /// How many round trips something takes, once its statements are prepared.
    fn round_trips(&self, work: impl FnMut(&mut dyn Transaction, i64)) -> usize {
        self.round_trips_by(Pg::transact, work)
    }

    /// [`round_trips`](Self::round_trips), by one of the ways to a transaction.
    fn round_trips_by(
        &self,
        transact: Transact,
        mut work: impl FnMut(&mut dyn Transaction, i64),
    ) -> usize {
        let mut run = |number| {
            let done = transact(&self.pg, org(), &Origin::OPERATOR, &mut |tx| {
                work(tx, number);
                Ok(End::Commit)
            });
            done.expect("a database that answers");
            self.asked.load(Ordering::Relaxed)
        };
        let before = run(0);
        run(1) - before
    }

    /// The statements that the connection keeps prepared, each with how often it was executed.
    fn prepared(&self) -> Vec<(String, i64)> {
        #[derive(QueryableByName)]
        struct Prepared {
            #[diesel(sql_type = Text)]
            statement: String,
            #[diesel(sql_type = BigInt)]
            executed: i64,
        }
        let kept = self.pg.read(|conn| {
            let kept = "SELECT statement, generic_plans + custom_plans AS executed
                        FROM pg_prepared_statements WHERE from_sql = false";
            diesel::sql_query(kept).load::<Prepared>(conn)
        });
        let kept = kept.expect("a database that answers").into_iter();
        kept.map(|kept| (kept.statement, kept.executed)).collect()
    }
}

fn org() -> OrgId {
    OrgId::new(Uuid::from_u128(1))
}

fn key(number: i64) -> IdempotencyKey {
    IdempotencyKey::from_text(&format!("key {number}")).expect("a key")
}

/// Claims a key of its own for the work, and keeps an answer under it.
fn named(tx: &mut dyn Transaction, number: i64, work: impl FnOnce(&mut dyn Transaction)) {
    const REQUEST: Fingerprint = Fingerprint([7; 32]);
    let now: Instant = "2026-01-01T00:00:00Z".parse().expect("an instant");
    let claim = tx.claim(&key(number), &REQUEST, now).expect("a claim");
    assert_eq!(claim, Claim::Won);
    work(tx);
    let answer = Answer {
        status: 201,
        location: Some("/x".to_owned()),
        body: "{}".to_owned(),
    };
    let kept = tx.keep(&key(number), &REQUEST, &answer, now);
    kept.expect("an answer");
}

/// Books the hall for the hour of that number.
fn book(tx: &mut dyn Transaction, number: i64) {
    let first: Instant = "2026-01-01T00:00:00Z".parse().expect("an instant");
    let start = first.saturating_add(Duration::hours(number));
    let hour = TimeSpan::new(start, start.saturating_add(Duration::HOUR)).expect("an hour");
    let title = Line::stored("Rehearsal".to_owned());
    let hall = Id::new(Uuid::from_u128(2));
    let request = BookingRequest::new(hall, title, hour).expect("at most 366 days");
    let booked = Bookings::new(Arc::new(SystemClock), Arc::new(SystemIds)).book(tx, &request);
    booked.expect("a free slot");
}

fn contact(name: &str) -> Contact {
    Contact {
        name: Line::stored(name.to_owned()),
        kind: ContactType::Agent,
        company: None,
        email: None,
        phone: None,
        city: None,
        country: None,
        role: None,
        notes: None,
        tags: Vec::new(),
    }
}

/// The transaction's beginning and its end, the claim, the resource, the booking, and what is told of it.
#[test]
fn a_booking_with_a_name_takes_six_round_trips() {
    let ground = Ground::new();
    let round_trips = ground.round_trips(|tx, number| named(tx, number, |tx| book(tx, number)));
    assert_eq!(round_trips, 6);
}

/// The resource, and everything else.
#[test]
fn a_brief_booking_takes_two_round_trips_with_a_name_or_without() {
    let ground = Ground::new();
    let named_ones = ground.round_trips_by(Pg::transact_briefly, |tx, number| {
        named(tx, number, |tx| book(tx, number));
    });
    let others = ground.round_trips_by(Pg::transact_briefly, |tx, number| book(tx, number + 2));
    assert_eq!((named_ones, others), (2, 2));
    let kept = ground.prepared();
    let together = kept
        .iter()
        .filter(|(statement, _)| statement.starts_with("WITH booking AS (INSERT"));
    let executed: Vec<_> = together.map(|(_, executed)| *executed).collect();
    assert_eq!(executed, [2, 2], "{kept:#?}");
}

/// The transaction's beginning and its end, the claim, the contact, its change, and what is told of it.
#[test]
fn a_change_with_a_name_takes_six_round_trips() {
    let ground = Ground::new();
    let contacts = Contacts::new(Arc::new(SystemClock), Arc::new(SystemIds));
    let mut made: Option<ContactId> = None;
    ground.round_trips(|tx, _| {
        made = Some(contacts.create(tx, &contact("0")).expect("a contact").id);
    });
    let made = made.expect("a contact");
    let round_trips = ground.round_trips(|tx, number| {
        named(tx, number, |tx| {
            let changed = contacts.replace(tx, made, &contact(&format!("{number}.")));
            changed.expect("the contact");
        });
    });
    assert_eq!(round_trips, 6);
}

/// What is planned anew costs more than to execute it.
#[test]
fn what_a_write_says_is_kept_prepared() {
    let ground = Ground::new();
    let contacts = Contacts::new(Arc::new(SystemClock), Arc::new(SystemIds));
    ground.round_trips(|tx, number| {
        named(tx, number, |tx| {
            book(tx, number);
        });
    });
    ground.round_trips(|tx, number| {
        let made = contacts.create(tx, &contact("0")).expect("a contact").id;
        let changed = contacts.replace(tx, made, &contact(&format!("{number}.")));
        changed.expect("the contact");
    });
    let kept = ground.prepared();
    for beginning in [
        "SELECT * FROM claim_answer",
        "SELECT \"resources\"",
        "INSERT INTO \"resource_bookings\"",
        "WITH event AS (INSERT INTO \"events\"",
        "INSERT INTO \"contacts\"",
        "SELECT \"contacts\"",
        "UPDATE \"contacts\"",
    ] {
        let executed: Vec<_> = kept
            .iter()
            .filter(|(statement, _)| statement.starts_with(beginning))
            .map(|(_, executed)| *executed)
            .collect();
        assert_eq!(executed, [2], "{beginning}: {kept:#?}");
    }
}
