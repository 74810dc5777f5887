//! Imports: one transaction of one organization, in which files are written in bulk.
//!
//! Memory stays bounded whatever the size of a file, because what was met in it is kept in a temporary
//! table, and events are written as they come. Speed comes from three shapes: rows are looked up by
//! an array of names, new ones are copied in, and changed ones are replaced many at a time.

mod any_of;
mod met;
#[cfg(test)]
mod tests;
mod transaction;
mod upsert;

use org_domain::import::{ImportStore, ImportTx, Mode};
use org_domain::transaction::End;
use org_kernel::StoreError;
use org_kernel::audit::Origin;
use org_kernel::id::OrgId;

use self::transaction::Transaction;
use crate::pg::Pg;

pub(crate) use any_of::any_of;
pub(crate) use upsert::{ROWS_A_STATEMENT, Upsert, copy_in, replace, upsert, upsert_and_keep};

impl ImportStore for Pg {
    fn transact(
        &self,
        org: OrgId,
        origin: &Origin,
        mode: Mode,
        work: &mut dyn FnMut(&mut dyn ImportTx) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let end = match mode {
            Mode::Keep => End::Commit,
            Mode::Rehearse => End::RollBack,
        };
        let told_of_events = self.in_transaction(org, |tx| {
            let mut import = Transaction::begin(tx, origin)?;
            work(&mut import)?;
            Ok((end, import.finish()?))
        })?;
        self.ring_if(told_of_events && end == End::Commit);
        Ok(())
    }
}
