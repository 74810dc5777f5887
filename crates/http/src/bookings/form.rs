//! What is asked of a new booking.

use org_domain::bookings::BookingRequest;
use org_kernel::field::Fields;
use serde::Serialize;
use utoipa::ToSchema;

use crate::answer::Item;
use crate::input::Body;
use crate::wire::{Instant, ResourceId};

/// What to book, when, and for what.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct NewBooking {
    resource_id: ResourceId,
    #[schema(min_length = 1, max_length = 200)]
    title: &'static str,
    /// With any offset.
    start_at: Instant,
    /// With any offset; after `startAt`, and at most 366 days later.
    end_at: Instant,
    #[schema(max_length = 5000)]
    notes: Option<&'static str>,
}

impl Item for NewBooking {
    fn example() -> Self {
        Self {
            resource_id: ResourceId::example(),
            title: "Sectional: low brass",
            start_at: Instant::example("2026-03-12T09:00:00Z"),
            end_at: Instant::example("2026-03-12T11:30:00Z"),
            notes: Some("Two extra stands"),
        }
    }
}

impl Body for BookingRequest {
    type Form = NewBooking;

    const READ_ONLY: &'static [&'static str] =
        &["id", "status", "cancelledAt", "createdAt", "updatedAt"];

    fn read(fields: &mut Fields) -> Option<Self> {
        Self::read(fields)
    }
}
