//! Promises about bookings: examples, each of one rule.
//!
//! They ask no more of a store than that it books, so that a store that does nothing else can be
//! held to them.

mod agreement;
mod bounds;
mod race;
mod refusals;
mod rooms;
mod subject;

use org_kernel::text::Prose;

use self::rooms::{Rooms, request, room, span};

pub use agreement::*;
pub use bounds::*;
pub use race::*;
pub use refusals::*;
pub use subject::{BookingSubject, Briefly};

/// A booking may begin in the instant in which another ends, with the time to clear away after the
/// one and to set up before the other between them.
pub fn bookings_that_touch_do_not_conflict<S: BookingSubject>(fresh: impl Fn() -> S) {
    let subject = fresh();
    let rooms = Rooms::new(&subject, 1, &[room(1, 30, 15), room(2, 0, 0)]);
    for (number, gap) in [(1, 45), (2, 0)] {
        let first = rooms.booked(number, 1000, 60);
        rooms.booked(number, 1060 + gap, 60);
        rooms.booked(number, 1000 - gap - 60, 60);
        let conflict = rooms.conflict(number, 1000 - gap - 59, 1);
        assert!(!conflict.conflicts.contains(&first), "{conflict:?}");
    }
}

/// A booking comes back whole, with what it holds, after it is made and after it is cancelled.
pub fn a_booking_is_stored_as_it_was_told<S: BookingSubject>(fresh: impl Fn() -> S) {
    let subject = fresh();
    let rooms = Rooms::new(&subject, 1, &[room(1, 30, 15)]);
    let mut request = request(1, span(1000, 1060));
    request.notes = Some(Prose::stored("Křídlo:\n\tladit 100 %".to_owned()));
    let booking = rooms.book(&request).expect("a free room");
    assert_eq!(booking.facts.title, request.title);
    assert_eq!(booking.facts.notes, request.notes);
    assert_eq!(booking.facts.span, span(1000, 1060));
    assert_eq!(booking.facts.held, span(970, 1075));
    assert_eq!(rooms.stored(booking.id), Some(booking.clone()));
    let cancelled = rooms.cancelled(booking.id);
    assert_eq!(rooms.stored(booking.id), Some(cancelled));
}

/// Cancelling what is cancelled answers with the same object, and tells nobody.
pub fn a_booking_is_cancelled_once<S: BookingSubject>(fresh: impl Fn() -> S) {
    let subject = fresh();
    let rooms = Rooms::new(&subject, 1, &[room(1, 0, 0)]);
    let booking = rooms.booked(1, 1000, 60);
    let cancelled = rooms.cancelled(booking.id);
    assert_eq!(cancelled.facts.cancelled_at, Some(cancelled.updated_at));
    assert!(booking.updated_at < cancelled.updated_at);
    assert_eq!(rooms.cancelled(booking.id), cancelled);
    assert_eq!(rooms.stored(booking.id), Some(cancelled));
    assert_eq!(
        rooms.told(),
        ["resource_booking.created", "resource_booking.cancelled"]
    );
}

/// A cancelled booking holds nothing, and is in nobody's way.
pub fn a_slot_that_was_cancelled_is_free<S: BookingSubject>(fresh: impl Fn() -> S) {
    let subject = fresh();
    let rooms = Rooms::new(&subject, 1, &[room(1, 30, 30)]);
    let first = rooms.booked(1, 1000, 60);
    let second = rooms.booked(1, 1120, 60);
    rooms.cancelled(first.id);
    let conflict = rooms.conflict(1, 1000, 200);
    assert_eq!(conflict.conflicts, [second]);
    rooms.booked(1, 1000, 60);
}
