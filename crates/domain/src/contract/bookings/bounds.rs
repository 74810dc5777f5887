//! How much is told of a conflict, and how far ahead is looked.

use org_kernel::instant::Instant;
use time::Duration;

use super::BookingSubject;
use super::rooms::{Rooms, conflict, request, room, span};
use crate::bookings::{BookingRequest, MAX_CONFLICTS};
use crate::span::TimeSpan;

/// Minutes in 366 days.
const YEAR: i64 = BookingRequest::LONGEST.whole_minutes();

/// Of more conflicts than are told, the first are, by their start, whatever order they were made in.
pub fn of_many_conflicts_the_first_twenty_are_told<S: BookingSubject>(fresh: impl Fn() -> S) {
    let subject = fresh();
    let rooms = Rooms::new(&subject, 1, &[room(1, 5, 5), room(2, 5, 5)]);
    let places = (0..25).map(|place| (place * 7) % 25);
    let mut made: Vec<_> = places
        .map(|place| rooms.booked(1, place * 60, 50))
        .collect();
    rooms.booked(2, 0, 1500);
    made.sort_by_key(|booking| booking.facts.span.start());
    let all = rooms.conflict(1, 0, 1500);
    assert_eq!(all.conflicts, made[..MAX_CONFLICTS as usize]);
    assert_eq!(all.next_available, Some(span(1500, 3000)));
    let few = rooms.conflict(1, 60, 60 * 19 - 10);
    assert_eq!(few.conflicts, made[1..20], "as many as there are");
}

/// A slot that begins 366 days later is told, though not a minute later.
pub fn a_slot_is_told_up_to_a_years_wait<S: BookingSubject>(fresh: impl Fn() -> S) {
    let subject = fresh();
    let rooms = Rooms::new(&subject, 1, &[room(1, 0, 0), room(2, 10, 20)]);
    rooms.booked(1, 0, YEAR);
    rooms.booked(2, 0, YEAR - 30);
    for number in [1, 2] {
        let told = rooms.conflict(number, 0, 60).next_available;
        assert_eq!(told, Some(span(YEAR, YEAR + 60)), "room {number}");
    }
    let told = rooms.conflict(1, -1, 60).next_available;
    assert_eq!(told, None, "a wait of a minute more");
}

/// Where nothing is free within 366 days, nothing is told, and nothing is booked.
pub fn no_slot_is_told_beyond_a_years_wait<S: BookingSubject>(fresh: impl Fn() -> S) {
    let subject = fresh();
    let rooms = Rooms::new(&subject, 1, &[room(1, 0, 0), room(2, 0, 1)]);
    rooms.booked(1, 0, YEAR);
    rooms.booked(1, YEAR, 1);
    rooms.booked(2, 0, YEAR);
    for number in [1, 2] {
        let conflict = rooms.conflict(number, 0, 60);
        assert_eq!(conflict.next_available, None, "room {number}");
        assert_eq!(conflict.conflicts.len(), 1, "room {number}");
    }
    assert_eq!(rooms.told(), ["resource_booking.created"; 3]);
    let gap = rooms.conflict(1, 1, 60).next_available;
    assert_eq!(gap, Some(span(YEAR + 1, YEAR + 61)), "just within");
}

/// At the beginning of time there is less to set up in, and at the end less to clear away in; the
/// slot that is told is free all the same.
pub fn a_slot_at_the_ends_of_time_is_free<S: BookingSubject>(fresh: impl Fn() -> S) {
    let subject = fresh();
    let rooms = Rooms::new(&subject, 1, &[room(1, 60, 30)]);
    let (first, last) = (at("0001-01-01T00:00:00Z"), at("9999-12-31T23:59:59.999Z"));
    let hour = Duration::HOUR;
    let begin = TimeSpan::new(first, first.saturating_add(hour)).expect("an hour");
    rooms.book(&request(1, begin)).expect("the first hour");
    let told = conflict(rooms.book(&request(1, begin))).next_available;
    let told = told.expect("a slot");
    assert_eq!(told.start().since(first), Duration::minutes(60 + 30 + 60));
    rooms
        .book(&request(1, told))
        .expect("the slot that was told");
    let end = TimeSpan::new(last.saturating_add(-hour), last).expect("an hour");
    rooms.book(&request(1, end)).expect("the last hour");
    let told = conflict(rooms.book(&request(1, end))).next_available;
    assert_eq!(told, None, "there is no later hour");
}

fn at(text: &str) -> Instant {
    text.parse().expect("an instant")
}
