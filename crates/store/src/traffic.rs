//! How much traffic organizations have, by the hour.

use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Integer, Timestamptz, Uuid as SqlUuid};
use org_auth::traffic::{Histogram, OrgHour, Traffic, TrafficStore};
use org_kernel::StoreError;
use org_kernel::hour::Hour;
use org_kernel::id::OrgId;
use org_kernel::instant::Instant;
use time::OffsetDateTime;

use crate::columns::{Row, items};
use crate::error::{corrupt, failure};
use crate::pg::Pg;
use crate::schema::traffic_hours;

/// Two servers may add to the same hours at once; both come to them in one order, so neither waits for
/// the other in a circle. The histograms come one after the other in one array, of `$7` buckets each.
const ADD: &str = "
    INSERT INTO traffic_hours AS stored (org_id, hour, refused, failed, limited, took)
    SELECT organization.id, hour, refused, failed, limited,
           ($6::bigint[])[(number - 1) * $7 + 1 : number * $7]
    FROM unnest($1, $2, $3, $4, $5)
        WITH ORDINALITY AS had (org_id, hour, refused, failed, limited, number)
    JOIN organizations organization ON organization.id = had.org_id
    ORDER BY organization.id, hour
    ON CONFLICT (org_id, hour) DO UPDATE SET
        refused = stored.refused + excluded.refused,
        failed = stored.failed + excluded.failed,
        limited = stored.limited + excluded.limited,
        took = (SELECT array_agg(before + more ORDER BY bucket)
                FROM unnest(stored.took, excluded.took) WITH ORDINALITY AS both_ (before, more, bucket))";

/// Several servers may forget at once: what one of them holds, another passes over.
const FORGET: &str = "
    WITH old AS MATERIALIZED (
        SELECT org_id, hour FROM traffic_hours WHERE hour < $1
        ORDER BY hour LIMIT $2 FOR UPDATE SKIP LOCKED
    )
    DELETE FROM traffic_hours USING old
    WHERE traffic_hours.org_id = old.org_id AND traffic_hours.hour = old.hour";

impl TrafficStore for Pg {
    fn add_traffic(&self, hours: &[OrgHour]) -> Result<(), StoreError> {
        if hours.is_empty() {
            return Ok(());
        }
        let done = self.write(|conn| add(conn, hours))?;
        done.map_err(failure)
    }

    fn traffic(&self, org: OrgId, since: Hour) -> Result<Vec<(Hour, Traffic)>, StoreError> {
        self.read(|conn| {
            let rows = traffic_hours::table
                .filter(traffic_hours::org_id.eq(org.uuid()))
                .filter(traffic_hours::hour.ge(since.begins().to_utc()))
                .order(traffic_hours::hour)
                .select(HourRow::as_select())
                .load(conn)?;
            items(rows)
        })
    }

    fn forget_traffic_before(&self, before: Instant, most: u32) -> Result<u32, StoreError> {
        let forgotten = self.write(|conn| {
            diesel::sql_query(FORGET)
                .bind::<Timestamptz, _>(before.to_utc())
                .bind::<BigInt, _>(i64::from(most))
                .execute(conn)
        })?;
        let forgotten = forgotten.map_err(failure)?;
        u32::try_from(forgotten).map_err(StoreError::failed)
    }
}

fn add(conn: &mut PgConnection, hours: &[OrgHour]) -> QueryResult<()> {
    let orgs: Vec<_> = hours.iter().map(|had| had.org.uuid()).collect();
    let times: Vec<_> = hours.iter().map(|had| had.hour.begins().to_utc()).collect();
    // Nobody sends so many requests that a sign is reached.
    let counts = |count: fn(&Traffic) -> u64| -> Vec<_> {
        let counts = hours.iter().map(|had| count(&had.traffic));
        counts.map(u64::cast_signed).collect()
    };
    let took = hours.iter().flat_map(|had| had.traffic.took.counts());
    let took: Vec<_> = took.copied().map(u64::cast_signed).collect();
    let buckets = i32::try_from(Histogram::BUCKETS).map_err(corrupt)?;
    diesel::sql_query(ADD)
        .bind::<Array<SqlUuid>, _>(orgs)
        .bind::<Array<Timestamptz>, _>(times)
        .bind::<Array<BigInt>, _>(counts(|traffic| traffic.refused))
        .bind::<Array<BigInt>, _>(counts(|traffic| traffic.failed))
        .bind::<Array<BigInt>, _>(counts(|traffic| traffic.limited))
        .bind::<Array<BigInt>, _>(took)
        .bind::<Integer, _>(buckets)
        .execute(conn)
        .map(drop)
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = traffic_hours)]
struct HourRow {
    hour: OffsetDateTime,
    refused: i64,
    failed: i64,
    limited: i64,
    took: Vec<i64>,
}

impl Row for HourRow {
    type Item = (Hour, Traffic);

    fn into_item(self) -> QueryResult<Self::Item> {
        let count = |stored| u64::try_from(stored).map_err(corrupt);
        let took: Vec<_> = self
            .took
            .into_iter()
            .map(count)
            .collect::<QueryResult<_>>()?;
        let traffic = Traffic {
            refused: count(self.refused)?,
            failed: count(self.failed)?,
            limited: count(self.limited)?,
            took: Histogram::from_counts(&took).ok_or_else(|| corrupt("histogram"))?,
        };
        Ok((Hour::of(Instant::from(self.hour)), traffic))
    }
}
