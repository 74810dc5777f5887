//! The end of a booking.

use org_auth::scope::WriteBookings;
use org_domain::bookings as domain;
use org_domain::transaction::{Holds, Transaction};
use org_kernel::id::BookingId;
use org_kernel::{StoreError, WriteError};

use super::Booking;
use crate::answer::Changed;
use crate::call::{Names, Write};
use crate::failure::Failure;
use crate::input::{Arguments, Input};
use crate::route::About;
use crate::tags;

pub(crate) const CANCEL: About = About {
    id: "cancelBooking",
    tag: tags::RESOURCES,
    summary: "Cancel a booking",
    description: "Gives a resource back. What is cancelled already stays as it is.",
};

pub(crate) async fn cancel(
    call: Write<WriteBookings, CancelBooking>,
) -> Result<Changed<Booking>, Failure> {
    call.change(|api, tx, CancelBooking(id)| {
        let cancelled = api.bookings.cancel(tx, *id);
        Ok(cancelled.map_err(WriteError::refused_as)?.into())
    })
    .await
}

/// Which booking.
pub(crate) struct CancelBooking(BookingId);

impl Input for CancelBooking {
    fn read(arguments: &mut Arguments<'_>) -> Option<Self> {
        arguments.pass_over(Booking::FIELDS);
        Some(Self(arguments.path_id("id", "The booking.")))
    }
}

impl Names for CancelBooking {
    fn exist(&self, tx: &mut dyn Transaction) -> Result<bool, StoreError> {
        Holds::<domain::Booking>::holds(tx, self.0)
    }
}
