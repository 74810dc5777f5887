//! What waits to be sent, for those who watch over a server.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable, Timestamptz};
use org_kernel::StoreError;
use org_kernel::instant::Instant;
use time::OffsetDateTime;

use crate::columns::{Row, items};
use crate::error::corrupt;
use crate::pg::Pg;

/// How many events, how many deliveries that are to be sent, and how many that are paused, are counted at the
/// most: some tenths of a second of work. Each endpoint has its share of that, and at least one delivery.
const MOST: i64 = 50_000;

/// What waits of all organizations. A number that has reached 50,000, or pending and failed that have together,
/// stands for as many or more, and then something that is due later may be older than the oldest. But of each
/// endpoint something is seen, whatever waits for others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Waiting {
    /// Events of which no deliveries were made yet.
    pub events: u64,
    /// Deliveries that were not attempted yet.
    pub pending: u64,
    /// Deliveries whose last attempt failed, and which are tried again.
    pub failed: u64,
    /// Deliveries to endpoints that are disabled.
    pub paused: u64,
    /// When the oldest of them was made, apart from deliveries to endpoints that are disabled.
    pub oldest: Option<Instant>,
}

/// Whoever looks at figures is told soon that they are not to be had. And whatever the planner thinks of
/// how much waits, it does not read all that ever was.
const BOUNDS: &str = "SET LOCAL statement_timeout = '2s'; SET LOCAL enable_seqscan = off";

impl Pg {
    /// Counts what waits. What it costs does not depend on how much was sent before.
    pub fn waiting(&self) -> Result<Waiting, StoreError> {
        self.read_at_one_instant(|conn| {
            conn.batch_execute(BOUNDS)?;
            let rows: Vec<WaitingRow> = diesel::sql_query(include_str!("waiting.sql"))
                .bind::<BigInt, _>(MOST)
                .load(conn)?;
            let found: Vec<Waiting> = items(rows)?;
            found.first().copied().ok_or(diesel::NotFound)
        })
    }
}

#[derive(QueryableByName)]
struct WaitingRow {
    #[diesel(sql_type = BigInt)]
    events: i64,
    #[diesel(sql_type = BigInt)]
    pending: i64,
    #[diesel(sql_type = BigInt)]
    failed: i64,
    #[diesel(sql_type = BigInt)]
    paused: i64,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    oldest: Option<OffsetDateTime>,
}

impl Row for WaitingRow {
    type Item = Waiting;

    fn into_item(self) -> QueryResult<Waiting> {
        let count = |counted| u64::try_from(counted).map_err(corrupt);
        Ok(Waiting {
            events: count(self.events)?,
            pending: count(self.pending)?,
            failed: count(self.failed)?,
            paused: count(self.paused)?,
            oldest: self.oldest.map(Instant::from),
        })
    }
}
