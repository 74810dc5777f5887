//! The bookings that are in the way of another one.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Timestamptz, Uuid};
use org_domain::bookings::Booking;
use org_kernel::id::OrgId;

use super::row::BookingRow;

/// The stored bookings that conflict with `wanted`, by start, then by id; at most `most`.
pub(super) fn with(
    conn: &mut PgConnection,
    org: OrgId,
    wanted: &Booking,
    most: u32,
) -> QueryResult<Vec<BookingRow>> {
    if wanted.cancelled_at.is_some() {
        return Ok(Vec::new());
    }
    diesel::sql_query(include_str!("conflicts.sql"))
        .bind::<Uuid, _>(org.uuid())
        .bind::<Uuid, _>(wanted.resource_id.uuid())
        .bind::<Timestamptz, _>(wanted.held.start().to_utc())
        .bind::<Timestamptz, _>(wanted.held.end().to_utc())
        .bind::<BigInt, _>(i64::from(most))
        .load(conn)
}
