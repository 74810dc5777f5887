//! Sessions of the console: rows of `console_sessions`.
//!
//! A session that was ended is gone, and so are those of whoever was removed.

mod begin;
mod forget;
mod row;

use diesel::prelude::*;
use diesel::sql_types::{Timestamptz, Uuid as SqlUuid};
use org_auth::session::{Session, SessionHash};
use org_auth::session_store::{Begin, SessionStore, Touched};
use org_auth::user::{User, UserRef};
use org_domain::transaction::End;
use org_kernel::StoreError;
use org_kernel::audit::Entry;
use org_kernel::id::{SessionId, UserId};
use org_kernel::instant::Instant;

use self::row::SessionRow;
use crate::audit;
use crate::columns::{Row, items};
use crate::error::failure;
use crate::pg::Pg;
use crate::schema::console_sessions::dsl;
use crate::schema::users;
use crate::transaction::Tx;
use crate::users::{UserRow, has_second_factor, slug};

pub(crate) use self::begin::begin;

impl SessionStore for Pg {
    fn begin(&self, user: UserRef, begin: &mut Begin<'_>) -> Result<Option<Session>, StoreError> {
        let session = self.with_user(user, |tx, account| {
            let Some(beginning) = begin(&account)? else {
                return Ok((End::RollBack, None));
            };
            let session = self::begin(tx, user.id, beginning).map_err(failure)?;
            Ok((End::Commit, Some(session)))
        })?;
        Ok(session.flatten())
    }

    fn find(&self, hash: &SessionHash) -> Result<Option<(Session, User)>, StoreError> {
        self.read(|conn| {
            let of_session = dsl::user_id
                .eq(users::id)
                .and(dsl::org_id.eq(users::org_id));
            let found = dsl::console_sessions
                .inner_join(users::table.on(of_session))
                .filter(dsl::hash.eq(&hash.as_bytes()[..]))
                .select((
                    SessionRow::as_select(),
                    (
                        UserRow::as_select(),
                        slug().assume_not_null(),
                        has_second_factor(),
                    ),
                ))
                .first::<(SessionRow, (UserRow, String, bool))>(conn)
                .optional()?;
            let Some((session, account)) = found else {
                return Ok(None);
            };
            Ok(Some((session.into_item()?, account.into_item()?.user)))
        })
    }

    fn touch(&self, session: &Touched) -> Result<(), StoreError> {
        let done = self.write(|conn| touch(conn, session))?;
        done.map_err(failure)
    }

    fn list(&self, user: UserRef, at: Instant) -> Result<Vec<Session>, StoreError> {
        self.read(|conn| {
            let rows = dsl::console_sessions
                .filter(dsl::org_id.eq(user.org.uuid()))
                .filter(dsl::user_id.eq(user.id.uuid()))
                .filter(dsl::expires_at.gt(at.to_utc()))
                .filter(dsl::pending.eq(false))
                .order((dsl::seen_at.desc(), dsl::id))
                .select(SessionRow::as_select())
                .load(conn)?;
            items(rows)
        })
    }

    fn end(&self, user: UserRef, session: SessionId, entry: &Entry) -> Result<bool, StoreError> {
        self.in_transaction(user.org, |tx| {
            let ended = end(tx, user.id, session).map_err(failure)?;
            if ended {
                audit::insert(tx.conn, tx.org, entry).map_err(failure)?;
            }
            Ok((End::Commit, ended))
        })
    }

    fn end_others(&self, user: UserRef, kept: SessionId, entry: &Entry) -> Result<u32, StoreError> {
        let ended = self.with_user(user, |tx, _| {
            let ended = end_all_but(tx, user.id, Some(kept)).map_err(failure)?;
            if ended > 0 {
                audit::insert(tx.conn, tx.org, entry).map_err(failure)?;
            }
            Ok((End::Commit, ended))
        })?;
        u32::try_from(ended.unwrap_or_default()).map_err(StoreError::failed)
    }

    fn forget_expired(&self, before: Instant, most: u32) -> Result<u32, StoreError> {
        let done = self.write(|conn| forget::forget(conn, before, most))?;
        u32::try_from(done.map_err(failure)?).map_err(StoreError::failed)
    }
}

const TOUCH: &str = "
    UPDATE console_sessions
    SET seen_at = GREATEST(seen_at, $4), expires_at = GREATEST(expires_at, $5)
    WHERE org_id = $1 AND id = $2 AND user_id = $3";

fn touch(conn: &mut PgConnection, session: &Touched) -> QueryResult<()> {
    diesel::sql_query(TOUCH)
        .bind::<SqlUuid, _>(session.user.org.uuid())
        .bind::<SqlUuid, _>(session.session.uuid())
        .bind::<SqlUuid, _>(session.user.id.uuid())
        .bind::<Timestamptz, _>(session.seen_at.to_utc())
        .bind::<Timestamptz, _>(session.expires_at.to_utc())
        .execute(conn)
        .map(drop)
}

/// Ends one session of a user, and says whether there was one.
fn end(tx: &mut Tx<'_>, user: UserId, session: SessionId) -> QueryResult<bool> {
    let of_user = dsl::console_sessions
        .find((tx.org.uuid(), session.uuid()))
        .filter(dsl::user_id.eq(user.uuid()));
    Ok(diesel::delete(of_user).execute(tx.conn)? > 0)
}

/// Ends every session of a user, and says how many.
pub(crate) fn end_all(tx: &mut Tx<'_>, user: UserId) -> QueryResult<usize> {
    end_all_but(tx, user, None)
}

/// Ends every session of a user but one, and says how many.
pub(crate) fn end_all_but(
    tx: &mut Tx<'_>,
    user: UserId,
    kept: Option<SessionId>,
) -> QueryResult<usize> {
    // No session has this id.
    let kept = kept.unwrap_or(SessionId::nobody());
    let others = dsl::console_sessions
        .filter(dsl::org_id.eq(tx.org.uuid()))
        .filter(dsl::user_id.eq(user.uuid()))
        .filter(dsl::id.ne(kept.uuid()));
    diesel::delete(others).execute(tx.conn)
}
