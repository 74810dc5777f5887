//! A user's name and role.

use diesel::prelude::*;
use org_auth::user::{User, UserRef};
use org_auth::user_store::{Edit, NotChanged};
use org_domain::transaction::End;
use org_kernel::WriteError;

use super::locked::unless_ownerless;
use crate::audit;
use crate::error::failure;
use crate::pg::Pg;
use crate::schema::users::dsl;
use crate::transaction::Tx;

impl Pg {
    pub(super) fn edit_user(
        &self,
        user: UserRef,
        edit: &mut Edit<'_>,
    ) -> Result<User, WriteError<NotChanged>> {
        let edited = self.with_user(user, |tx, account| {
            let Some((after, entry)) = edit(&account.user)? else {
                return Ok((End::RollBack, Ok(account.user)));
            };
            if unless_ownerless(update(tx, &after))?.is_none() {
                return Ok((End::RollBack, Err(NotChanged::LastOwner)));
            }
            audit::insert(tx.conn, tx.org, &entry).map_err(failure)?;
            Ok((End::Commit, Ok(after)))
        })?;
        let edited = edited.unwrap_or(Err(NotChanged::NoSuchUser));
        edited.map_err(WriteError::Refused)
    }
}

/// Stores the name, the role and the time of the change.
pub(super) fn update(tx: &mut Tx<'_>, user: &User) -> QueryResult<()> {
    diesel::update(dsl::users.find((tx.org.uuid(), user.id.uuid())))
        .set((
            dsl::name.eq(user.name.as_str()),
            dsl::role.eq(user.role.as_str()),
            dsl::updated_at.eq(user.updated_at.to_utc()),
        ))
        .execute(tx.conn)
        .map(drop)
}
