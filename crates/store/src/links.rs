//! One-time sign-in links: rows of `sign_in_links`, at most one a user.

use std::collections::BTreeSet;

use diesel::prelude::*;
use org_auth::link::{LinkHash, NewLink};
use org_auth::link_store::{LinkStore, NoSuchUser};
use org_auth::session::Session;
use org_auth::session_store::Begin;
use org_auth::user::{User, UserRef};
use org_domain::transaction::End;
use org_kernel::audit::Entry;
use org_kernel::id::{Id, OrgId, UserId};
use org_kernel::instant::Instant;
use org_kernel::{StoreError, WriteError};
use uuid::Uuid;

use crate::columns::Row;
use crate::error::failure;
use crate::pg::Pg;
use crate::schema::sign_in_links::dsl;
use crate::schema::users;
use crate::transaction::Tx;
use crate::users::{UserRow, has_second_factor, slug, user_ref};
use crate::{audit, sessions};

impl LinkStore for Pg {
    fn replace(
        &self,
        user: UserRef,
        link: &NewLink,
        entry: &Entry,
    ) -> Result<(), WriteError<NoSuchUser>> {
        let replaced = self.with_user(user, |tx, _| {
            put(tx, user.id, link).map_err(failure)?;
            audit::insert(tx.conn, tx.org, entry).map_err(failure)?;
            Ok((End::Commit, ()))
        })?;
        replaced.ok_or(WriteError::Refused(NoSuchUser))
    }

    fn look_at(&self, link: &LinkHash, at: Instant) -> Result<Option<User>, StoreError> {
        let account = self.read(|conn| {
            let of_link = dsl::user_id
                .eq(users::id)
                .and(dsl::org_id.eq(users::org_id));
            let found = dsl::sign_in_links
                .inner_join(users::table.on(of_link))
                .filter(dsl::hash.eq(&link.as_bytes()[..]))
                .filter(dsl::expires_at.gt(at.to_utc()))
                .filter(users::removed_at.is_null())
                .select((
                    UserRow::as_select(),
                    slug().assume_not_null(),
                    has_second_factor(),
                ))
                .first::<(UserRow, String, bool)>(conn)
                .optional()?;
            found.map(Row::into_item).transpose()
        })?;
        Ok(account.map(|account| account.user))
    }

    fn who_may_come(&self, org: OrgId, at: Instant) -> Result<BTreeSet<UserId>, StoreError> {
        let users: Vec<Uuid> = self.read(|conn| {
            dsl::sign_in_links
                .filter(dsl::org_id.eq(org.uuid()))
                .filter(dsl::expires_at.gt(at.to_utc()))
                .select(dsl::user_id)
                .load(conn)
        })?;
        Ok(users.into_iter().map(Id::new).collect())
    }

    fn redeem(
        &self,
        link: &LinkHash,
        at: Instant,
        begin: &mut Begin<'_>,
    ) -> Result<Option<Session>, StoreError> {
        let Some(user) = self.read(|conn| holder(conn, link))? else {
            return Ok(None);
        };
        let session = self.with_user(user, |tx, account| {
            if !use_up(tx, link, at).map_err(failure)? {
                return Ok((End::RollBack, None));
            }
            let Some(beginning) = begin(&account)? else {
                return Ok((End::RollBack, None));
            };
            join(tx, user.id, at).map_err(failure)?;
            let session = sessions::begin(tx, user.id, beginning).map_err(failure)?;
            Ok((End::Commit, Some(session)))
        })?;
        Ok(session.flatten())
    }
}

/// Whose a link is.
fn holder(conn: &mut PgConnection, link: &LinkHash) -> QueryResult<Option<UserRef>> {
    let found: Option<(Uuid, Uuid)> = dsl::sign_in_links
        .filter(dsl::hash.eq(&link.as_bytes()[..]))
        .select((dsl::org_id, dsl::user_id))
        .first(conn)
        .optional()?;
    Ok(found.map(user_ref))
}

/// Takes a link away that can be used at this instant, and says whether there was one.
fn use_up(tx: &mut Tx<'_>, link: &LinkHash, at: Instant) -> QueryResult<bool> {
    let usable = dsl::sign_in_links
        .filter(dsl::hash.eq(&link.as_bytes()[..]))
        .filter(dsl::expires_at.gt(at.to_utc()));
    Ok(diesel::delete(usable).execute(tx.conn)? > 0)
}

fn join(tx: &mut Tx<'_>, user: UserId, at: Instant) -> QueryResult<()> {
    let invited = users::table
        .find((tx.org.uuid(), user.uuid()))
        .filter(users::joined_at.is_null());
    diesel::update(invited)
        .set(users::joined_at.eq(at.to_utc()))
        .execute(tx.conn)
        .map(drop)
}

/// Gives a user a link, in the place of the one before.
pub(crate) fn put(tx: &mut Tx<'_>, user: UserId, link: &NewLink) -> QueryResult<()> {
    take_away(tx, user)?;
    diesel::insert_into(dsl::sign_in_links)
        .values((
            dsl::org_id.eq(tx.org.uuid()),
            dsl::user_id.eq(user.uuid()),
            dsl::hash.eq(&link.hash.as_bytes()[..]),
            dsl::created_at.eq(link.created_at.to_utc()),
            dsl::expires_at.eq(link.expires_at.to_utc()),
        ))
        .execute(tx.conn)
        .map(drop)
}

/// Takes the link of a user away.
pub(crate) fn take_away(tx: &mut Tx<'_>, user: UserId) -> QueryResult<()> {
    diesel::delete(dsl::sign_in_links.find((tx.org.uuid(), user.uuid())))
        .execute(tx.conn)
        .map(drop)
}
