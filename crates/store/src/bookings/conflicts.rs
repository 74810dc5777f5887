//! The bookings that are in the way of another one.

use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::{Bool, Nullable, Timestamptz};
use org_domain::bookings::Booking;
use org_kernel::id::OrgId;
use org_kernel::instant::Instant;

use super::row::BookingRow;
use crate::columns::tstzrange;
use crate::schema::resource_bookings::dsl;

/// The stored bookings that conflict with `wanted`, by start, then by id; at most `most`.
///
/// The condition on the status is that of the index behind `booking_slots_do_not_overlap`, word for
/// word: with the status as a parameter, no plan that is made for all parameters could use it.
pub(super) fn with(
    conn: &mut PgConnection,
    org: OrgId,
    wanted: &Booking,
    most: u32,
) -> QueryResult<Vec<BookingRow>> {
    if wanted.cancelled_at.is_some() {
        return Ok(Vec::new());
    }
    let edge = |edge: Instant| edge.to_utc().into_sql::<Nullable<Timestamptz>>();
    let wanted_hold = tstzrange(edge(wanted.held.start()), edge(wanted.held.end()));
    let hold = tstzrange(dsl::held_from.nullable(), dsl::held_until.nullable());
    dsl::resource_bookings
        .filter(dsl::org_id.eq(org.uuid()))
        .filter(dsl::resource_id.eq(wanted.resource_id.uuid()))
        .filter(sql::<Bool>("status = 'CONFIRMED'"))
        .filter(hold.overlaps_with(wanted_hold))
        .order((dsl::start_at, dsl::id))
        .limit(most.into())
        .select(BookingRow::as_select())
        .load(conn)
}
