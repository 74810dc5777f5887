//! Second factors, and the recovery codes that stand in for them.

mod codes;
mod enrol;
mod pass;
mod row;

use diesel::prelude::*;
use org_auth::second_factor::{Begun, RecoveryHash, SealedSecret, SecondFactor};
use org_auth::second_factor_store::{Confirmed, NotEnrolled, Passed, SecondFactorStore};
use org_auth::session::{Session, SessionHash};
use org_auth::user::UserRef;
use org_domain::transaction::End;
use org_kernel::audit::Entry;
use org_kernel::id::UserId;
use org_kernel::{StoreError, WriteError};

use self::row::SecondFactorRow;
use crate::audit;
use crate::columns::Row;
use crate::error::failure;
use crate::pg::Pg;
use crate::schema::second_factors::dsl;
use crate::transaction::Tx;

impl SecondFactorStore for Pg {
    fn find(&self, user: UserRef) -> Result<Option<SecondFactor>, StoreError> {
        self.read(|conn| {
            let found = dsl::second_factors
                .find((user.org.uuid(), user.id.uuid()))
                .select((SecondFactorRow::as_select(), codes::left()))
                .first::<(SecondFactorRow, i64)>(conn)
                .optional()?;
            found.map(Row::into_item).transpose()
        })
    }

    fn enrol(
        &self,
        user: UserRef,
        sealed: &SealedSecret,
        begun: Begun,
    ) -> Result<(), WriteError<NotEnrolled>> {
        let enrolled = self.with_user(user, |tx, account| {
            if account.user.has_second_factor {
                return Ok((End::RollBack, Err(NotEnrolled::InForce)));
            }
            enrol::put(tx, user.id, sealed, begun).map_err(failure)?;
            Ok((End::Commit, Ok(())))
        })?;
        let enrolled = enrolled.unwrap_or(Err(NotEnrolled::NoSuchUser));
        enrolled.map_err(WriteError::Refused)
    }

    fn confirm(
        &self,
        user: UserRef,
        confirmed: &Confirmed,
        entry: &Entry,
    ) -> Result<bool, StoreError> {
        let step = pass::step(confirmed.step)?;
        let done = self.with_user(user, |tx, _| {
            if !enrol::confirm(tx, user.id, confirmed, step).map_err(failure)? {
                return Ok((End::RollBack, false));
            }
            codes::insert(tx, user.id, &confirmed.codes).map_err(failure)?;
            audit::insert(tx.conn, tx.org, entry).map_err(failure)?;
            Ok((End::Commit, true))
        })?;
        Ok(done.unwrap_or(false))
    }

    fn pass(&self, pending: &SessionHash, passed: &Passed) -> Result<Option<Session>, StoreError> {
        self.pass_with(pending, passed)
    }

    fn replace_codes(
        &self,
        user: UserRef,
        new: &[RecoveryHash],
        entry: &Entry,
    ) -> Result<bool, StoreError> {
        let replaced = self.with_user(user, |tx, account| {
            if !account.user.has_second_factor {
                return Ok((End::RollBack, false));
            }
            codes::delete(tx, user.id).map_err(failure)?;
            codes::insert(tx, user.id, new).map_err(failure)?;
            audit::insert(tx.conn, tx.org, entry).map_err(failure)?;
            Ok((End::Commit, true))
        })?;
        Ok(replaced.unwrap_or(false))
    }

    fn switch_off(&self, user: UserRef, entry: &Entry) -> Result<bool, StoreError> {
        let switched_off = self.with_user(user, |tx, account| {
            delete(tx, user.id).map_err(failure)?;
            if account.user.has_second_factor {
                audit::insert(tx.conn, tx.org, entry).map_err(failure)?;
            }
            Ok((End::Commit, account.user.has_second_factor))
        })?;
        Ok(switched_off.unwrap_or(false))
    }
}

/// Deletes the second factor of a user, in force or not, and with it the recovery codes.
pub(crate) fn delete(tx: &mut Tx<'_>, user: UserId) -> QueryResult<()> {
    diesel::delete(dsl::second_factors.find((tx.org.uuid(), user.uuid())))
        .execute(tx.conn)
        .map(drop)
}
