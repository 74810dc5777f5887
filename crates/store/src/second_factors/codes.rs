//! Rows of `recovery_codes`: those that were not used yet.

use diesel::prelude::*;
use org_auth::second_factor::RecoveryHash;
use org_kernel::id::UserId;

use crate::schema::recovery_codes::dsl;
use crate::schema::{recovery_codes, second_factors};
use crate::transaction::Tx;

/// How many codes are left that stand in for a second factor.
#[diesel::dsl::auto_type]
pub(super) fn left() -> _ {
    recovery_codes::table
        .filter(recovery_codes::org_id.eq(second_factors::org_id))
        .filter(recovery_codes::user_id.eq(second_factors::user_id))
        .count()
        .single_value()
        .assume_not_null()
}

pub(super) fn insert(tx: &mut Tx<'_>, user: UserId, codes: &[RecoveryHash]) -> QueryResult<()> {
    let rows: Vec<_> = codes
        .iter()
        .map(|hash| {
            (
                dsl::org_id.eq(tx.org.uuid()),
                dsl::user_id.eq(user.uuid()),
                dsl::hash.eq(&hash.as_bytes()[..]),
            )
        })
        .collect();
    diesel::insert_into(dsl::recovery_codes)
        .values(rows)
        .execute(tx.conn)
        .map(drop)
}

/// Uses a code up, and says whether it was there.
pub(super) fn use_up(tx: &mut Tx<'_>, user: UserId, code: &RecoveryHash) -> QueryResult<bool> {
    let code = dsl::recovery_codes.find((tx.org.uuid(), user.uuid(), &code.as_bytes()[..]));
    Ok(diesel::delete(code).execute(tx.conn)? > 0)
}

pub(super) fn delete(tx: &mut Tx<'_>, user: UserId) -> QueryResult<()> {
    let of_user = dsl::recovery_codes
        .filter(dsl::org_id.eq(tx.org.uuid()))
        .filter(dsl::user_id.eq(user.uuid()));
    diesel::delete(of_user).execute(tx.conn).map(drop)
}
