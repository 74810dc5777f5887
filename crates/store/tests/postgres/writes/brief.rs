//! Bookings that are made briefly: what is in their way is found all the same, and of each there is
//! everything or nothing.

use std::net::Ipv4Addr;
use std::num::NonZeroU32;
use std::thread::{self, ScopedJoinHandle};

use diesel::connection::SimpleConnection;
use org_domain::bookings::{Bookings, NotBooked};
use org_domain::checklist::Checklists;
use org_domain::transaction::{NoSuchObject, Transaction, Transactions};
use org_kernel::actor::Actor;
use org_kernel::audit::{Origin, Request};
use org_kernel::field::FromText;
use org_kernel::idempotency::{Answer, Claim, Fingerprint, IdempotencyKey};
use org_kernel::instant::Instant;
use org_kernel::text::{Line, Prose};
use org_kernel::{StoreError, WriteError};
use org_store::testing::TestDatabase;
use org_store::{Pg, Settings};

use super::bookings::request;
use super::{clock, count, ids, write};
use crate::support::{end_sessions, ground, id};

const REQUEST: Fingerprint = Fingerprint([7; 32]);

/// How a booking is made.
#[derive(Clone, Copy, Debug)]
enum Way {
    Briefly,
    InATransaction,
}

/// What came of a request with a key.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Told {
    InUse,
    First(Answer),
    Again(Answer),
}

impl Told {
    fn answer(self) -> Option<Answer> {
        match self {
            Self::InUse => None,
            Self::First(answer) | Self::Again(answer) => Some(answer),
        }
    }
}

fn key() -> IdempotencyKey {
    IdempotencyKey::from_text("key").expect("a key")
}

fn noon() -> Instant {
    "2026-01-01T12:00:00Z".parse().expect("an instant")
}

fn briefly<T, R>(
    pg: &Pg,
    work: impl FnMut(&mut dyn Transaction) -> Result<T, WriteError<R>>,
) -> Result<T, WriteError<R>> {
    let store: &dyn Transactions = pg;
    store.run_briefly(id(1), &Origin::OPERATOR, work)
}

/// Books the hour from this minute on under the key, whose answer is kept until one o'clock.
fn book_once(
    pg: &Pg,
    way: Way,
    minute: i64,
    (key, now): (&IdempotencyKey, Instant),
) -> Result<Told, WriteError<NotBooked>> {
    let bookings = Bookings::new(clock(), ids());
    let expires_at = noon().saturating_add(time::Duration::HOUR);
    let work = |tx: &mut dyn Transaction| match tx.claim(key, &REQUEST, now)? {
        Claim::Won => {
            let booking = bookings.book(tx, &request(minute))?;
            let answer = Answer {
                status: 201,
                location: None,
                body: booking.id.to_string(),
            };
            tx.keep(key, &REQUEST, &answer, expires_at)?;
            Ok(Told::First(answer))
        }
        Claim::Answered(answer) => Ok(Told::Again(answer)),
        Claim::InUse => Ok(Told::InUse),
        Claim::Mismatch => Err(StoreError::failed("the request is the same").into()),
    };
    match way {
        Way::Briefly => briefly(pg, work),
        Way::InATransaction => write(pg, work),
    }
}

/// Bookings, events, entries of the trail and answers that are kept.
fn stored(database: &TestDatabase) -> [i64; 4] {
    [
        "resource_bookings",
        "events",
        "audit_log WHERE action = 'resource_booking.created'",
        "kept_answers",
    ]
    .map(|rows| count(database, &format!("SELECT count(*) AS count FROM {rows}")))
}

fn change(database: &TestDatabase, statement: &str) {
    let changed = database.connection().batch_execute(statement);
    changed.expect("a database that answers");
}

/// One that came by HTTP.
fn of_a_request() -> Origin {
    Origin {
        actor: Actor::Key(id(7)),
        request: Some(Request {
            id: "request".to_owned(),
            address: Ipv4Addr::LOCALHOST.into(),
            method: "POST".to_owned(),
            route: "/bookings".to_owned(),
            status: 201,
        }),
    }
}

