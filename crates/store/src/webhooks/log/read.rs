//! What the log is asked.

use diesel::prelude::*;
use org_kernel::id::{DeliveryId, Id, OrgId};
use org_kernel::instant::Instant;
use org_webhooks::delivery::{Attempt, Delivery, DeliveryDetail, Headers};
use org_webhooks::delivery_log::{DeliveryQuery, Place, Replay};
use time::OffsetDateTime;
use uuid::Uuid;

use crate::columns::{Json, Row, items};
use crate::error::corrupt;
use crate::schema::{events, webhook_attempts, webhook_deliveries};
use crate::webhooks::delivery_rows::{AttemptRow, DeliveryRow};

/// A page, the newest first.
///
/// The time of the delivery before is said twice: as a bound by itself it is where the index is entered.
pub(super) fn page(
    conn: &mut PgConnection,
    org: OrgId,
    query: &DeliveryQuery,
) -> QueryResult<Vec<Delivery>> {
    use webhook_deliveries::dsl;
    let mut rows = dsl::webhook_deliveries
        .filter(dsl::org_id.eq(org.uuid()))
        .filter(dsl::endpoint_id.eq(query.endpoint.id.uuid()))
        .into_boxed();
    if let Some(status) = query.status {
        rows = rows.filter(dsl::status.eq(status.as_str()));
    }
    if let Some((made, id)) = query.before {
        let made = made.to_utc();
        let older = dsl::created_at.lt(made).or(dsl::id.lt(id.uuid()));
        rows = rows.filter(dsl::created_at.le(made).and(older));
    }
    let rows = rows
        .order((dsl::created_at.desc(), dsl::id.desc()))
        .limit(query.limit.into())
        .select(DeliveryRow::as_select())
        .load(conn)?;
    items(rows)
}

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

/// What a part of a replay is to send again, the oldest first, and whether there is more after it.
pub(super) fn part(
    conn: &mut PgConnection,
    org: OrgId,
    replay: &Replay<'_>,
) -> QueryResult<(Vec<Place>, bool)> {
    use webhook_deliveries::dsl;
    let most = i64::from(replay.most);
    let mut rows = dsl::webhook_deliveries
        .filter(dsl::org_id.eq(org.uuid()))
        .filter(dsl::endpoint_id.eq(replay.endpoint.id.uuid()))
        .filter(dsl::event_id.is_not_null())
        .filter(dsl::created_at.ge(replay.since.to_utc()))
        .filter(dsl::created_at.lt(replay.now.to_utc()))
        .into_boxed();
    if let Some((made, id)) = replay.after {
        let made = made.to_utc();
        let newer = dsl::created_at.gt(made).or(dsl::id.gt(id.uuid()));
        rows = rows.filter(dsl::created_at.ge(made).and(newer));
    }
    // One more than was asked for tells whether there are more.
    let found: Vec<(OffsetDateTime, Uuid)> = rows
        .order((dsl::created_at, dsl::id))
        .limit(most + 1)
        .select((dsl::created_at, dsl::id))
        .load(conn)?;
    let places = found.into_iter();
    let places = places.map(|(made, id)| (Instant::from(made), Id::new(id)));
    let mut places: Vec<_> = places.collect();
    let has_more = i64::try_from(places.len()).is_ok_and(|found| found > most);
    if has_more {
        places.pop();
    }
    Ok((places, has_more))
}
