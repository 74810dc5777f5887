//! Many at once.

use std::thread::{self, ScopedJoinHandle};

use super::BookingSubject;
use super::rooms::{Rooms, request, room, span};
use crate::bookings::NotBooked;

const ROUNDS: u64 = 5;
const RACERS: u64 = 8;

/// Of any number of bookings at once, each of which is in the way of every other, one is made, and
/// one event tells of it; the others are told of it.
pub fn of_bookings_that_race_one_is_made<S: BookingSubject + Sync>(fresh: impl Fn() -> S) {
    let subject = fresh();
    let org = Rooms::new(&subject, 1, &[room(1, 30, 30)]).org();
    for round in 1..=ROUNDS {
        let race = &|racer: u64| {
            let rooms = Rooms::of(&subject, org, 100 * round + racer);
            let start = (round * 10_000 + racer).cast_signed();
            rooms.book(&request(1, span(start, start + 60)))
        };
        let outcomes = all_at_once(race);
        let (made, refused): (Vec<_>, Vec<_>) = outcomes.into_iter().partition(Result::is_ok);
        let [Ok(made)] = &made[..] else {
            panic!("not one was made: {made:?}");
        };
        for refusal in refused {
            let Err(NotBooked::Conflict(conflict)) = refusal else {
                panic!("not a conflict: {refusal:?}");
            };
            assert_eq!(conflict.conflicts, std::slice::from_ref(made));
        }
        let told = Rooms::of(&subject, org, 1).told();
        assert_eq!(told.len() as u64, round, "one event for each that was made");
    }
}

/// Of any number who cancel one booking at once, all are told that it is, and one event tells of it.
pub fn of_cancellations_that_race_one_is_told<S: BookingSubject + Sync>(fresh: impl Fn() -> S) {
    let subject = fresh();
    let rooms = Rooms::new(&subject, 1, &[room(1, 0, 0)]);
    for round in 1..=ROUNDS {
        let start = round.cast_signed() * 100;
        let booking = rooms.booked(1, start, 60);
        let (org, id) = (rooms.org(), booking.id);
        let subject = &subject;
        let outcomes = all_at_once(&|racer| {
            let rooms = Rooms::of(subject, org, 100 * round + racer);
            rooms.cancelled(id)
        });
        let stored = rooms.stored(id).expect("a booking that is there");
        assert!(outcomes.iter().all(|cancelled| *cancelled == stored));
        assert_eq!(
            rooms.told().len() as u64,
            2 * round,
            "made once, cancelled once"
        );
    }
}

/// What each of the racers comes to.
fn all_at_once<T: Send>(race: &(impl Fn(u64) -> T + Sync)) -> Vec<T> {
    thread::scope(|scope| {
        let racers = (0..RACERS).map(|racer| scope.spawn(move || race(racer)));
        let racers: Vec<_> = racers.collect();
        let ends = racers.into_iter().map(ScopedJoinHandle::join);
        ends.map(|end| end.expect("a racer that arrives")).collect()
    })
}
