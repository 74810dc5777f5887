//! What is known of a booking.

use org_kernel::choices;
use org_kernel::id::{ResourceId, kind};
use org_kernel::instant::Instant;
use org_kernel::text::{Line, Prose};

use crate::record::Facts;
use crate::span::TimeSpan;

choices! {
    /// Whether a booking stands.
    pub enum BookingStatus {
        Confirmed = "CONFIRMED",
        Cancelled = "CANCELLED",
    }
}

/// One resource, for one purpose, at one time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Booking {
    /// What is booked.
    pub resource_id: ResourceId,
    /// What for.
    pub title: Line<200>,
    /// When.
    pub span: TimeSpan,
    /// How long the resource is held for it: `span`, with time to set up and to clear away.
    pub held: TimeSpan,
    /// What else there is to say.
    pub notes: Option<Prose<5000>>,
    /// When it was cancelled; it stands when `None`.
    pub cancelled_at: Option<Instant>,
}

impl Booking {
    /// Whether it stands.
    pub const fn status(&self) -> BookingStatus {
        match self.cancelled_at {
            None => BookingStatus::Confirmed,
            Some(_) => BookingStatus::Cancelled,
        }
    }

    /// True when both cannot stand.
    pub fn conflicts_with(&self, other: &Self) -> bool {
        let stand = self.cancelled_at.is_none() && other.cancelled_at.is_none();
        stand && self.resource_id == other.resource_id && self.held.overlaps(other.held)
    }
}

impl Facts for Booking {
    type Kind = kind::Booking;
}
