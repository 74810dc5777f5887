//! What is not booked, and not cancelled, whatever the time.

use org_kernel::id::Id;

use super::BookingSubject;
use super::rooms::{Rooms, request, room, room_id, room_that_is, span};
use crate::bookings::NotBooked;
use crate::resources::ResourceStatus::{Archived, OutOfService};
use crate::transaction::NoSuchObject;

/// A resource that is out of service or archived is not booked, and nobody is told.
pub fn a_resource_that_is_not_available_is_refused<S: BookingSubject>(fresh: impl Fn() -> S) {
    let subject = fresh();
    let closed = [room_that_is(1, OutOfService), room_that_is(2, Archived)];
    let rooms = Rooms::new(&subject, 1, &closed);
    for (number, status) in [(1, OutOfService), (2, Archived)] {
        let refusal = rooms.book(&request(number, span(0, 60)));
        assert_eq!(refusal, Err(NotBooked::Unavailable(status)));
    }
    assert_eq!(rooms.told(), [""; 0]);
}

/// Another organization's resource is no resource, like one that never was.
pub fn only_ones_own_resources_are_booked<S: BookingSubject>(fresh: impl Fn() -> S) {
    let subject = fresh();
    let ours = Rooms::new(&subject, 1, &[room(1, 0, 0)]);
    let theirs = Rooms::new(&subject, 2, &[room(2, 0, 0)]);
    for number in [2, 3] {
        let refusal = ours.book(&request(number, span(0, 60)));
        assert_eq!(refusal, Err(NotBooked::NoSuchResource), "{number}");
    }
    assert_eq!((ours.told().len(), theirs.told().len()), (0, 0));
    theirs.booked(2, 0, 60);
}

/// Another organization's booking is no booking, like one that never was.
pub fn only_ones_own_bookings_are_cancelled<S: BookingSubject>(fresh: impl Fn() -> S) {
    let subject = fresh();
    let ours = Rooms::new(&subject, 1, &[room(1, 0, 0)]);
    let theirs = Rooms::new(&subject, 2, &[room(1, 0, 0)]);
    let booking = theirs.booked(1, 0, 60);
    assert_eq!(ours.cancel(booking.id), Err(NoSuchObject));
    assert_eq!(ours.stored(booking.id), None);
    assert_eq!(theirs.stored(booking.id), Some(booking.clone()));
    assert_eq!(theirs.told(), ["resource_booking.created"]);
    ours.booked(1, 0, 60);
    theirs.conflict(1, 0, 60);
    let refusal = theirs.cancel(Id::new(room_id(9).uuid()));
    assert_eq!(refusal, Err(NoSuchObject));
}
