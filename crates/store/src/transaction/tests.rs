//! The transaction helper against transactions that get in its way.

use std::sync::Barrier;
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;
use diesel::sql_types::BigInt;
use uuid::Uuid;

use super::*;
use crate::testing::TestDatabase;

diesel::table! {
    counters (id) {
        id -> Integer,
        value -> Integer,
    }
}

/// A store with two counters in it, both at nothing.
fn ground() -> (TestDatabase, Pg) {
    let database = TestDatabase::fresh();
    let made = database.connection().batch_execute(
        "CREATE TABLE counters (id integer PRIMARY KEY, value integer NOT NULL);
         INSERT INTO counters VALUES (1, 0), (2, 0)",
    );
    made.expect("two counters");
    let pg = database.pg();
    (database, pg)
}

fn org() -> OrgId {
    OrgId::new(Uuid::from_u128(1))
}

/// Work that commits when it succeeds.
fn kept<T>(done: Result<T, StoreError>) -> Result<(End, T), StoreError> {
    done.map(|done| (End::Commit, done))
}

fn add(conn: &mut PgConnection, counter: i32, amount: i32) -> Result<(), StoreError> {
    let counter = counters::table.find(counter);
    let added = diesel::update(counter).set(counters::value.eq(counters::value + amount));
    added.execute(conn).map(drop).map_err(failure)
}

fn values(conn: &mut PgConnection) -> Vec<i32> {
    let counters = counters::table.order(counters::id);
    counters
        .select(counters::value)
        .load(conn)
        .expect("two counters")
}

/// Waits until another session of this database waits for a lock.
fn wait_until_another_waits(conn: &mut PgConnection) {
    #[derive(QueryableByName)]
    struct Waiting {
        #[diesel(sql_type = BigInt)]
        count: i64,
    }
    let query = "SELECT count(*) AS count FROM pg_stat_activity
                 WHERE datname = current_database() AND wait_event_type = 'Lock'";
    let deadline = Instant::now() + Duration::from_secs(20);
    loop {
        let waiting: Waiting = diesel::sql_query(query)
            .get_result(conn)
            .expect("an answer");
        if waiting.count > 0 {
            return;
        }
        assert!(Instant::now() < deadline, "nobody waits");
        std::thread::yield_now();
    }
}

/// Reads a counter within one snapshot, lets somebody else change it, and changes it too.
fn lose_to(other: &mut PgConnection, tx: &mut Tx<'_>) -> Result<(), StoreError> {
    let repeatable = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ";
    tx.conn.batch_execute(repeatable).map_err(failure)?;
    values(tx.conn);
    add(other, 1, 10)?;
    add(tx.conn, 1, 1)
}

#[test]
fn what_could_not_be_serialized_is_run_again() {
    let (database, pg) = ground();
    let other = &mut database.connection();
    let mut runs = 0;
    let outcome = pg.in_transaction(org(), |tx| {
        runs += 1;
        if runs == 1 {
            return kept(lose_to(other, tx));
        }
        kept(add(tx.conn, 1, 1))
    });
    outcome.expect("the second run succeeds");
    assert_eq!((runs, values(other)), (2, vec![11, 0]));
}

#[test]
fn what_can_never_be_serialized_is_given_up() {
    let (database, pg) = ground();
    let other = &mut database.connection();
    let mut runs = 0;
    let outcome = pg.in_transaction(org(), |tx| {
        runs += 1;
        kept(lose_to(other, tx))
    });
    assert!(matches!(outcome, Err(StoreError::Failed(_))), "{outcome:?}");
    assert_eq!((runs, values(other)), (ATTEMPTS, vec![50, 0]));
}

/// PostgreSQL looks for a deadlock when a transaction has waited for a second, and ends the one that
/// looks. Ours waits first, so the other must be quick: its connections are there before.
#[test]
fn the_victim_of_a_deadlock_is_run_again() {
    let (database, pg) = ground();
    let mut runs = 0;
    let (both_hold_a_lock, survivor_is_done) = (Barrier::new(2), Barrier::new(2));
    let outcome = std::thread::scope(|scope| {
        scope.spawn(|| {
            let (conn, onlooker) = (&mut database.connection(), &mut database.connection());
            conn.batch_execute("BEGIN").expect("a transaction");
            add(conn, 2, 10).expect("a lock");
            both_hold_a_lock.wait();
            wait_until_another_waits(onlooker);
            add(conn, 1, 10).expect("the survivor goes on");
            conn.batch_execute("COMMIT").expect("it commits");
            survivor_is_done.wait();
        });
        pg.in_transaction(org(), |tx| {
            runs += 1;
            if runs == 2 {
                // Otherwise the two might meet in the same way again.
                survivor_is_done.wait();
            }
            add(tx.conn, 1, 1)?;
            if runs == 1 {
                both_hold_a_lock.wait();
            }
            kept(add(tx.conn, 2, 1))
        })
    });
    outcome.expect("the second run succeeds");
    assert_eq!(
        (runs, values(&mut database.connection())),
        (2, vec![11, 11])
    );
}

#[test]
fn another_failure_is_not_tried_again() {
    let (database, pg) = ground();
    let mut runs = 0;
    let outcome = pg.in_transaction(org(), |tx| {
        runs += 1;
        add(tx.conn, 1, 1)?;
        kept(tx.conn.batch_execute("SELECT 1 / 0").map_err(failure))
    });
    assert!(matches!(outcome, Err(StoreError::Failed(_))), "{outcome:?}");
    assert_eq!((runs, values(&mut database.connection())), (1, vec![0, 0]));
}

#[test]
fn what_is_not_to_be_kept_is_done_and_undone() {
    let (database, pg) = ground();
    let outcome = pg.in_transaction(org(), |tx| {
        add(tx.conn, 1, 1)?;
        Ok((End::RollBack, values(tx.conn)))
    });
    assert_eq!(outcome.expect("it ran to its end"), [1, 0]);
    assert_eq!(values(&mut database.connection()), [0, 0]);
}

#[test]
fn a_connection_that_is_lost_is_unavailable_and_leaves_nothing() {
    let (database, pg) = ground();
    let other = &mut database.connection();
    let outcome = pg.in_transaction(org(), |tx| {
        add(tx.conn, 1, 1)?;
        let kill = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                    WHERE datname = current_database() AND pid <> pg_backend_pid()";
        other.batch_execute(kill).map_err(failure)?;
        kept(add(tx.conn, 2, 1))
    });
    assert!(
        matches!(outcome, Err(StoreError::Unavailable(_))),
        "{outcome:?}"
    );
    assert_eq!(values(other), [0, 0]);
}

/// The server may be busier than usual; it is not broken.
#[test]
fn a_statement_that_takes_too_long_is_unavailable() {
    let (_database, pg) = ground();
    let outcome = pg.in_transaction(org(), |tx| {
        let hurried = tx.conn.batch_execute("SET LOCAL statement_timeout = 1");
        let slow = hurried.and_then(|()| tx.conn.batch_execute("SELECT pg_sleep(60)"));
        kept(slow.map_err(failure))
    });
    assert!(
        matches!(outcome, Err(StoreError::Unavailable(_))),
        "{outcome:?}"
    );
}
