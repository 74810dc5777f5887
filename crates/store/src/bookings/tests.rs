//! What the questions about bookings read, where there are many.
//!
//! PostgreSQL counts, transaction by transaction, how often an index was used and how many entries of
//! it were read. That is what a plan promises, and what counts.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::BigInt;
use org_domain::bookings::{Booking, BookingRequest};
use org_domain::span::TimeSpan;
use org_domain::transaction::End;
use org_kernel::id::{Id, OrgId};
use org_kernel::instant::Instant;
use org_kernel::text::Line;
use time::Duration;
use uuid::Uuid;

use super::{conflicts, next_free};
use crate::error::failure;
use crate::pg::Pg;
use crate::testing::TestDatabase;

/// A hall that is booked for 59 minutes of each hour, a hundred thousand times from 2026 on, and
/// another that is booked for half of each hour.
const MANY: &str = include_str!("many.sql");

struct Ground {
    pg: Pg,
    _database: TestDatabase,
}

/// What was read of an index in the transaction.
#[derive(Debug, QueryableByName)]
struct Read {
    #[diesel(sql_type = BigInt)]
    scans: i64,
    #[diesel(sql_type = BigInt)]
    entries: i64,
}

impl Ground {
    fn new() -> Self {
        let database = TestDatabase::fresh();
        let conn = &mut database.connection();
        conn.batch_execute(MANY).expect("bookings");
        conn.batch_execute("VACUUM ANALYZE").expect("a clean house");
        Self {
            pg: database.pg(),
            _database: database,
        }
    }

    /// The answer of a question, and what was read of the index behind
    /// `booking_slots_do_not_overlap` for it.
    fn ask<T>(&self, question: impl Fn(&mut PgConnection, OrgId) -> QueryResult<T>) -> (T, Read) {
        let org = OrgId::new(Uuid::from_u128(1));
        let answer = self.pg.in_transaction(org, |tx| {
            let before = read(tx.conn).map_err(failure)?;
            let answer = question(tx.conn, tx.org).map_err(failure)?;
            let after = read(tx.conn).map_err(failure)?;
            let read = Read {
                scans: after.scans - before.scans,
                entries: after.entries - before.entries,
            };
            Ok((End::RollBack, (answer, read)))
        });
        answer.expect("an answer")
    }
}

/// What the session has read and not yet reported.
fn read(conn: &mut PgConnection) -> QueryResult<Read> {
    let read = "SELECT pg_stat_get_xact_numscans(oid) AS scans,
                       pg_stat_get_xact_tuples_returned(oid) AS entries
                FROM pg_class WHERE relname = 'booking_slots_do_not_overlap'";
    diesel::sql_query(read).get_result(conn)
}

/// The hour of that number is wanted in a hall, from its beginning on.
fn wanted(hall: u128, hour: i64, length: Duration) -> Booking {
    let start = hours(hour);
    let span = TimeSpan::new(start, start.saturating_add(length)).expect("some time");
    Booking {
        resource_id: Id::new(Uuid::from_u128(hall)),
        title: Line::stored("x".to_owned()),
        span,
        held: span,
        notes: None,
        cancelled_at: None,
    }
}

fn hours(number: i64) -> Instant {
    let first: Instant = "2026-01-01T00:00:00Z".parse().expect("an instant");
    first.saturating_add(Duration::hours(number))
}

#[test]
fn no_more_than_what_is_in_the_way_is_read() {
    let ground = Ground::new();
    for (hour, length, in_the_way) in [
        (0, 1, 1),
        (50_000, 3, 3),
        (99_999, 2, 1),
        (100_000, 1, 0),
        (0, 366 * 24, 366 * 24),
    ] {
        let wanted = wanted(2, hour, Duration::hours(length));
        let (rows, read) = ground.ask(|conn, org| conflicts::with(conn, org, &wanted, 20));
        assert_eq!(rows.len(), in_the_way.min(20));
        let entries = usize::try_from(read.entries);
        assert_eq!((read.scans, entries), (1, Ok(in_the_way)), "hour {hour}");
    }
}

#[test]
fn no_more_than_the_window_is_read_for_the_next_gap() {
    let ground = Ground::new();
    let within = BookingRequest::LONGEST;
    for (hall, hour, length, expected) in [
        (
            2,
            50_000,
            Duration::MINUTE,
            Some(hours(50_000).saturating_add(Duration::minutes(59))),
        ),
        (2, 50_000, Duration::HOUR, None),
        (
            2,
            99_990,
            Duration::HOUR,
            Some(hours(100_000).saturating_add(-Duration::MINUTE)),
        ),
        (
            3,
            10,
            Duration::minutes(31),
            Some(hours(1000).saturating_add(Duration::minutes(-30))),
        ),
    ] {
        let wanted = wanted(hall, hour, length);
        let (found, read) = ground.ask(|conn, org| next_free::after(conn, org, &wanted, within));
        assert_eq!(found, expected, "{length} from hour {hour} on");
        assert!(
            read.scans == 1 && read.entries <= 366 * 24 + 2,
            "hour {hour}: {read:?}"
        );
    }
}
