//! What is in the way of a booking.

#[cfg(test)]
mod tests;

use org_kernel::StoreError;
use org_kernel::instant::Instant;
use time::Duration;

use super::request::{setup, teardown};
use super::{Booking, BookingRequest, BookingTx};
use crate::record::Record;
use crate::resources::Resource;
use crate::span::TimeSpan;

/// The most conflicting bookings that are told.
pub const MAX_CONFLICTS: u32 = 20;

/// Why a slot is not free, and which is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BookingConflict {
    /// The bookings that hold it, by start, then by id; at most [`MAX_CONFLICTS`].
    pub conflicts: Vec<Record<Booking>>,
    /// The first later slot of the same length that is free and starts within 366 days.
    pub next_available: Option<TimeSpan>,
}

impl BookingConflict {
    /// What is in the way of `wanted`, which would hold `resource`; `None` when nothing is.
    pub(super) fn of<T: BookingTx + ?Sized>(
        tx: &mut T,
        wanted: &Booking,
        resource: &Resource,
    ) -> Result<Option<Self>, StoreError> {
        let conflicts = tx.conflicts(wanted, MAX_CONFLICTS)?;
        if conflicts.is_empty() {
            return Ok(None);
        }
        let free = tx.next_free(&whole(wanted, resource), BookingRequest::LONGEST)?;
        let slot = |held_from: Instant| {
            let start = held_from.checked_add(setup(resource))?;
            let slot = TimeSpan::new(start, start.checked_add(wanted.span.length())?)?;
            let wait = slot.start().since(wanted.span.start());
            (wait <= BookingRequest::LONGEST).then_some(slot)
        };
        Ok(Some(Self {
            conflicts,
            next_available: free.and_then(slot),
        }))
    }
}

/// `wanted`, with all the time to set up and to clear away that a later slot needs: at the beginning
/// of time a booking holds its resource for less.
fn whole(wanted: &Booking, resource: &Resource) -> Booking {
    let from = wanted.held.start();
    let length = setup(resource) + wanted.span.length() + teardown(resource);
    let held = TimeSpan::new(from, from.saturating_add(length));
    Booking {
        held: held.unwrap_or(wanted.held),
        ..wanted.clone()
    }
}

/// The rule behind [`BookingTx::next_free`], over everything that is held: the first end of a hold,
/// later than the beginning of `wanted` and at most `within` later, after which nothing is held for
/// as long as `wanted` is.
pub fn first_gap(
    held: impl IntoIterator<Item = TimeSpan>,
    wanted: TimeSpan,
    within: Duration,
) -> Option<Instant> {
    let held: Vec<_> = held.into_iter().collect();
    let is_free = |from: Instant| {
        let until = from.saturating_add(wanted.length());
        let slot = TimeSpan::new(from, until);
        slot.is_some_and(|slot| !held.iter().any(|held| held.overlaps(slot)))
    };
    let ends = held.iter().map(|held| held.end());
    ends.filter(|end| *end > wanted.start() && end.since(wanted.start()) <= within)
        .filter(|end| is_free(*end))
        .min()
}
