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
        let outcomes: Vec<_> = thread::scope(|scope| {
            let racers = (0..RACERS).map(|racer| scope.spawn(move || race(racer)));
            let racers: Vec<_> = racers.collect();
            let ends = racers.into_iter().map(ScopedJoinHandle::join);
            ends.map(|end| end.expect("a racer that arrives")).collect()
        });
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
