//! The events `resource_booking.created` and `resource_booking.cancelled`.

use org_kernel::id::{BookingId, ResourceId};
use org_kernel::instant::Instant;
use serde::Serialize;

use super::Booking;
use crate::events::event;
use crate::record::Record;

/// A booking as the API shows it.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct BookingPayload<'a> {
    id: BookingId,
    resource_id: ResourceId,
    title: &'a str,
    start_at: Instant,
    end_at: Instant,
    status: &'static str,
    notes: Option<&'a str>,
    cancelled_at: Option<Instant>,
    created_at: Instant,
    updated_at: Instant,
}

impl<'a> From<&'a Record<Booking>> for BookingPayload<'a> {
    fn from(record: &'a Record<Booking>) -> Self {
        let facts = &record.facts;
        Self {
            id: record.id,
            resource_id: facts.resource_id,
            title: facts.title.as_ref(),
            start_at: facts.span.start(),
            end_at: facts.span.end(),
            status: facts.status().as_str(),
            notes: facts.notes.as_ref().map(AsRef::as_ref),
            cancelled_at: facts.cancelled_at,
            created_at: record.created_at,
            updated_at: record.updated_at,
        }
    }
}

event! {
    /// A resource was booked.
    ResourceBookingCreated(BookingPayload) = "resource_booking.created"
}

event! {
    /// A booking was cancelled.
    ResourceBookingCancelled(BookingPayload) = "resource_booking.cancelled"
}
