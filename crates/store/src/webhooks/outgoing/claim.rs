//! Claims: a lease on each delivery, and all that is needed to send it.

use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Integer, Text, Timestamptz, Uuid as SqlUuid};
use org_kernel::id::Id;
use org_webhooks::delivery::INTERRUPTED;
use org_webhooks::endpoint::EndpointUrl;
use org_webhooks::endpoint_store::StoredSecret;
use org_webhooks::outgoing::{Claim, Claimed};
use uuid::Uuid;

use crate::error::corrupt;
use crate::webhooks::secrets;

const CLAIM: &str = include_str!("claim.sql");

#[derive(QueryableByName)]
struct ClaimedRow {
    #[diesel(sql_type = SqlUuid)]
    org_id: Uuid,
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
    #[diesel(sql_type = SqlUuid)]
    endpoint_id: Uuid,
    #[diesel(sql_type = SqlUuid)]
    message_id: Uuid,
    #[diesel(sql_type = Integer)]
    attempts: i32,
    #[diesel(sql_type = Integer)]
    failures: i32,
    #[diesel(sql_type = Text)]
    url: String,
    #[diesel(sql_type = Text)]
    payload: String,
}

impl ClaimedRow {
    fn into_claimed(self, secrets: Vec<StoredSecret>) -> QueryResult<Claimed> {
        Ok(Claimed {
            org: Id::new(self.org_id),
            id: Id::new(self.id),
            endpoint: Id::new(self.endpoint_id),
            url: EndpointUrl::stored(self.url),
            message: Id::new(self.message_id),
            payload: self.payload,
            number: u32::try_from(self.attempts).map_err(corrupt)?,
            failures: u32::try_from(self.failures).map_err(corrupt)?,
            secrets,
        })
    }
}

/// Claims what is due.
pub(super) fn claim(conn: &mut PgConnection, claim: &Claim<'_>) -> QueryResult<Vec<Claimed>> {
    let rows = lease(conn, claim)?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let mut endpoints: Vec<_> = rows
        .iter()
        .map(|row| (row.org_id, row.endpoint_id))
        .collect();
    endpoints.sort_unstable();
    endpoints.dedup();
    let (orgs, endpoints): (Vec<_>, Vec<_>) = endpoints.into_iter().unzip();
    let secrets = secrets::of_all(conn, &orgs, &endpoints)?;
    let claimed = rows.into_iter().map(|row| {
        let secrets = secrets.get(&Id::new(row.endpoint_id));
        row.into_claimed(secrets.cloned().unwrap_or_default())
    });
    claimed.collect()
}

fn lease(conn: &mut PgConnection, claim: &Claim<'_>) -> QueryResult<Vec<ClaimedRow>> {
    let busy = claim.in_flight.iter();
    let (busy, attempts): (Vec<_>, Vec<_>) = busy
        .map(|(endpoint, attempts)| (endpoint.uuid(), i64::from(*attempts)))
        .unzip();
    diesel::sql_query(CLAIM)
        .bind::<Timestamptz, _>(claim.now.to_utc())
        .bind::<Timestamptz, _>(claim.until.to_utc())
        .bind::<Array<SqlUuid>, _>(busy)
        .bind::<Array<BigInt>, _>(attempts)
        .bind::<BigInt, _>(i64::from(claim.per_endpoint))
        .bind::<BigInt, _>(i64::from(claim.most))
        .bind::<Text, _>(INTERRUPTED)
        .load(conn)
}