/// A connection takes all of them for the same statement, but for those whose answer is kept. One that failed
/// would be made again in a transaction.
#[test]
fn bookings_of_every_shape_are_made_by_the_first_attempt() {
    let database = ground();
    let pg = Pg::connect(&Settings {
        connections: NonZeroU32::MIN,
        ..Settings::new(database.url().clone())
    });
    let store: &dyn Transactions = &pg;
    let bookings = Bookings::new(clock(), ids());
    let mut attempts = 0;
    for shape in 0_u32..8 {
        let [keeps, is_asked, has_notes] = [1, 2, 4].map(|bit| shape & bit != 0);
        let origin = if is_asked {
            of_a_request()
        } else {
            Origin::OPERATOR
        };
        let mut wanted = request(60 * i64::from(shape));
        wanted.notes = has_notes.then(|| Prose::stored("By the door".to_owned()));
        let key = IdempotencyKey::from_text(&format!("key {shape}")).expect("a key");
        let booked = store.run_briefly(id(1), &origin, |tx| {
            attempts += 1;
            if keeps {
                tx.claim(&key, &REQUEST, noon())?;
            }
            let booked = bookings.book(tx, &wanted)?;
            if keeps {
                let answer = Answer {
                    status: 201,
                    location: is_asked.then(|| "there".to_owned()),
                    body: String::new(),
                };
                tx.keep(&key, &REQUEST, &answer, noon())?;
            }
            Ok::<_, WriteError<NotBooked>>(booked)
        });
        booked.expect("the slot is free");
        assert_eq!(attempts, shape + 1, "{origin:?}, {wanted:?}");
    }
    assert_eq!(stored(&database), [8, 8, 8, 4]);
}

#[test]
fn a_repeat_is_answered_whatever_has_become_of_the_resource() {
    let database = ground();
    let pg = database.pg();
    let ask = || book_once(&pg, Way::Briefly, 0, (&key(), noon())).expect("an answer");
    let Told::First(first) = ask() else {
        panic!("nothing is kept yet");
    };
    assert_eq!(stored(&database), [1; 4]);
    for change_of_state in [
        "SELECT 1",
        "UPDATE resources SET status = 'OUT_OF_SERVICE'",
        "UPDATE resources SET status = 'AVAILABLE';
         UPDATE resource_bookings SET status = 'CANCELLED', cancelled_at = now()",
    ] {
        change(&database, change_of_state);
        assert_eq!(ask(), Told::Again(first.clone()), "{change_of_state}");
    }
    assert_eq!(stored(&database), [1; 4]);
}

/// Its row is there and in the way of another one.
#[test]
fn an_answer_whose_time_is_over_is_replaced() {
    let database = ground();
    let pg = database.pg();
    let later = noon().saturating_add(time::Duration::hours(2));
    let told = [(0, noon()), (60, later)].map(|(minute, now)| {
        let told = book_once(&pg, Way::Briefly, minute, (&key(), now));
        told.expect("an answer")
    });
    assert!(
        matches!(&told, [Told::First(one), Told::First(other)] if one != other),
        "{told:?}"
    );
    assert_eq!(stored(&database), [2, 2, 2, 1]);
}

#[test]
fn of_twins_that_go_different_ways_one_books() {
    const ROUNDS: i64 = 10;
    let database = ground();
    let stores = [database.pg(), database.pg()];
    for round in 0..ROUNDS {
        let key = &IdempotencyKey::from_text(&format!("key {round}")).expect("a key");
        let ways = [Way::Briefly, Way::Briefly, Way::InATransaction];
        let told: Vec<_> = thread::scope(|scope| {
            let twins = stores.iter().cycle().zip(ways.into_iter().cycle()).take(9);
            let twins: Vec<_> = twins
                .map(|(pg, way)| scope.spawn(move || until_answered(pg, way, 60 * round, key)))
                .collect();
            let ends = twins.into_iter().map(ScopedJoinHandle::join);
            ends.map(|end| end.expect("no panic")).collect()
        });
        assert!(told.windows(2).all(|pair| pair[0] == pair[1]), "{told:?}");
    }
    assert_eq!(stored(&database), [ROUNDS; 4]);
}

