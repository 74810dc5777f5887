//! Deliveries begin again.

use diesel::prelude::*;
use diesel::sql_types::{Array, Text, Uuid as SqlUuid};
use org_kernel::id::DeliveryId;
use org_kernel::instant::Instant;
use org_webhooks::delivery::{Delivery, DeliveryStatus, INTERRUPTED};
use org_webhooks::delivery_log::NotResent;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::columns::items;
use crate::import::any_of;
use crate::schema::webhook_deliveries::dsl;
use crate::transaction::Tx;
use crate::webhooks::delivery_rows::DeliveryRow;

/// What the log says of the attempts that are being made, until it is known what became of them.
const UNKNOWN: &str = "
    INSERT INTO webhook_attempts (org_id, delivery_id, number, started_at, error)
    SELECT org_id, id, attempts, updated_at, $3 FROM webhook_deliveries
    WHERE org_id = $1 AND id = ANY($2) AND leased_until IS NOT NULL
    ON CONFLICT ON CONSTRAINT attempts_have_distinct_numbers DO NOTHING";

/// Has deliveries sent again, apart from tests and from those that are gone. Whoever is sending one has
/// lost its lease: what comes of that is logged, and settles nothing.
pub(super) fn all(tx: &mut Tx<'_>, ids: &[DeliveryId], now: Instant) -> QueryResult<Vec<Delivery>> {
    let (ids, now) = (ids.iter().map(|id| id.uuid()), now.to_utc());
    let mut ids: Vec<_> = ids.collect();
    ids.sort_unstable();
    lock(tx, &ids)?;
    diesel::sql_query(UNKNOWN)
        .bind::<SqlUuid, _>(tx.org.uuid())
        .bind::<Array<SqlUuid>, _>(&ids)
        .bind::<Text, _>(INTERRUPTED)
        .execute(tx.conn)?;
    let chosen = dsl::webhook_deliveries
        .filter(dsl::org_id.eq(tx.org.uuid()))
        .filter(dsl::id.eq(any_of(ids)))
        .filter(dsl::event_id.is_not_null());
    let rows = diesel::update(chosen)
        .set((
            dsl::status.eq(DeliveryStatus::Pending.as_str()),
            dsl::failures.eq(0),
            dsl::due_at.eq(now),
            dsl::leased_until.eq(None::<OffsetDateTime>),
            dsl::delivered_at.eq(None::<OffsetDateTime>),
            dsl::updated_at.eq(now),
        ))
        .returning(DeliveryRow::as_returning())
        .load(tx.conn)?;
    items(rows)
}

/// In the order of their ids, as by everybody who locks several.
fn lock(tx: &mut Tx<'_>, ids: &[Uuid]) -> QueryResult<()> {
    dsl::webhook_deliveries
        .filter(dsl::org_id.eq(tx.org.uuid()))
        .filter(dsl::id.eq(any_of(ids)))
        .order(dsl::id)
        .for_no_key_update()
        .select(dsl::id)
        .load::<Uuid>(tx.conn)
        .map(drop)
}

/// Has one delivery sent again.
pub(super) fn one(
    tx: &mut Tx<'_>,
    id: DeliveryId,
    now: Instant,
) -> QueryResult<Result<Delivery, NotResent>> {
    if let Some(resent) = all(tx, &[id], now)?.pop() {
        return Ok(Ok(resent));
    }
    let exists = dsl::webhook_deliveries.find((tx.org.uuid(), id.uuid()));
    let exists: bool = diesel::select(diesel::dsl::exists(exists)).get_result(tx.conn)?;
    Ok(Err(if exists {
        NotResent::Simulated
    } else {
        NotResent::NoSuchDelivery
    }))
}
