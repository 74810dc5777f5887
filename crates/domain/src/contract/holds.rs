//! A promise about bookings of a resource that changes.

use org_kernel::WriteError;
use org_kernel::id::kind;
use org_kernel::text::Line;
use serde_json::json;

use super::Subject;
use super::office::Office;
use crate::bookings::{Booking, BookingRequest, Bookings, NotBooked};
use crate::record::Record;
use crate::span::TimeSpan;

/// A booking holds what it held when it was made, however long its resource is held for later ones.
pub fn a_booking_keeps_what_it_holds<S: Subject>(fresh: impl Fn() -> S) {
    let subject = fresh();
    let office = Office::open(&subject, 1);
    let bookings = Bookings::new(office.clock(), office.ids());
    let room = |setup: u32| {
        office.import(
            &[json!({ "kind": "resource", "externalId": "x", "name": "x",
            "type": "HALL", "setupMinutes": setup })],
        );
    };
    room(0);
    let id = office.imported::<kind::Resource>("x");
    let book = |from: &str, until: &str| -> Result<Record<Booking>, NotBooked> {
        let at = |text: &str| {
            format!("2026-01-01T{text}:00Z")
                .parse()
                .expect("an instant")
        };
        let span = TimeSpan::new(at(from), at(until)).expect("a span");
        let request = BookingRequest::new(id, Line::stored("x".to_owned()), span);
        let request = request.expect("at most 366 days");
        office.write(|tx| bookings.book(tx, &request))
    };
    let first = book("10:00", "11:00").expect("a free room");
    room(60);
    let stored = office.write(|tx| tx.booking(first.id).map_err(WriteError::<NotBooked>::from));
    assert_eq!(stored, Ok(Some(first.clone())));
    book("08:00", "10:00").expect("nobody sets up for what was booked before");
    let Err(NotBooked::Conflict(conflict)) = book("11:30", "12:00") else {
        panic!("the room is held while somebody sets up in it");
    };
    assert_eq!(conflict.conflicts, [first]);
    book("12:00", "13:00").expect("time enough to set up");
}