fn until_answered(pg: &Pg, way: Way, minute: i64, key: &IdempotencyKey) -> Answer {
    loop {
        let told = book_once(pg, way, minute, (key, noon())).expect("an answer");
        if let Some(answer) = told.answer() {
            return answer;
        }
        thread::yield_now();
    }
}

#[test]
fn a_key_that_another_transaction_has_is_in_use() {
    let database = ground();
    let pg = database.pg();
    let mut meanwhile = None;
    let holding = write::<_, NoSuchObject>(&pg, |tx| {
        assert_eq!(tx.claim(&key(), &REQUEST, noon())?, Claim::Won);
        meanwhile = book_once(&pg, Way::Briefly, 0, (&key(), noon())).ok();
        Ok(())
    });
    holding.expect("a claim");
    assert_eq!(meanwhile, Some(Told::InUse));
    assert_eq!(stored(&database), [0; 4]);
}

/// What is refused is refused by the transaction, with all that it finds out.
#[test]
fn a_slot_that_is_taken_is_refused_with_what_is_in_the_way() {
    let database = ground();
    let pg = database.pg();
    let first = Bookings::new(clock(), ids());
    let first = briefly(&pg, |tx| first.book(tx, &request(0))).expect("a free slot");
    let refusals = [Way::Briefly, Way::InATransaction].map(|way| {
        let refused = book_once(&pg, way, 30, (&key(), noon()));
        let Err(WriteError::Refused(NotBooked::Conflict(conflict))) = refused else {
            panic!("{refused:?}");
        };
        conflict
    });
    assert_eq!(refusals[0], refusals[1]);
    assert_eq!(refusals[0].conflicts, [first]);
    assert_eq!(stored(&database), [1, 1, 1, 0]);
}

/// The last of the rows that are written together is as good a reason to write none as the first.
#[test]
fn what_cannot_all_be_written_is_not_written() {
    for refused in ["resource_bookings", "events", "audit_log", "kept_answers"] {
        let database = ground();
        let pg = database.pg();
        let nothing_goes = "ADD CONSTRAINT nothing_goes_here CHECK (false) NOT VALID";
        change(&database, &format!("ALTER TABLE {refused} {nothing_goes}"));
        let outcome = book_once(&pg, Way::Briefly, 0, (&key(), noon()));
        let failed = matches!(outcome, Err(WriteError::Store(StoreError::Failed(_))));
        assert!(failed, "{refused}: {outcome:?}");
        assert_eq!(stored(&database), [0; 4], "{refused}");
    }
}

#[test]
fn a_connection_that_was_lost_before_is_replaced() {
    let database = ground();
    let pg = database.pg();
    for minute in [0, 60, 120] {
        let bookings = Bookings::new(clock(), ids());
        let mut runs = 0;
        let booked = briefly(&pg, |tx| {
            runs += 1;
            bookings.book(tx, &request(minute))
        });
        booked.expect("another connection");
        assert_eq!(runs, 1);
        end_sessions(&database);
    }
    assert_eq!(stored(&database), [3, 3, 3, 0]);
}

/// Nobody could say whether a statement was done that is not answered.
#[test]
fn a_connection_that_is_lost_after_the_first_answer_is_unavailable() {
    let database = ground();
    let pg = database.pg();
    let bookings = Bookings::new(clock(), ids());
    let lost = briefly(&pg, |tx| {
        let booking = bookings.book(tx, &request(0))?;
        end_sessions(&database);
        Ok(booking)
    });
    let unavailable = matches!(lost, Err(WriteError::Store(StoreError::Unavailable(_))));
    assert!(unavailable, "{lost:?}");
    assert_eq!(stored(&database), [0; 4]);
}

#[test]
fn what_takes_a_transaction_gets_one() {
    let database = ground();
    let pg = database.pg();
    let checklists = Checklists::new(clock(), ids());
    let label = Line::stored("x".to_owned());
    let appended = briefly(&pg, |tx| checklists.append(tx, id(0x11), &label));
    appended.expect("an item");
    let items = count(&database, "SELECT count(*) AS count FROM checklist_items");
    assert_eq!(items, 1);
}
