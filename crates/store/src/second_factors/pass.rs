//! A pending session whose second factor is shown.
//!
//! The user is locked, so of two who show one proof at once the second finds it used. The pending session
//! goes with it, so of two who show two proofs for one session, one is let in.

use diesel::prelude::*;
use org_auth::second_factor_store::{Passed, Proof};
use org_auth::session::{Session, SessionHash};
use org_auth::user::UserRef;
use org_domain::transaction::End;
use org_kernel::StoreError;
use org_kernel::id::{Id, UserId};
use org_kernel::instant::Instant;
use uuid::Uuid;

use super::codes;
use super::row::holding;
use crate::error::failure;
use crate::pg::Pg;
use crate::schema::console_sessions;
use crate::schema::second_factors::dsl;
use crate::transaction::Tx;
use crate::{audit, sessions};

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
            let is_shown = account.user.has_second_factor
                && end_pending(tx, pending, at).map_err(failure)?
                && use_up(tx, user.id, &passed.proof)?;
            if !is_shown {
                return Ok((End::RollBack, None));
            }
            let session = sessions::insert(tx, user.id, passed.session.clone()).map_err(failure)?;
            sessions::signed_in(tx, user.id, at).map_err(failure)?;
            audit::insert(tx.conn, tx.org, &passed.entry).map_err(failure)?;
            Ok((End::Commit, Some(session)))
        })?;
        Ok(session.flatten())
    }
}

/// Whose a session is.
fn holder(conn: &mut PgConnection, session: &SessionHash) -> QueryResult<Option<UserRef>> {
    let found: Option<(Uuid, Uuid)> = console_sessions::table
        .filter(console_sessions::hash.eq(&session.as_bytes()[..]))
        .select((console_sessions::org_id, console_sessions::user_id))
        .first(conn)
        .optional()?;
    Ok(found.map(|(org, id)| UserRef {
        org: Id::new(org),
        id: Id::new(id),
    }))
}

/// Ends a pending session that lasts at this instant, and says whether there was one.
fn end_pending(tx: &mut Tx<'_>, session: &SessionHash, at: Instant) -> QueryResult<bool> {
    let pending = console_sessions::table
        .filter(console_sessions::hash.eq(&session.as_bytes()[..]))
        .filter(console_sessions::pending.eq(true))
        .filter(console_sessions::expires_at.gt(at.to_utc()));
    Ok(diesel::delete(pending).execute(tx.conn)? > 0)
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
