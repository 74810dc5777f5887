//! The log a page at a time, the oldest or the newest first.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Jsonb, Nullable, Text, Timestamptz, Uuid as SqlUuid};
use org_kernel::id::EndpointId;
use org_kernel::instant::Instant;
use org_webhooks::delivery::{DeliveryStatus, Headers};
use org_webhooks::delivery_log::{DeliveryQuery, Order, SignedDelivery};

use crate::columns::{Json, Row, items};
use crate::webhooks::delivery_rows::DeliveryRow;

const OLDEST_FIRST: &str = concat!(include_str!("page.sql"), include_str!("oldest_first.sql"));
const NEWEST_FIRST: &str = concat!(include_str!("page.sql"), include_str!("newest_first.sql"));

#[derive(QueryableByName)]
struct SignedRow {
    #[diesel(embed)]
    delivery: DeliveryRow,
    #[diesel(sql_type = Jsonb)]
    headers: Json<Headers>,
    #[diesel(sql_type = Text)]
    payload: String,
}

impl Row for SignedRow {
    type Item = SignedDelivery;

    fn into_item(self) -> QueryResult<Self::Item> {
        Ok(SignedDelivery {
            delivery: self.delivery.into_item()?,
            payload: self.payload,
            headers: self.headers.0,
        })
    }
}

/// One page.
pub(super) fn page(
    conn: &mut PgConnection,
    query: &DeliveryQuery,
) -> QueryResult<Vec<SignedDelivery>> {
    let statement = match query.order {
        Order::OldestFirst => OLDEST_FIRST,
        Order::NewestFirst => NEWEST_FIRST,
    };
    let rows: Vec<SignedRow> = diesel::sql_query(statement)
        .bind::<SqlUuid, _>(query.org.uuid())
        .bind::<Nullable<SqlUuid>, _>(query.endpoint.map(EndpointId::uuid))
        .bind::<Nullable<Text>, _>(query.status.map(DeliveryStatus::as_str))
        .bind::<Nullable<Text>, _>(query.event_type.as_deref())
        .bind::<Nullable<Timestamptz>, _>(query.from.map(Instant::to_utc))
        .bind::<Nullable<Timestamptz>, _>(query.until.map(Instant::to_utc))
        .bind::<Nullable<Timestamptz>, _>(query.after.map(|(made, _)| made.to_utc()))
        .bind::<Nullable<SqlUuid>, _>(query.after.map(|(_, id)| id.uuid()))
        .bind::<BigInt, _>(i64::from(query.limit))
        .load(conn)?;
    items(rows)
}
