//! How much keys are used, by the day.

use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Date as SqlDate, Uuid as SqlUuid};
use org_auth::usage::{KeyDay, Tally, UsageStore};
use org_kernel::StoreError;
use org_kernel::id::{Id, KeyId, OrgId};
use time::Date;
use uuid::Uuid;

use crate::columns::{Row, items};
use crate::error::{corrupt, failure};
use crate::pg::Pg;
use crate::schema::api_key_days;

/// Two servers may add to the same days at once; both come to them in one order, so neither waits for
/// the other in a circle.
const ADD: &str = "
    INSERT INTO api_key_days AS stored
        (org_id, key_id, day, reads, writes, refused, failed, limited)
    SELECT key.org_id, key.id, day, reads, writes, refused, failed, limited
    FROM unnest($1, $2, $3, $4, $5, $6, $7)
        AS used (id, day, reads, writes, refused, failed, limited)
    JOIN api_keys key ON key.id = used.id
    ORDER BY key.org_id, key.id, day
    ON CONFLICT (org_id, key_id, day) DO UPDATE SET
        reads = stored.reads + excluded.reads,
        writes = stored.writes + excluded.writes,
        refused = stored.refused + excluded.refused,
        failed = stored.failed + excluded.failed,
        limited = stored.limited + excluded.limited";

impl UsageStore for Pg {
    fn add(&self, days: &[KeyDay]) -> Result<(), StoreError> {
        if days.is_empty() {
            return Ok(());
        }
        let done = self.write(|conn| add(conn, days))?;
        done.map_err(failure)
    }

    fn of(&self, org: OrgId, since: Date) -> Result<Vec<KeyDay>, StoreError> {
        self.read(|conn| {
            let rows = api_key_days::table
                .filter(api_key_days::org_id.eq(org.uuid()))
                .filter(api_key_days::day.ge(since))
                .order((api_key_days::day, api_key_days::key_id))
                .select(DayRow::as_select())
                .load(conn)?;
            items(rows)
        })
    }

    fn of_key(&self, org: OrgId, key: KeyId, since: Date) -> Result<Vec<KeyDay>, StoreError> {
        self.read(|conn| {
            let rows = api_key_days::table
                .filter(api_key_days::org_id.eq(org.uuid()))
                .filter(api_key_days::key_id.eq(key.uuid()))
                .filter(api_key_days::day.ge(since))
                .order(api_key_days::day)
                .select(DayRow::as_select())
                .load(conn)?;
            items(rows)
        })
    }
}

fn add(conn: &mut PgConnection, days: &[KeyDay]) -> QueryResult<()> {
    let keys: Vec<_> = days.iter().map(|used| used.key.uuid()).collect();
    let dates: Vec<_> = days.iter().map(|used| used.day).collect();
    // Nobody sends so many requests that a sign is reached.
    let counts = |count: fn(&Tally) -> u64| -> Vec<_> {
        let counts = days.iter().map(|used| count(&used.tally));
        counts.map(u64::cast_signed).collect()
    };
    diesel::sql_query(ADD)
        .bind::<Array<SqlUuid>, _>(keys)
        .bind::<Array<SqlDate>, _>(dates)
        .bind::<Array<BigInt>, _>(counts(|tally| tally.reads))
        .bind::<Array<BigInt>, _>(counts(|tally| tally.writes))
        .bind::<Array<BigInt>, _>(counts(|tally| tally.refused))
        .bind::<Array<BigInt>, _>(counts(|tally| tally.failed))
        .bind::<Array<BigInt>, _>(counts(|tally| tally.limited))
        .execute(conn)
        .map(drop)
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = api_key_days)]
struct DayRow {
    key_id: Uuid,
    day: Date,
    reads: i64,
    writes: i64,
    refused: i64,
    failed: i64,
    limited: i64,
}

impl Row for DayRow {
    type Item = KeyDay;

    fn into_item(self) -> QueryResult<KeyDay> {
        let count = |stored| u64::try_from(stored).map_err(corrupt);
        Ok(KeyDay {
            key: Id::new(self.key_id),
            day: self.day,
            tally: Tally {
                reads: count(self.reads)?,
                writes: count(self.writes)?,
                refused: count(self.refused)?,
                failed: count(self.failed)?,
                limited: count(self.limited)?,
            },
        })
    }
}
