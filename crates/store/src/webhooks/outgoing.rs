//! Deliveries on their way out: claimed, and recorded.
//!
//! Both work on many organizations' deliveries at once. Statements here are never kept prepared: their
//! tables grow from nothing to millions of rows within minutes, and a plan that was made for the
//! beginning would be kept while they do.

mod claim;
mod health;
mod record;

use org_domain::transaction::End;
use org_kernel::StoreError;
use org_kernel::id::EndpointId;
use org_kernel::instant::Instant;
use org_webhooks::outgoing::{Attempted, Claim, Claimed, Outgoing};

use crate::error::failure;
use crate::pg::Pg;

impl Outgoing for Pg {
    fn claim(&self, claim: &Claim<'_>) -> Result<Vec<Claimed>, StoreError> {
        self.across_organizations(|conn| {
            let claimed = claim::claim(conn, claim).map_err(failure)?;
            Ok((End::Commit, claimed))
        })
    }

    /// Endpoints come first: whoever deletes one has locked it before its deliveries, too.
    fn record(&self, attempted: &[Attempted]) -> Result<Vec<(EndpointId, Instant)>, StoreError> {
        if attempted.is_empty() {
            return Ok(Vec::new());
        }
        self.across_organizations(|conn| {
            let failing = health::note(conn, attempted).map_err(failure)?;
            record::record(conn, attempted).map_err(failure)?;
            Ok((End::Commit, failing))
        })
    }
}
