//! The log a page at a time, the oldest first.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Jsonb, Nullable, Text, Timestamptz, Uuid as SqlUuid};
use org_kernel::id::EndpointId;
use org_webhooks::delivery::{DeliveryStatus, Headers};
use org_webhooks::delivery_log::{DeliveryQuery, SignedDelivery};

use crate::columns::{Json, Row, items};
use crate::webhooks::delivery_rows::DeliveryRow;

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
    let rows: Vec<SignedRow> = diesel::sql_query(include_str!("page.sql"))
        .bind::<SqlUuid, _>(query.org.uuid())
        .bind::<Nullable<SqlUuid>, _>(query.endpoint.map(EndpointId::uuid))
        .bind::<Nullable<Text>, _>(query.status.map(DeliveryStatus::as_str))
        .bind::<Nullable<Timestamptz>, _>(query.after.map(|(made, _)| made.to_utc()))
        .bind::<Nullable<SqlUuid>, _>(query.after.map(|(_, id)| id.uuid()))
        .bind::<BigInt, _>(i64::from(query.limit))
        .load(conn)?;
    items(rows)
}
