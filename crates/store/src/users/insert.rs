//! A new user, with their first link.

use diesel::dsl::exists;
use diesel::prelude::*;
use org_auth::link::NewLink;
use org_auth::user::{NewUser, User};
use org_auth::user_store::NotInserted;
use org_domain::transaction::End;
use org_kernel::WriteError;
use org_kernel::audit::Entry;

use super::row::NewUserRow;
use crate::error::failure;
use crate::pg::Pg;
use crate::schema::{organizations, users};
use crate::transaction::Tx;
use crate::{audit, links};

impl Pg {
    pub(super) fn insert_user(
        &self,
        user: &NewUser,
        link: &NewLink,
        entry: &Entry,
    ) -> Result<User, WriteError<NotInserted>> {
        let slug = self.in_transaction(user.org, |tx| {
            let slug = insert(tx, user).map_err(failure)?;
            if slug.is_ok() {
                links::put(tx, user.id, link).map_err(failure)?;
                audit::insert(tx.conn, tx.org, entry).map_err(failure)?;
            }
            Ok((End::Commit, slug))
        })?;
        let slug = slug.map_err(WriteError::Refused)?;
        Ok(user.clone().into_stored(slug))
    }
}

/// Stores a user, and answers the slug of their organization. Of two who bring the same id or the same
/// address at once, the second waits for the first, and finds what it has stored.
fn insert(tx: &mut Tx<'_>, user: &NewUser) -> QueryResult<Result<String, NotInserted>> {
    let slug = organizations::table
        .find(tx.org.uuid())
        .select(organizations::slug)
        .for_key_share()
        .first(tx.conn)
        .optional()?;
    let Some(slug) = slug else {
        return Ok(Err(NotInserted::NoSuchOrg));
    };
    let inserted = diesel::insert_into(users::table)
        .values(NewUserRow::from(user))
        .on_conflict_do_nothing()
        .execute(tx.conn)?;
    if inserted > 0 {
        return Ok(Ok(slug));
    }
    let with_id = users::table.filter(users::id.eq(user.id.uuid()));
    let made_already = diesel::select(exists(with_id)).get_result(tx.conn)?;
    Ok(Err(if made_already {
        NotInserted::MadeAlready
    } else {
        NotInserted::EmailTaken
    }))
}
