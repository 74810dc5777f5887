//! A write in two round trips, where nothing is in its way: what it reads, and one statement that is a
//! transaction by itself and writes everything.
//!
//! A transaction asks first and then writes: whether a key is free, whether a slot is. A brief attempt
//! takes for granted that they are. Nothing is written while its work runs, so that nothing has to be
//! undone; at the end one statement takes the lock on the key, inserts the record where its slot is free,
//! and only with it its event, its entry of the trail and the answer that is kept. Whatever comes of that
//! but the whole is nothing, and then the work is run from its beginning in a transaction, which finds
//! out what was in the way. So no refusal is ever answered out of a brief attempt, and an answer that is
//! kept already wins: no second one can be stored under its key.

mod gathered;
mod statement;

use diesel::result::Error;
use org_domain::transaction::{End, Transaction};
use org_kernel::StoreError;
use org_kernel::audit::Origin;
use org_kernel::id::OrgId;

use self::gathered::Gathered;
use crate::error::failure;
use crate::pg::Pg;

/// What came of a brief attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Attempted {
    /// All of it was done.
    Done,
    /// Nothing was done, and why is not known.
    Nothing,
}

/// Runs `work`, and writes what it has gathered if that can be done with one statement.
///
/// A store that does not answer in time, or is lost, is [`StoreError::Unavailable`] as everywhere: it
/// would be no better in a transaction. Where it is lost while it writes, nobody can say whether it did.
pub(crate) fn attempt(
    pg: &Pg,
    org: OrgId,
    origin: &Origin,
    work: &mut dyn FnMut(&mut dyn Transaction) -> Result<End, StoreError>,
) -> Result<Attempted, StoreError> {
    let mut gathered = Gathered::new(pg, org, origin);
    match work(&mut gathered) {
        Ok(End::Commit) => {}
        Ok(End::RollBack) | Err(StoreError::Failed(_)) => return Ok(Attempted::Nothing),
        Err(error @ StoreError::Unavailable(_)) => return Err(error),
    }
    let Some((mut conn, whole)) = gathered.whole()? else {
        return Ok(Attempted::Nothing);
    };
    match whole.write(&mut conn, org) {
        Ok(true) => Ok(Attempted::Done),
        Ok(false) => Ok(Attempted::Nothing),
        Err(error) => forgotten(error),
    }
}

/// A statement that failed has left nothing, and the transaction will find the same reason if it lasts.
fn forgotten(error: Error) -> Result<Attempted, StoreError> {
    match failure(error) {
        StoreError::Failed(_) => Ok(Attempted::Nothing),
        error @ StoreError::Unavailable(_) => Err(error),
    }
}
