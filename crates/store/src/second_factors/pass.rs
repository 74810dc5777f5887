//! A pending session whose second factor is shown.
//!
//! The user is locked, so of two who show one proof at once the second finds it used. The pending session
//! goes with it, so of two who show two proofs for one session, one is let in.

use diesel::prelude::*;
use org_auth::password::PasswordHash;
use org_auth::second_factor_store::{Passed, Proof};
use org_auth::session::{Session, SessionHash};
use org_auth::session_store::Beginning;
use org_auth::user::UserRef;
use org_domain::transaction::End;
use org_kernel::StoreError;
use org_kernel::id::UserId;
use org_kernel::instant::Instant;
use uuid::Uuid;

use super::codes;
use super::row::holding;
use crate::error::failure;
use crate::pg::Pg;
use crate::schema::console_sessions;
use crate::schema::second_factors::dsl;
use crate::sessions;
use crate::transaction::Tx;
use crate::users::user_ref;

impl Pg {
    pub(super) fn pass_with(
        &self,
        pending: &SessionHash,
        passed: &Passed,
    ) -> Result<Option<Session>, StoreError> {
        let Some(user) = self.read(|conn| holder(conn, pending))? else {
            return Ok(None);
        };
        let session = self.with_user(user, |tx, account| {
            let at = passed.session.created_at;
            let Some(ended) = end_pending(tx, pending, at).map_err(failure)? else {
                return Ok((End::RollBack, None));
            };
            if !account.user.has_second_factor || !use_up(tx, user.id, &passed.proof)? {
                return Ok((End::RollBack, None));
            }
            let session = let_in(tx, user.id, passed, ended.password).map_err(failure)?;
            Ok((End::Commit, Some(session)))
        })?;
        Ok(session.flatten())
    }
}

/// Begins the session, once the password is set that waited with the pending one.
fn let_in(
    tx: &mut Tx<'_>,
    user: UserId,
    passed: &Passed,
    password: Option<PasswordHash>,
) -> QueryResult<Session> {
    let mut entries = vec![passed.entry.clone()];
    if password.is_some() {
        entries.push(passed.password_entry.clone());
    }
    let beginning = Beginning {
        session: passed.session.clone(),
        password,
        replaces: None,
        entries,
    };
    sessions::begin(tx, user, beginning)
}

/// Whose a session is.
fn holder(conn: &mut PgConnection, session: &SessionHash) -> QueryResult<Option<UserRef>> {
    let found: Option<(Uuid, Uuid)> = console_sessions::table
        .filter(console_sessions::hash.eq(&session.as_bytes()[..]))
        .select((console_sessions::org_id, console_sessions::user_id))
        .first(conn)
        .optional()?;
    Ok(found.map(user_ref))
}

/// A pending session that is over.
struct Ended {
    /// The password that waited with it.
    password: Option<PasswordHash>,
}

/// Ends a pending session that lasts at this instant, if there is one.
fn end_pending(tx: &mut Tx<'_>, session: &SessionHash, at: Instant) -> QueryResult<Option<Ended>> {
    let pending = console_sessions::table
        .filter(console_sessions::hash.eq(&session.as_bytes()[..]))
        .filter(console_sessions::pending.eq(true))
        .filter(console_sessions::expires_at.gt(at.to_utc()));
    let ended = diesel::delete(pending)
        .returning(console_sessions::password_hash)
        .get_result(tx.conn)
        .optional()?;
    Ok(ended.map(|password: Option<String>| Ended {
        password: password.map(PasswordHash::stored),
    }))
}

/// Uses a proof up, and says whether it was one.
fn use_up(tx: &mut Tx<'_>, user: UserId, proof: &Proof) -> Result<bool, StoreError> {
    match proof {
        Proof::RecoveryCode(code) => codes::use_up(tx, user, code).map_err(failure),
        Proof::Step { sealed, step } => {
            let step = self::step(*step)?;
            let later = dsl::second_factors
                .find((tx.org.uuid(), user.uuid()))
                .filter(dsl::confirmed_at.is_not_null())
                .filter(dsl::last_step.lt(step))
                .filter(holding(sealed));
            let update = diesel::update(later).set(dsl::last_step.eq(step));
            Ok(update.execute(tx.conn).map_err(failure)? > 0)
        }
    }
}

/// A step, as it is stored.
pub(super) fn step(step: u64) -> Result<i64, StoreError> {
    i64::try_from(step).map_err(StoreError::failed)
}
