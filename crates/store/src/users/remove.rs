//! A user who leaves.

use diesel::prelude::*;
use org_auth::user::{User, UserRef};
use org_auth::user_store::{NotChanged, Tell};
use org_domain::transaction::End;
use org_kernel::WriteError;
use org_kernel::id::UserId;
use org_kernel::instant::Instant;

use super::locked::unless_ownerless;
use crate::error::failure;
use crate::pg::Pg;
use crate::schema::users::dsl;
use crate::transaction::Tx;
use crate::{audit, links, second_factors, sessions};

impl Pg {
    pub(super) fn remove_user(
        &self,
        user: UserRef,
        tell: &mut Tell<'_>,
    ) -> Result<User, WriteError<NotChanged>> {
        let removed = self.with_user(user, |tx, account| {
            let entry = tell(&account.user)?;
            if unless_ownerless(leave(tx, user.id, entry.at))?.is_none() {
                return Ok((End::RollBack, Err(NotChanged::LastOwner)));
            }
            links::take_away(tx, user.id).map_err(failure)?;
            sessions::end_all(tx, user.id).map_err(failure)?;
            second_factors::delete(tx, user.id).map_err(failure)?;
            audit::insert(tx.conn, tx.org, &entry).map_err(failure)?;
            Ok((End::Commit, Ok(account.user)))
        })?;
        let removed = removed.unwrap_or(Err(NotChanged::NoSuchUser));
        removed.map_err(WriteError::Refused)
    }
}

/// The row stays, for the trail that names it; it can be found by nothing but the name.
fn leave(tx: &mut Tx<'_>, user: UserId, at: Instant) -> QueryResult<()> {
    diesel::update(dsl::users.find((tx.org.uuid(), user.uuid())))
        .set((
            dsl::removed_at.eq(at.to_utc()),
            dsl::password_hash.eq(None::<String>),
        ))
        .execute(tx.conn)
        .map(drop)
}
