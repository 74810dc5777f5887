//! Figures of deliveries. The statements are planned each time, with the values of the moment.

use std::collections::BTreeMap;

use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Timestamptz, Uuid as SqlUuid};
use org_kernel::StoreError;
use org_kernel::hour::Hour;
use org_kernel::id::{EndpointId, Id, OrgId};
use org_kernel::instant::Instant;
use org_webhooks::figures::{Deliveries, DeliveryFigures};
use time::OffsetDateTime;
use uuid::Uuid;

use crate::columns::{Row, items};
use crate::error::corrupt;
use crate::pg::Pg;

impl DeliveryFigures for Pg {
    fn by_hour(&self, org: OrgId, since: Hour) -> Result<Vec<(Hour, Deliveries)>, StoreError> {
        self.read(|conn| {
            let rows: Vec<HourRow> = diesel::sql_query(include_str!("figures/by_hour.sql"))
                .bind::<SqlUuid, _>(org.uuid())
                .bind::<Timestamptz, _>(since.begins().to_utc())
                .load(conn)?;
            items(rows)
        })
    }

    fn newest(
        &self,
        org: OrgId,
        endpoints: &[EndpointId],
    ) -> Result<BTreeMap<EndpointId, Instant>, StoreError> {
        let endpoints: Vec<_> = endpoints.iter().map(|endpoint| endpoint.uuid()).collect();
        let rows: Vec<NewestRow> = self.read(|conn| {
            diesel::sql_query(include_str!("figures/newest.sql"))
                .bind::<SqlUuid, _>(org.uuid())
                .bind::<Array<SqlUuid>, _>(&endpoints)
                .load(conn)
        })?;
        let newest = |row: NewestRow| (Id::new(row.id), Instant::from(row.created_at));
        Ok(rows.into_iter().map(newest).collect())
    }
}

#[derive(QueryableByName)]
struct NewestRow {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
    #[diesel(sql_type = Timestamptz)]
    created_at: OffsetDateTime,
}

#[derive(QueryableByName)]
struct HourRow {
    #[diesel(sql_type = Timestamptz)]
    hour: OffsetDateTime,
    #[diesel(sql_type = BigInt)]
    delivered: i64,
    #[diesel(sql_type = BigInt)]
    pending: i64,
    #[diesel(sql_type = BigInt)]
    failed: i64,
    #[diesel(sql_type = BigInt)]
    exhausted: i64,
}

impl Row for HourRow {
    type Item = (Hour, Deliveries);

    fn into_item(self) -> QueryResult<Self::Item> {
        let count = |counted| u64::try_from(counted).map_err(corrupt);
        let deliveries = Deliveries {
            delivered: count(self.delivered)?,
            pending: count(self.pending)?,
            failed: count(self.failed)?,
            exhausted: count(self.exhausted)?,
        };
        Ok((Hour::of(Instant::from(self.hour)), deliveries))
    }
}
