//! A key in the place of another.

use diesel::prelude::*;
use org_auth::api_key::{ApiKey, NewKey};
use org_auth::key_store::{Replace, ReplaceError, Replacement};
use org_domain::transaction::End;
use org_kernel::StoreError;
use org_kernel::id::KeyId;

use super::row::KeyRow;
use super::{audited, id_is_taken, slug};
use crate::audit;
use crate::columns::Row;
use crate::error::failure;
use crate::schema::api_keys;
use crate::transaction::Tx;

type Replaced = Result<ApiKey, ReplaceError>;

/// Replaces a key with what `make` makes for it. Whoever else writes the key waits, from before it is
/// read until the transaction ends.
pub(super) fn replace(
    tx: &mut Tx<'_>,
    id: KeyId,
    make: &mut Replace<'_>,
) -> Result<(End, Replaced), StoreError> {
    let refused = |refusal| Ok((End::RollBack, Err(refusal)));
    let Some(old) = locked(tx, id).map_err(failure)? else {
        return refused(ReplaceError::NoSuchKey);
    };
    if let Some(by) = old.replaced_by {
        return refused(ReplaceError::Replaced { by });
    }
    let replacement = match make(&old) {
        Ok(replacement) => replacement,
        Err(ReplaceError::Store(cause)) => return Err(cause),
        Err(refusal) => return refused(refusal),
    };
    match store(tx, id, &replacement) {
        Ok(()) => {
            let stored = NewKey::into_stored(replacement.key, old.org_slug);
            Ok((End::Commit, Ok(stored)))
        }
        Err(error) if id_is_taken(&error) => refused(ReplaceError::IdTaken),
        Err(error) => Err(failure(error)),
    }
}

fn locked(tx: &mut Tx<'_>, id: KeyId) -> QueryResult<Option<ApiKey>> {
    let row = api_keys::table
        .find((tx.org.uuid(), id.uuid()))
        .select((KeyRow::as_select(), slug().assume_not_null()))
        .for_no_key_update()
        .first::<(KeyRow, String)>(tx.conn)
        .optional()?;
    row.map(Row::into_item).transpose()
}

/// The new key comes first: the old one refers to it.
fn store(tx: &mut Tx<'_>, old: KeyId, replacement: &Replacement) -> QueryResult<()> {
    let [of_old, of_new] = &replacement.entries;
    audited::insert(tx, &replacement.key, of_new)?.ok_or(diesel::NotFound)?;
    let still = api_keys::table
        .find((tx.org.uuid(), old.uuid()))
        .filter(api_keys::replaced_by.is_null());
    let ended = diesel::update(still)
        .set((
            api_keys::replaced_by.eq(replacement.key.id.uuid()),
            api_keys::expires_at.eq(replacement.old_until.to_utc()),
        ))
        .execute(tx.conn)?;
    if ended != 1 {
        return Err(diesel::NotFound);
    }
    audit::insert(tx.conn, tx.org, of_old)
}
