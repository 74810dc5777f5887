//! Forgetting what deleted endpoints leave: their deliveries, some at a time, and then they themselves.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Uuid as SqlUuid};
use org_domain::transaction::End;
use org_kernel::StoreError;
use org_kernel::id::OrgId;
use uuid::Uuid;

use crate::error::{corrupt, failure};
use crate::pg::Pg;
use crate::schema::webhook_endpoints::dsl;
use crate::transaction::Tx;

/// How many one transaction forgets.
const PART: u32 = 1000;

impl Pg {
    /// Forgets deliveries of deleted endpoints with their attempts, up to `most`, and the endpoints that
    /// have none left; answers how many deliveries. Where they are fewer than `most`, that was all.
    pub fn forget_deleted_endpoints(&self, most: u32) -> Result<u32, StoreError> {
        let deleted: Vec<(Uuid, Uuid)> = self.read(|conn| {
            let deleted = dsl::webhook_endpoints.filter(dsl::deleted_at.is_not_null());
            let deleted = deleted.order((dsl::deleted_at, dsl::id));
            deleted.select((dsl::org_id, dsl::id)).load(conn)
        })?;
        let mut forgotten = 0;
        for (org, endpoint) in deleted {
            let left = most - forgotten;
            if left == 0 {
                break;
            }
            forgotten += self.in_transaction(OrgId::new(org), |tx| {
                let part = forget_part(tx, endpoint, left).map_err(failure)?;
                Ok((End::Commit, part))
            })?;
        }
        Ok(forgotten)
    }

    /// Forgets all that deleted endpoints have left, in transactions that are short, however much it is.
    pub(in crate::webhooks) fn finish_deletions(&self) -> Result<(), StoreError> {
        while self.forget_deleted_endpoints(PART)? == PART {}
        Ok(())
    }
}

/// Forgets some of what an endpoint leaves, and the endpoint with the last of it. Two who are at one
/// endpoint take turns.
fn forget_part(tx: &mut Tx<'_>, endpoint: Uuid, most: u32) -> QueryResult<u32> {
    let row = dsl::webhook_endpoints.find((tx.org.uuid(), endpoint));
    let locked = row.select(dsl::id).for_update().first::<Uuid>(tx.conn);
    if locked.optional()?.is_none() {
        return Ok(0);
    }
    let forgotten = diesel::sql_query(include_str!("empty.sql"))
        .bind::<SqlUuid, _>(tx.org.uuid())
        .bind::<SqlUuid, _>(endpoint)
        .bind::<BigInt, _>(i64::from(most))
        .execute(tx.conn)?;
    let forgotten = u32::try_from(forgotten).map_err(corrupt)?;
    if forgotten < most {
        diesel::delete(row).execute(tx.conn)?;
    }
    Ok(forgotten)
}
