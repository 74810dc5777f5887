//! An organization that becomes another's.

use diesel::prelude::*;
use org_auth::user::{Role, User, UserRef};
use org_auth::user_store::{NotTransferred, Transfer, Transferred};
use org_domain::transaction::End;
use org_kernel::audit::Entry;
use org_kernel::{StoreError, WriteError};

use super::edit::update;
use super::locked::lock;
use super::row::account;
use crate::audit;
use crate::error::failure;
use crate::pg::Pg;
use crate::transaction::Tx;

impl Pg {
    pub(super) fn transfer_ownership(
        &self,
        transfer: &Transfer,
        entry: &Entry,
    ) -> Result<Transferred, WriteError<NotTransferred>> {
        let transferred = self.in_transaction(transfer.org, |tx| {
            match judge(tx, transfer).map_err(failure)? {
                Ok(transferred) => {
                    store(tx, &transferred, entry)?;
                    Ok((End::Commit, Ok(transferred)))
                }
                Err(refusal) => Ok((End::RollBack, Err(refusal))),
            }
        })?;
        transferred.map_err(WriteError::Refused)
    }
}

/// Locks both, and says what becomes of them.
fn judge(tx: &mut Tx<'_>, transfer: &Transfer) -> QueryResult<Result<Transferred, NotTransferred>> {
    let org = transfer.org;
    if lock(tx, &[transfer.from.uuid(), transfer.to.uuid()])? < 2 {
        return Ok(Err(NotTransferred::NoSuchUser));
    }
    let mut found = |id| -> QueryResult<Option<User>> {
        let account = account(tx.conn, UserRef { org, id })?;
        Ok(account.map(|account| account.user))
    };
    let (Some(from), Some(to)) = (found(transfer.from)?, found(transfer.to)?) else {
        return Ok(Err(NotTransferred::NoSuchUser));
    };
    if from.role != Role::Owner {
        return Ok(Err(NotTransferred::NotAnOwner));
    }
    if to.joined_at.is_none() {
        return Ok(Err(NotTransferred::NotJoined));
    }
    let becomes = |user, role| User {
        role,
        updated_at: transfer.at,
        ..user
    };
    Ok(Ok(Transferred {
        from: becomes(from, Role::Admin),
        to: becomes(to, Role::Owner),
    }))
}

/// The new owner comes first: at no time is there none.
fn store(tx: &mut Tx<'_>, done: &Transferred, entry: &Entry) -> Result<(), StoreError> {
    for user in [&done.to, &done.from] {
        update(tx, user).map_err(failure)?;
    }
    audit::insert(tx.conn, tx.org, entry).map_err(failure)
}
