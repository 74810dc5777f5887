//! A new booking.

use org_auth::scope::WriteBookings;
use org_domain::bookings::BookingRequest;
use org_domain::transaction::Transaction;
use org_kernel::{StoreError, WriteError};

use super::Booking;
use crate::answer::Created;
use crate::call::{Names, Write};
use crate::failure::Failure;
use crate::input::{Arguments, Input};
use crate::route::About;
use crate::tags;

pub(crate) const BOOK: About = About {
    id: "bookResource",
    tag: tags::RESOURCES,
    summary: "Book a resource",
    description: "Books a resource from `startAt`, included, to `endAt`, excluded. The resource is \
        held for its `setupMinutes` before and its `teardownMinutes` after. If other bookings hold \
        it, the failure names them, at most 20, by start, and the first later slot of the same \
        length that is free and starts within 366 days: `details.conflicts` and \
        `details.nextAvailable`.",
};

pub(crate) async fn book(call: Write<WriteBookings, Book>) -> Result<Created<Booking>, Failure> {
    call.create(|api, tx, Book(request)| {
        let booked = api.bookings.book(tx, request);
        Ok(booked.map_err(WriteError::refused_as)?.into())
    })
    .await
}

/// What to book.
pub(crate) struct Book(BookingRequest);

impl Input for Book {
    fn read(arguments: &mut Arguments<'_>) -> Option<Self> {
        arguments.body().map(Self)
    }
}

impl Names for Book {
    const IS_BRIEF: bool = true;

    fn exist(&self, tx: &mut dyn Transaction) -> Result<bool, StoreError> {
        Ok(tx.resource(self.0.resource_id)?.is_some())
    }
}
