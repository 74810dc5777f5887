//! A second factor that begins, in a transaction that has its user locked.

use diesel::prelude::*;
use org_auth::second_factor::{Begun, SealedSecret};
use org_auth::second_factor_store::Confirmed;
use org_kernel::id::UserId;
use time::OffsetDateTime;
use uuid::Uuid;

use super::row::{NewSecondFactorRow, holding};
use crate::master_key;
use crate::schema::second_factors::dsl;
use crate::transaction::Tx;

/// Stores a secret that is not in force, in the place of another one that is not.
pub(super) fn put(
    tx: &mut Tx<'_>,
    user: UserId,
    sealed: &SealedSecret,
    begun: Begun,
) -> QueryResult<()> {
    super::delete(tx, user)?;
    master_key::name(tx.conn, &sealed.key_id)?;
    diesel::insert_into(dsl::second_factors)
        .values(NewSecondFactorRow {
            org_id: tx.org.uuid(),
            user_id: user.uuid(),
            key_id: &sealed.key_id,
            nonce: &sealed.nonce,
            ciphertext: &sealed.ciphertext,
            begun_at: begun.at.to_utc(),
            begun_in: begun.session.uuid(),
        })
        .execute(tx.conn)
        .map(drop)
}

/// Puts the secret in force that waits for it, and says whether it was the one that is meant.
pub(super) fn confirm(
    tx: &mut Tx<'_>,
    user: UserId,
    confirmed: &Confirmed,
    step: i64,
) -> QueryResult<bool> {
    let waiting = dsl::second_factors
        .find((tx.org.uuid(), user.uuid()))
        .filter(dsl::confirmed_at.is_null())
        .filter(holding(&confirmed.sealed));
    let updated = diesel::update(waiting)
        .set((
            dsl::confirmed_at.eq(confirmed.at.to_utc()),
            dsl::last_step.eq(step),
            dsl::begun_at.eq(None::<OffsetDateTime>),
            dsl::begun_in.eq(None::<Uuid>),
        ))
        .execute(tx.conn)?;
    Ok(updated > 0)
}
