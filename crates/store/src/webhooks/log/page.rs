//! The log a page at a time, the oldest or the newest first. Lists do not read what is sent, which may be
//! much.

use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::query_builder::{BoxedSqlQuery, SqlQuery};
use diesel::sql_types::{BigInt, Jsonb, Nullable, Text, Timestamptz, Uuid as SqlUuid};
use org_kernel::id::EndpointId;
use org_kernel::instant::Instant;
use org_webhooks::delivery::{Delivery, DeliveryStatus, Headers};
use org_webhooks::delivery_log::{DeliveryQuery, Order, SignedDelivery};

use crate::columns::{Json, Row, items};
use crate::webhooks::delivery_rows::DeliveryRow;

/// The statement for a page in an order, which reads the columns of these files.
macro_rules! page {
    ($order:literal, $($columns:literal),+) => {
        concat!($(include_str!($columns),)+ include_str!("page.sql"), include_str!($order))
    };
}

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

/// One page, without what is sent.
pub(super) fn listed(conn: &mut PgConnection, query: &DeliveryQuery) -> QueryResult<Vec<Delivery>> {
    let statement = match query.order {
        Order::OldestFirst => page!("oldest_first.sql", "listed.sql"),
        Order::NewestFirst => page!("newest_first.sql", "listed.sql"),
    };
    items::<DeliveryRow>(asked(statement, query).load(conn)?)
}

/// One page, with what is sent.
pub(super) fn signed(
    conn: &mut PgConnection,
    query: &DeliveryQuery,
) -> QueryResult<Vec<SignedDelivery>> {
    let statement = match query.order {
        Order::OldestFirst => page!("oldest_first.sql", "listed.sql", "signed.sql"),
        Order::NewestFirst => page!("newest_first.sql", "listed.sql", "signed.sql"),
    };
    items::<SignedRow>(asked(statement, query).load(conn)?)
}

fn asked<'a>(statement: &str, query: &'a DeliveryQuery) -> BoxedSqlQuery<'a, Pg, SqlQuery> {
    diesel::sql_query(statement)
        .into_boxed()
        .bind::<SqlUuid, _>(query.org.uuid())
        .bind::<Nullable<SqlUuid>, _>(query.endpoint.map(EndpointId::uuid))
        .bind::<Nullable<Text>, _>(query.status.map(DeliveryStatus::as_str))
        .bind::<Nullable<Text>, _>(query.event_type.as_deref())
        .bind::<Nullable<Timestamptz>, _>(query.from.map(Instant::to_utc))
        .bind::<Nullable<Timestamptz>, _>(query.until.map(Instant::to_utc))
        .bind::<Nullable<Timestamptz>, _>(query.after.map(|(made, _)| made.to_utc()))
        .bind::<Nullable<SqlUuid>, _>(query.after.map(|(_, id)| id.uuid()))
        .bind::<BigInt, _>(i64::from(query.limit))
}
