//! Deliveries on their way out: claimed, and recorded.
//!
//! Both work on many organizations' deliveries at once. Statements here are never kept prepared: their
//! tables grow from nothing to millions of rows within minutes, and a plan that was made for the
//! beginning would be kept while they do.

mod claim;
mod health;
mod held;
mod record;

use diesel::{PgConnection, QueryResult};
use org_domain::transaction::End;
use org_kernel::StoreError;
use org_webhooks::outgoing::{Attempted, Claim, Claimed, Outgoing, Recorded};

use crate::error::failure;
use crate::pg::Pg;

impl Outgoing for Pg {
    fn claim(&self, claim: &Claim<'_>) -> Result<Vec<Claimed>, StoreError> {
        self.across_organizations(|conn| {
            let claimed = claim::claim(conn, claim).map_err(failure)?;
            Ok((End::Commit, claimed))
        })
    }

    fn record(&self, attempted: &[Attempted]) -> Result<Recorded, StoreError> {
        if attempted.is_empty() {
            return Ok(Recorded::default());
        }
        self.across_organizations(|conn| {
            let recorded = record(conn, attempted).map_err(failure)?;
            Ok((End::Commit, recorded))
        })
    }
}

/// Locks all that is to be changed before anything is, and waits for none of it: so one row that somebody
/// holds keeps nothing else from being recorded, and it does not matter that others lock endpoints before
/// deliveries.
fn record(conn: &mut PgConnection, attempted: &[Attempted]) -> QueryResult<Recorded> {
    let mut left = held::deliveries(conn, attempted)?;
    let free = attempted.iter().filter(|one| !left.contains(&one.id));
    let free: Vec<_> = free.collect();
    let held = health::note(conn, &free)?;
    let (waiting, taken): (Vec<_>, Vec<_>) = free
        .into_iter()
        .partition(|one| held.contains(&one.endpoint));
    record::record(conn, &taken)?;
    left.extend(waiting.iter().map(|one| one.id));
    Ok(Recorded {
        failing: health::failing(conn, &taken)?,
        left: left.into_iter().collect(),
    })
}
