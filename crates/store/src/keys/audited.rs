//! What is done to keys, each with its entry in the audit trail.

use diesel::prelude::*;
use org_auth::api_key::{ApiKey, NewKey};
use org_kernel::audit::Entry;
use org_kernel::id::KeyId;
use org_kernel::instant::Instant;

use super::row::{KeyRow, NewKeyRow};
use super::slug;
use crate::audit;
use crate::columns::Row;
use crate::schema::{api_keys, organizations};
use crate::transaction::Tx;

/// Stores a key, and answers the slug of its organization; none when that does not exist.
pub(super) fn insert(tx: &mut Tx<'_>, key: &NewKey, entry: &Entry) -> QueryResult<Option<String>> {
    let slug = organizations::table
        .find(tx.org.uuid())
        .select(organizations::slug)
        .for_key_share()
        .first(tx.conn)
        .optional()?;
    if slug.is_some() {
        diesel::insert_into(api_keys::table)
            .values(NewKeyRow::from(key))
            .execute(tx.conn)?;
        audit::insert(tx.conn, tx.org, entry)?;
    }
    Ok(slug)
}

/// Revokes a key unless it is revoked already, and answers it as it is then; none when there is none.
pub(super) fn revoke(
    tx: &mut Tx<'_>,
    key: KeyId,
    at: Instant,
    entry: &Entry,
) -> QueryResult<Option<ApiKey>> {
    let found = || api_keys::table.find((tx.org.uuid(), key.uuid()));
    let revoked = diesel::update(found().filter(api_keys::revoked_at.is_null()))
        .set(api_keys::revoked_at.eq(at.to_utc()))
        .execute(tx.conn)?;
    if revoked > 0 {
        audit::insert(tx.conn, tx.org, entry)?;
    }
    let row = found()
        .select((KeyRow::as_select(), slug().assume_not_null()))
        .first::<(KeyRow, String)>(tx.conn)
        .optional()?;
    row.map(Row::into_item).transpose()
}
