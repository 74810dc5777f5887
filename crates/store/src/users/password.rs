//! A user's password.

use diesel::prelude::*;
use org_auth::password::PasswordHash;
use org_auth::user::UserRef;
use org_auth::user_store::{PasswordChange, PasswordIsAnother};
use org_domain::transaction::End;
use org_kernel::WriteError;
use org_kernel::audit::Entry;
use org_kernel::id::{SessionId, UserId};

use crate::error::failure;
use crate::pg::Pg;
use crate::schema::users::dsl;
use crate::transaction::Tx;
use crate::{audit, links, sessions};

impl Pg {
    pub(super) fn change_users_password(
        &self,
        user: UserRef,
        change: &PasswordChange,
        entry: &Entry,
    ) -> Result<(), WriteError<PasswordIsAnother>> {
        let changed = self.with_user(user, |tx, account| {
            if account.password.as_ref() != Some(&change.expected) {
                return Ok((End::RollBack, false));
            }
            set(tx, user.id, &change.new, change.kept).map_err(failure)?;
            audit::insert(tx.conn, tx.org, entry).map_err(failure)?;
            Ok((End::Commit, true))
        })?;
        match changed {
            Some(true) => Ok(()),
            Some(false) | None => Err(WriteError::Refused(PasswordIsAnother)),
        }
    }
}

/// Sets a user's password, and ends what lets somebody in without it: their link, and every session but
/// `kept`.
pub(crate) fn set(
    tx: &mut Tx<'_>,
    user: UserId,
    password: &PasswordHash,
    kept: Option<SessionId>,
) -> QueryResult<()> {
    diesel::update(dsl::users.find((tx.org.uuid(), user.uuid())))
        .set(dsl::password_hash.eq(password.as_str()))
        .execute(tx.conn)?;
    links::take_away(tx, user)?;
    sessions::end_all_but(tx, user, kept).map(drop)
}
