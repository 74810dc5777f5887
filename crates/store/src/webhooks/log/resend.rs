//! Deliveries begin again.

use diesel::prelude::*;
use diesel::sql_types::{Nullable, Timestamptz};
use org_kernel::id::DeliveryId;
use org_kernel::instant::Instant;
use org_webhooks::delivery::{Delivery, DeliveryStatus};
use org_webhooks::delivery_log::NotResent;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::columns::items;
use crate::import::any_of;
use crate::schema::webhook_deliveries::dsl;
use crate::transaction::Tx;
use crate::webhooks::delivery_rows::DeliveryRow;

#[diesel::declare_sql_function]
extern "SQL" {
    /// The first of two that is there.
    #[sql_name = "coalesce"]
    fn first_of(one: Nullable<Timestamptz>, other: Nullable<Timestamptz>) -> Nullable<Timestamptz>;
}

/// Has deliveries sent again, apart from tests and from those that are gone. What is being sent stays
/// leased for as long as it was.
pub(super) fn all(tx: &mut Tx<'_>, ids: &[DeliveryId], now: Instant) -> QueryResult<Vec<Delivery>> {
    let (ids, now) = (ids.iter().map(|id| id.uuid()), now.to_utc());
    let mut ids: Vec<_> = ids.collect();
    ids.sort_unstable();
    lock(tx, &ids)?;
    let chosen = dsl::webhook_deliveries
        .filter(dsl::org_id.eq(tx.org.uuid()))
        .filter(dsl::id.eq(any_of(ids)))
        .filter(dsl::event_id.is_not_null());
    let rows = diesel::update(chosen)
        .set((
            dsl::status.eq(DeliveryStatus::Pending.as_str()),
            dsl::failures.eq(0),
            dsl::due_at.eq(first_of(dsl::leased_until, now)),
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
