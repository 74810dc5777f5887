//! Bookings that race for one slot.

use std::sync::Barrier;
use std::thread::{self, ScopedJoinHandle};

use org_domain::bookings::{Booking, BookingRequest, Bookings, NotBooked};
use org_domain::record::Record;
use org_domain::span::TimeSpan;
use org_kernel::WriteError;
use org_kernel::instant::Instant;
use org_kernel::text::Line;
use org_store::Pg;
use time::Duration;

use super::{clock, count, ids, somebody_waits, write};
use crate::support::{ground, id, wait_until};

const ROUNDS: i64 = 10;
const RACERS: usize = 16;

/// An hour from this minute of 2026 on.
pub(super) fn request(minute: i64) -> BookingRequest {
    let first: Instant = "2026-01-01T00:00:00Z".parse().expect("an instant");
    let start = first.saturating_add(Duration::minutes(minute));
    let hour = TimeSpan::new(start, start.saturating_add(Duration::HOUR)).expect("an hour");
    let title = Line::stored("Rehearsal".to_owned());
    BookingRequest::new(id(0x21), title, hour).expect("at most 366 days")
}

fn book(pg: &Pg, minute: i64) -> Result<Record<Booking>, WriteError<NotBooked>> {
    let bookings = Bookings::new(clock(), ids());
    write(pg, |tx| bookings.book(tx, &request(minute)))
}

#[test]
fn of_many_who_race_for_a_slot_over_two_stores_one_has_it() {
    let database = ground();
    let stores = [database.pg(), database.pg()];
    for round in 0..ROUNDS {
        let start = Barrier::new(RACERS);
        let outcomes: Vec<_> = thread::scope(|scope| {
            let racers = (0..)
                .zip(stores.iter().cycle().take(RACERS))
                .map(|(racer, pg)| {
                    let start = &start;
                    scope.spawn(move || {
                        start.wait();
                        book(pg, 1000 * round + racer)
                    })
                });
            let racers: Vec<_> = racers.collect();
            let ends = racers.into_iter().map(ScopedJoinHandle::join);
            ends.map(|end| end.expect("no panic")).collect()
        });
        let (booked, refused): (Vec<_>, Vec<_>) = outcomes.into_iter().partition(Result::is_ok);
        assert_eq!(booked.len(), 1, "round {round}: {booked:?}");
        for outcome in refused {
            let Err(WriteError::Refused(NotBooked::Conflict(conflict))) = outcome else {
                panic!("round {round}: {outcome:?}");
            };
            assert_eq!(Some(&conflict.conflicts[0]), booked[0].as_ref().ok());
        }
    }
    for told in [
        "SELECT count(*) AS count FROM events WHERE type = 'resource_booking.created'",
        "SELECT count(*) AS count FROM audit_log WHERE action = 'resource_booking.created'",
    ] {
        assert_eq!(count(&database, told), ROUNDS, "what was done is told once");
    }
}

/// Whoever waits for a slot has it when the one before does not keep it.
#[test]
fn a_slot_that_is_given_up_goes_to_one_who_waits() {
    let database = ground();
    let pg = &database.pg();
    let bookings = Bookings::new(clock(), ids());
    thread::scope(|scope| {
        let mut waiting = None;
        let given_up = write(pg, |tx| {
            bookings.book(tx, &request(0))?;
            waiting = Some(scope.spawn(|| book(pg, 30)));
            wait_until("another one waits for the slot", || {
                somebody_waits(&database)
            });
            Err::<(), _>(WriteError::Refused(NotBooked::NoSuchResource))
        });
        assert!(
            matches!(given_up, Err(WriteError::Refused(_))),
            "{given_up:?}"
        );
        let waiting = waiting.expect("one who waits").join().expect("no panic");
        waiting.expect("a slot that is free");
    });
}
