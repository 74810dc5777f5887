//! A user whom nobody else changes.

use diesel::prelude::*;
use diesel::result::Error;
use org_auth::user::{Account, UserRef};
use org_domain::transaction::End;
use org_kernel::StoreError;
use uuid::Uuid;

use super::row::account;
use crate::error::{broken_constraint, failure};
use crate::pg::Pg;
use crate::schema::users::dsl;
use crate::transaction::Tx;

/// The constraint that refuses to leave an organization without an owner.
const KEEP_AN_OWNER: &str = "organizations_keep_an_owner";

impl Pg {
    /// Does `work` in a transaction in which nobody else changes the user, or anything of theirs. `None`
    /// where there is no such user.
    pub(crate) fn with_user<T>(
        &self,
        user: UserRef,
        mut work: impl FnMut(&mut Tx<'_>, Account) -> Result<(End, T), StoreError>,
    ) -> Result<Option<T>, StoreError> {
        self.in_transaction(user.org, |tx| {
            let locked = lock(tx, &[user.id.uuid()]).map_err(failure)?;
            // Read by a statement of its own: what was committed while the lock was waited for is not
            // seen in other tables by the statement that took it.
            match account(tx.conn, user).map_err(failure)? {
                Some(account) if locked == 1 => {
                    let (end, done) = work(tx, account)?;
                    Ok((end, Some(done)))
                }
                _ => Ok((End::RollBack, None)),
            }
        })
    }
}

/// Locks users in the order of their ids, so that two who lock the same ones never wait for each other in
/// a circle, and says how many there are.
pub(super) fn lock(tx: &mut Tx<'_>, ids: &[Uuid]) -> QueryResult<usize> {
    let locked: Vec<Uuid> = dsl::users
        .filter(dsl::org_id.eq(tx.org.uuid()))
        .filter(dsl::id.eq_any(ids))
        .filter(dsl::removed_at.is_null())
        .order(dsl::id)
        .select(dsl::id)
        .for_no_key_update()
        .load(tx.conn)?;
    Ok(locked.len())
}

/// Tells a write that would have left no owner from one that failed.
pub(super) fn unless_ownerless<T>(done: QueryResult<T>) -> Result<Option<T>, StoreError> {
    match done {
        Ok(done) => Ok(Some(done)),
        Err(error) if leaves_no_owner(&error) => Ok(None),
        Err(error) => Err(failure(error)),
    }
}

fn leaves_no_owner(error: &Error) -> bool {
    broken_constraint(error) == Some(KEEP_AN_OWNER)
}
