//! What booking needs of a transaction.

use org_kernel::StoreError;
use org_kernel::audit::Journal;
use org_kernel::event::Outbox;
use org_kernel::id::{BookingId, ResourceId};
use org_kernel::instant::Instant;
use time::Duration;

use super::Booking;
use crate::record::Record;
use crate::resources::Resource;

/// Whether a booking was stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Booked {
    /// It holds its resource now.
    Yes,
    /// Another booking holds the resource; nothing was stored.
    SlotTaken,
}

/// A transaction in which resources are booked.
pub trait BookingTx: Outbox + Journal {
    /// The resource.
    fn resource(&mut self, id: ResourceId) -> Result<Option<Record<Resource>>, StoreError>;

    /// The booking, locked until the transaction ends.
    fn booking(&mut self, id: BookingId) -> Result<Option<Record<Booking>>, StoreError>;

    /// Stores a new booking that stands, unless what it holds overlaps what another holds that
    /// stands. Of any number of transactions that try at once, exactly one stores its own; the
    /// others wait for it, and if it is rolled back, one of them takes its place.
    fn insert_booking(&mut self, booking: &Record<Booking>) -> Result<Booked, StoreError>;

    /// Replaces the time of cancellation, and that of the last change, of a stored booking.
    fn update_booking(&mut self, booking: &Record<Booking>) -> Result<(), StoreError>;

    /// The stored bookings that conflict with `wanted`, by start, then by id; at most `most`.
    fn conflicts(
        &mut self,
        wanted: &Booking,
        most: u32,
    ) -> Result<Vec<Record<Booking>>, StoreError>;

    /// The first instant from which on nobody holds the resource of `wanted` for as long as `wanted`
    /// would, later than `wanted` holds it, and at most `within` later.
    fn next_free(
        &mut self,
        wanted: &Booking,
        within: Duration,
    ) -> Result<Option<Instant>, StoreError>;
}
