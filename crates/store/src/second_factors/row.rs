//! A row of `second_factors`.

use diesel::prelude::*;
use org_auth::second_factor::{Begun, SealedSecret, SecondFactor};
use org_kernel::id::Id;
use org_kernel::instant::Instant;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::columns::Row;
use crate::error::corrupt;
use crate::schema::second_factors;

#[derive(Queryable, Selectable)]
#[diesel(table_name = second_factors)]
pub(super) struct SecondFactorRow {
    key_id: String,
    nonce: Vec<u8>,
    ciphertext: Vec<u8>,
    confirmed_at: Option<OffsetDateTime>,
    begun_at: Option<OffsetDateTime>,
    begun_in: Option<Uuid>,
}

/// A second factor, and how many recovery codes are left.
impl Row for (SecondFactorRow, i64) {
    type Item = SecondFactor;

    fn into_item(self) -> QueryResult<Self::Item> {
        let (row, codes) = self;
        let begun = row.begun_at.zip(row.begun_in);
        Ok(SecondFactor {
            sealed: SealedSecret {
                key_id: row.key_id,
                nonce: row.nonce.try_into().map_err(|_| corrupt("nonce"))?,
                ciphertext: row.ciphertext,
            },
            begun: begun.map(|(at, session)| Begun {
                at: Instant::from(at),
                session: Id::new(session),
            }),
            confirmed_at: row.confirmed_at.map(Instant::from),
            recovery_codes_left: u32::try_from(codes).map_err(corrupt)?,
        })
    }
}

/// One that no code has confirmed.
#[derive(Insertable, AsChangeset)]
#[diesel(table_name = second_factors)]
pub(super) struct NewSecondFactorRow<'a> {
    pub(super) org_id: Uuid,
    pub(super) user_id: Uuid,
    pub(super) key_id: &'a str,
    pub(super) nonce: &'a [u8],
    pub(super) ciphertext: &'a [u8],
    pub(super) begun_at: OffsetDateTime,
    pub(super) begun_in: Uuid,
}

/// The rows that hold this secret.
#[diesel::dsl::auto_type]
pub(super) fn holding<'a>(sealed: &'a SealedSecret) -> _ {
    let key_id: &'a str = sealed.key_id.as_str();
    let nonce: &'a [u8] = sealed.nonce.as_slice();
    let ciphertext: &'a [u8] = sealed.ciphertext.as_slice();
    second_factors::key_id
        .eq(key_id)
        .and(second_factors::nonce.eq(nonce))
        .and(second_factors::ciphertext.eq(ciphertext))
}
