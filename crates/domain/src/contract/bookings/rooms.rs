//! An organization that has nothing but rooms, and a clock on its wall.

use std::fmt::Debug;
use std::sync::Arc;

use org_kernel::WriteError;
use org_kernel::clock::{Clock, FrozenClock};
use org_kernel::field::Fields;
use org_kernel::id::{BookingId, Id, OrgId, ResourceId};
use org_kernel::id_source::SequentialIds;
use org_kernel::instant::Instant;
use org_kernel::text::Line;
use serde_json::{Value, json};
use time::Duration;

use super::super::facts::{record, uuid};
use super::super::setting::{Setting, object};
use super::BookingSubject;
use crate::bookings::{Booking, BookingConflict, BookingRequest, Bookings, NotBooked};
use crate::record::Record;
use crate::resources::{Resource, ResourceStatus};
use crate::span::TimeSpan;
use crate::transaction::NoSuchObject;

/// Rooms of one organization in a store. Times are minutes of the year 2026.
pub(super) struct Rooms<'a, S> {
    subject: &'a S,
    org: OrgId,
    number: u64,
    clock: Arc<FrozenClock>,
}

impl<'a, S: BookingSubject> Rooms<'a, S> {
    /// Rooms of a new organization; `number` is no other's of this store.
    pub(super) fn new(subject: &'a S, number: u64, rooms: &[Record<Resource>]) -> Self {
        Self::of(subject, subject.found(number, rooms), number)
    }

    /// Another desk at which rooms of an organization are booked, under ids of its own.
    pub(super) fn of(subject: &'a S, org: OrgId, number: u64) -> Self {
        Self {
            subject,
            org,
            number,
            clock: Setting::number(number).clock(),
        }
    }

    /// The use cases, a second after whatever happened before, under ids of that second: a store that runs
    /// what is refused again takes more of them than another, and both have the same ids for the next.
    fn bookings(&self) -> Bookings {
        self.clock.advance(Duration::SECOND);
        let milliseconds = self.clock.now().unix_milliseconds().cast_unsigned();
        let ids = SequentialIds::at(milliseconds + self.number);
        Bookings::new(self.clock.clone(), Arc::new(ids))
    }

    pub(super) const fn org(&self) -> OrgId {
        self.org
    }

    /// Books, a second after whatever happened before.
    pub(super) fn book(&self, request: &BookingRequest) -> Result<Record<Booking>, NotBooked> {
        answered(self.subject.book(self.org, &self.bookings(), request))
    }

    /// Books a room that is free.
    pub(super) fn booked(&self, room: u64, from: i64, minutes: i64) -> Record<Booking> {
        let booking = self.book(&request(room, span(from, from + minutes)));
        booking.expect("a room that is free")
    }

    /// What is in the way of booking a room that is not free.
    pub(super) fn conflict(&self, room: u64, from: i64, minutes: i64) -> BookingConflict {
        conflict(self.book(&request(room, span(from, from + minutes))))
    }

    /// Cancels, a second after whatever happened before.
    pub(super) fn cancel(&self, id: BookingId) -> Result<Record<Booking>, NoSuchObject> {
        answered(self.subject.cancel(self.org, &self.bookings(), id))
    }

    pub(super) fn cancelled(&self, id: BookingId) -> Record<Booking> {
        self.cancel(id).expect("a booking that is there")
    }

    pub(super) fn stored(&self, id: BookingId) -> Option<Record<Booking>> {
        self.subject.booking(self.org, id)
    }

    pub(super) fn events(&self) -> Vec<String> {
        self.subject.booking_events(self.org)
    }

    /// The types of all events, in order.
    pub(super) fn told(&self) -> Vec<String> {
        let events = self.events().into_iter();
        let events = events.map(|event| serde_json::from_str(&event).expect("JSON"));
        events
            .map(|event: Value| event["type"].as_str().expect("a type").to_owned())
            .collect()
    }
}

/// What is in the way, if that is why nothing was booked.
pub(super) fn conflict(outcome: Result<Record<Booking>, NotBooked>) -> BookingConflict {
    match outcome {
        Err(NotBooked::Conflict(conflict)) => *conflict,
        other => panic!("not a conflict: {other:?}"),
    }
}

fn answered<T, R: Debug>(outcome: Result<T, WriteError<R>>) -> Result<T, R> {
    match outcome {
        Ok(done) => Ok(done),
        Err(WriteError::Refused(refusal)) => Err(refusal),
        Err(WriteError::Store(error)) => panic!("the store failed: {error:?}"),
    }
}

pub(super) fn request(room: u64, span: TimeSpan) -> BookingRequest {
    let title = Line::stored("Zkouška: 100 %".to_owned());
    BookingRequest::new(room_id(room), title, span).expect("at most 366 days")
}

/// A room that is told by a number, with minutes to set up and to clear away.
pub(super) fn room(number: u64, setup: i64, teardown: i64) -> Record<Resource> {
    let fields = json!({
        "name": format!("Room {number}"), "type": "REHEARSAL_ROOM",
        "setupMinutes": setup, "teardownMinutes": teardown,
    });
    let room = Resource::read(&mut Fields::new(object(fields)));
    record(number, room.expect("a resource"))
}

pub(super) fn room_that_is(number: u64, status: ResourceStatus) -> Record<Resource> {
    let mut room = room(number, 0, 0);
    room.facts.status = status;
    room
}

pub(super) fn room_id(number: u64) -> ResourceId {
    Id::new(uuid(number))
}

/// Between two minutes of the year 2026.
pub(super) fn span(from: i64, until: i64) -> TimeSpan {
    TimeSpan::new(minute(from), minute(until)).expect("an end after its start")
}

pub(super) fn minute(number: i64) -> Instant {
    let start: Instant = "2026-01-01T00:00:00Z".parse().expect("an instant");
    let minute = start.checked_add(Duration::minutes(number));
    minute.expect("years in range")
}
