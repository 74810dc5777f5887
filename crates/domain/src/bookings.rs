//! Bookings: when which resource is held, and for what.
//!
//! An interval is half-open. A booking holds its resource for longer than it lasts, to set up and to
//! clear away; what it holds is fixed when it is made. Two bookings conflict when what they hold
//! overlaps, and a cancelled one holds nothing.

mod booking;
mod conflict;
mod payload;
mod port;
mod request;

use std::sync::Arc;

use org_kernel::clock::Clock;
use org_kernel::id::BookingId;
use org_kernel::id_source::IdSource;
use org_kernel::{StoreError, WriteError};

pub use booking::{Booking, BookingStatus};
pub use conflict::{BookingConflict, MAX_CONFLICTS, first_gap};
pub use payload::{BookingPayload, ResourceBookingCancelled, ResourceBookingCreated};
pub use port::{Booked, BookingTx};
pub use request::BookingRequest;

use crate::desk::Desk;
use crate::record::Record;
use crate::resources::ResourceStatus;
use crate::transaction::NoSuchObject;

/// How often a slot is tried that is refused while nothing is seen in it: each time, another booking
/// was made and cancelled meanwhile.
const TRIES: u32 = 10;

/// Why a resource was not booked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotBooked {
    /// There is no such resource.
    #[error("there is no such resource")]
    NoSuchResource,
    /// The resource is not available.
    #[error("the resource is {0}")]
    Unavailable(ResourceStatus),
    /// Other bookings hold the resource.
    #[error("the resource is held by other bookings")]
    Conflict(Box<BookingConflict>),
}

/// What is done with bookings.
#[derive(Clone)]
pub struct Bookings {
    desk: Desk,
}

impl Bookings {
    /// Bookings of this time, under these ids.
    pub fn new(clock: Arc<dyn Clock>, ids: Arc<dyn IdSource>) -> Self {
        let desk = Desk::new(clock, ids);
        Self { desk }
    }

    /// Books a resource, or says what is in the way and when it is free.
    ///
    /// The store decides whether the slot is free; what is in the way is looked up afterwards.
    pub fn book<T: BookingTx + ?Sized>(
        &self,
        tx: &mut T,
        request: &BookingRequest,
    ) -> Result<Record<Booking>, WriteError<NotBooked>> {
        let resource = tx.resource(request.resource_id)?;
        let resource = resource.ok_or(WriteError::Refused(NotBooked::NoSuchResource))?;
        if resource.facts.status != ResourceStatus::Available {
            let status = resource.facts.status;
            return Err(WriteError::Refused(NotBooked::Unavailable(status)));
        }
        let booking = self.desk.record(request.of(&resource.facts));
        for _ in 0..TRIES {
            if tx.insert_booking(&booking)? == Booked::Yes {
                let of = (booking.created_at, booking.id);
                let payload = BookingPayload::from(&booking);
                self.desk
                    .tell::<ResourceBookingCreated<'_>, _>(tx, of, None, payload)?;
                return Ok(booking);
            }
            if let Some(conflict) = BookingConflict::of(tx, &booking.facts, &resource.facts)? {
                let conflict = NotBooked::Conflict(Box::new(conflict));
                return Err(WriteError::Refused(conflict));
            }
        }
        let cause = "the slot was taken and given back again and again";
        Err(StoreError::unavailable(cause).into())
    }

    /// Cancels a booking; one that is cancelled already stays as it is.
    pub fn cancel<T: BookingTx + ?Sized>(
        &self,
        tx: &mut T,
        id: BookingId,
    ) -> Result<Record<Booking>, WriteError<NoSuchObject>> {
        let stored = tx.booking(id)?.ok_or(WriteError::Refused(NoSuchObject))?;
        if stored.facts.cancelled_at.is_some() {
            return Ok(stored);
        }
        let now = self.desk.now();
        let cancelled = Record {
            facts: Booking {
                cancelled_at: Some(now),
                ..stored.facts.clone()
            },
            updated_at: now,
            ..stored.clone()
        };
        tx.update_booking(&cancelled)?;
        let (before, after) = (
            BookingPayload::from(&stored),
            BookingPayload::from(&cancelled),
        );
        let of = (now, id);
        self.desk
            .tell::<ResourceBookingCancelled<'_>, _>(tx, of, Some(&before), after)?;
        Ok(cancelled)
    }
}
