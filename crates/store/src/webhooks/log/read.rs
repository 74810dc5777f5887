//! What the log is asked.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Timestamptz, Uuid as SqlUuid};
use org_kernel::id::{DeliveryId, Id, OrgId};
use org_kernel::instant::Instant;
use org_webhooks::delivery::{Attempt, DeliveryDetail, Headers};
use org_webhooks::delivery_log::{Place, Replay, ReplayCount};
use time::OffsetDateTime;
use uuid::Uuid;

use crate::columns::{Json, Row, items};
use crate::error::corrupt;
use crate::schema::{events, webhook_attempts, webhook_deliveries};
use crate::webhooks::delivery_rows::{AttemptRow, DeliveryRow};

/// One delivery with all that is known of it.
pub(super) fn detail(
    conn: &mut PgConnection,
    org: OrgId,
    id: DeliveryId,
) -> QueryResult<Option<DeliveryDetail>> {
    use webhook_deliveries::dsl;
    let found = dsl::webhook_deliveries
        .find((org.uuid(), id.uuid()))
        .select((
            DeliveryRow::as_select(),
            dsl::headers,
            dsl::payload,
            dsl::event_id,
        ))
        .first::<(DeliveryRow, Json<Headers>, Option<String>, Option<Uuid>)>(conn)
        .optional()?;
    let Some((row, Json(headers), of_test, event)) = found else {
        return Ok(None);
    };
    let payload = match event {
        Some(event) => Some(payload(conn, org, event)?),
        None => of_test,
    };
    Ok(Some(DeliveryDetail {
        delivery: row.into_item()?,
        payload: payload.ok_or_else(|| corrupt("payload of a delivery"))?,
        headers,
        attempts: attempts(conn, org, id)?,
    }))
}

fn payload(conn: &mut PgConnection, org: OrgId, event: Uuid) -> QueryResult<String> {
    let event = events::table.find((org.uuid(), event));
    event.select(events::payload).first(conn)
}

fn attempts(conn: &mut PgConnection, org: OrgId, id: DeliveryId) -> QueryResult<Vec<Attempt>> {
    let rows = webhook_attempts::table
        .filter(webhook_attempts::org_id.eq(org.uuid()))
        .filter(webhook_attempts::delivery_id.eq(id.uuid()))
        .order(webhook_attempts::number)
        .select(AttemptRow::as_select())
        .load(conn)?;
    items(rows)
}

#[derive(QueryableByName)]
struct PlaceRow {
    #[diesel(sql_type = Timestamptz)]
    created_at: OffsetDateTime,
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
}

#[derive(QueryableByName)]
struct Counted {
    #[diesel(sql_type = BigInt)]
    deliveries: i64,
}

/// How many deliveries a replay would send again, up to a bound.
pub(super) fn count(conn: &mut PgConnection, org: OrgId, replay: &ReplayCount) -> QueryResult<u32> {
    let counted: Counted = diesel::sql_query(include_str!("count.sql"))
        .bind::<SqlUuid, _>(org.uuid())
        .bind::<SqlUuid, _>(replay.endpoint.id.uuid())
        .bind::<Timestamptz, _>(replay.since.to_utc())
        .bind::<Timestamptz, _>(replay.until.to_utc())
        .bind::<BigInt, _>(i64::from(replay.most))
        .get_result(conn)?;
    u32::try_from(counted.deliveries).map_err(corrupt)
}

/// What a part of a replay is to send again, the oldest first, and whether there is more after it.
pub(super) fn part(
    conn: &mut PgConnection,
    org: OrgId,
    replay: &Replay<'_>,
) -> QueryResult<(Vec<Place>, bool)> {
    let most = i64::from(replay.most);
    // No delivery has the lowest of all ids.
    let after = replay.after.map(|(made, id)| (made, id.uuid()));
    let (made, id) = after.unwrap_or((replay.since, Uuid::nil()));
    // One more than was asked for tells whether there are more.
    let found: Vec<PlaceRow> = diesel::sql_query(include_str!("part.sql"))
        .bind::<SqlUuid, _>(org.uuid())
        .bind::<SqlUuid, _>(replay.endpoint.id.uuid())
        .bind::<Timestamptz, _>(made.to_utc())
        .bind::<SqlUuid, _>(id)
        .bind::<Timestamptz, _>(replay.until.to_utc())
        .bind::<BigInt, _>(most + 1)
        .load(conn)?;
    let places = found.into_iter();
    let places = places.map(|row| (Instant::from(row.created_at), Id::new(row.id)));
    let mut places: Vec<_> = places.collect();
    let has_more = i64::try_from(places.len()).is_ok_and(|found| found > most);
    if has_more {
        places.pop();
    }
    Ok((places, has_more))
}
