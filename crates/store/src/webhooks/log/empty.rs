//! Forgetting all deliveries of one endpoint, some at a time.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Uuid as SqlUuid};
use org_domain::transaction::End;
use org_kernel::StoreError;
use org_kernel::id::{EndpointId, OrgId};

use crate::error::failure;
use crate::pg::Pg;

/// How many one transaction forgets.
const PART: usize = 1000;

impl Pg {
    /// Forgets an endpoint's deliveries with their attempts, so many at a time that no transaction is
    /// long, however many there are. What is made meanwhile is left.
    pub(in crate::webhooks) fn empty_log(
        &self,
        org: OrgId,
        endpoint: EndpointId,
    ) -> Result<(), StoreError> {
        let part = i64::try_from(PART).map_err(StoreError::failed)?;
        loop {
            let forgotten = self.in_transaction(org, |tx| {
                let forgotten = diesel::sql_query(include_str!("empty.sql"))
                    .bind::<SqlUuid, _>(tx.org.uuid())
                    .bind::<SqlUuid, _>(endpoint.uuid())
                    .bind::<BigInt, _>(part)
                    .execute(tx.conn);
                Ok((End::Commit, forgotten.map_err(failure)?))
            })?;
            if forgotten < PART {
                return Ok(());
            }
        }
    }
}
