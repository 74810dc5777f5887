//! The secrets of second factors, in force or not: one a user, which is told by the user's id.

use diesel::prelude::*;
use org_kernel::id::{OrgId, UserId};
use org_webhooks::sealing::Sealed;
use uuid::Uuid;

use super::Held;
use crate::error::corrupt;
use crate::schema::second_factors::dsl;

pub(super) const UPDATE: &str = "
    UPDATE second_factors factor
    SET key_id = new.key_id, nonce = new.nonce, ciphertext = new.ciphertext
    FROM unnest($3, $4, $5, $6) AS new (id, key_id, nonce, ciphertext)
    WHERE factor.org_id = $1 AND factor.user_id = $2 AND factor.user_id = new.id";

type SealedColumns = (Uuid, Uuid, String, Vec<u8>, Vec<u8>);

pub(super) fn all(conn: &mut PgConnection) -> QueryResult<Vec<Held>> {
    let rows: Vec<SealedColumns> = dsl::second_factors
        .order((dsl::org_id, dsl::user_id))
        .select((
            dsl::org_id,
            dsl::user_id,
            dsl::key_id,
            dsl::nonce,
            dsl::ciphertext,
        ))
        .load(conn)?;
    rows.into_iter().map(held).collect()
}

fn held((org, user, key_id, nonce, ciphertext): SealedColumns) -> QueryResult<Held> {
    let nonce = nonce.try_into().map_err(|_| corrupt("nonce"))?;
    Ok(Held {
        org: OrgId::new(org),
        holder: UserId::new(user).into(),
        ids: vec![user],
        sealed: vec![Sealed {
            key_id,
            nonce,
            ciphertext,
        }],
    })
}
