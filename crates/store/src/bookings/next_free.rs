//! The first gap between bookings that is long enough.

use diesel::data_types::PgInterval;
use diesel::prelude::*;
use diesel::sql_types::{Interval, Timestamptz, Uuid};
use org_domain::bookings::Booking;
use org_kernel::id::OrgId;
use org_kernel::instant::Instant;
use time::{Duration, OffsetDateTime};

use crate::error::corrupt;

#[derive(QueryableByName)]
struct Gap {
    #[diesel(sql_type = Timestamptz)]
    held_until: OffsetDateTime,
}

/// When the first gap begins in which the resource of `wanted` can be held for as long as `wanted`
/// would: the rule is [`first_gap`](org_domain::bookings::first_gap).
pub(super) fn after(
    conn: &mut PgConnection,
    org: OrgId,
    wanted: &Booking,
    within: Duration,
) -> QueryResult<Option<Instant>> {
    let (earliest, length) = (wanted.held.start(), wanted.held.length());
    let latest = earliest.saturating_add(within);
    let microseconds = i64::try_from(length.whole_microseconds()).map_err(corrupt)?;
    let gap: Option<Gap> = diesel::sql_query(include_str!("next_free.sql"))
        .bind::<Uuid, _>(org.uuid())
        .bind::<Uuid, _>(wanted.resource_id.uuid())
        .bind::<Timestamptz, _>(earliest.to_utc())
        .bind::<Timestamptz, _>(latest.to_utc())
        .bind::<Timestamptz, _>(latest.saturating_add(length).to_utc())
        .bind::<Interval, _>(PgInterval::from_microseconds(microseconds))
        .bind::<Timestamptz, _>(earliest.saturating_add(Duration::MAX).to_utc())
        .get_result(conn)
        .optional()?;
    Ok(gap.map(|gap| gap.held_until.into()))
}
