//! What booking needs of a transaction.

use diesel::prelude::*;
use org_domain::bookings::{Booked, Booking, BookingTx};
use org_domain::record::Record;
use org_domain::resources::Resource;
use org_kernel::StoreError;
use org_kernel::id::{BookingId, OrgId, ResourceId};
use org_kernel::instant::Instant;
use time::Duration;

use super::insert::IfFree;
use super::row::{BookingRow, NewBooking};
use super::{conflicts, next_free};
use crate::columns::{Row, items};
use crate::error::failure;
use crate::resources::ResourceRow;
use crate::schema::{resource_bookings, resources};
use crate::writes::{Writing, held, set_row};

held!(Booking, resource_bookings);

impl BookingTx for Writing<'_> {
    fn resource(&mut self, id: ResourceId) -> Result<Option<Record<Resource>>, StoreError> {
        resource(self.conn, self.org, id).map_err(failure)
    }

    fn booking(&mut self, id: BookingId) -> Result<Option<Record<Booking>>, StoreError> {
        let found = resource_bookings::table
            .find((self.org.uuid(), id.uuid()))
            .select(BookingRow::as_select())
            .for_no_key_update()
            .get_result(self.conn)
            .and_then(Row::into_item);
        found.optional().map_err(failure)
    }

    /// A slot that is taken is no error to PostgreSQL, so that the transaction goes on. Of those who
    /// insert at once, each waits for those before it, and none waits for one that waits for it.
    fn insert_booking(&mut self, booking: &Record<Booking>) -> Result<Booked, StoreError> {
        let row = NewBooking::of(self.org, booking);
        let insert = diesel::insert_into(resource_bookings::table).values(row);
        match IfFree(insert).execute(self.conn).map_err(failure)? {
            0 => Ok(Booked::SlotTaken),
            _ => Ok(Booked::Yes),
        }
    }

    fn update_booking(&mut self, booking: &Record<Booking>) -> Result<(), StoreError> {
        set_cancelled(self.conn, &NewBooking::of(self.org, booking)).map_err(failure)
    }

    fn conflicts(
        &mut self,
        wanted: &Booking,
        most: u32,
    ) -> Result<Vec<Record<Booking>>, StoreError> {
        let found = conflicts::with(self.conn, self.org, wanted, most);
        found.and_then(items).map_err(failure)
    }

    fn next_free(
        &mut self,
        wanted: &Booking,
        within: Duration,
    ) -> Result<Option<Instant>, StoreError> {
        next_free::after(self.conn, self.org, wanted, within).map_err(failure)
    }
}

/// A resource, as it is now. Nobody waits.
pub(crate) fn resource(
    conn: &mut PgConnection,
    org: OrgId,
    id: ResourceId,
) -> QueryResult<Option<Record<Resource>>> {
    let found = resources::table
        .find((org.uuid(), id.uuid()))
        .select(ResourceRow::as_select())
        .get_result(conn)
        .and_then(Row::into_item);
    found.optional()
}

fn set_cancelled(conn: &mut PgConnection, row: &NewBooking<'_>) -> QueryResult<()> {
    set_row!(
        conn,
        resource_bookings,
        row,
        [status, cancelled_at, updated_at]
    )
}
