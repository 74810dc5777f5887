//! API keys.

mod audited;
mod row;
mod uses;

use diesel::prelude::*;
use org_auth::api_key::{ApiKey, NewKey};
use org_auth::key::KeyHash;
use org_auth::key_store::{InsertError, KeyStore, KeyUse, RevokeError};
use org_domain::transaction::End;
use org_kernel::StoreError;
use org_kernel::audit::Entry;
use org_kernel::id::{KeyId, OrgId};
use org_kernel::instant::Instant;

use self::row::KeyRow;
use crate::columns::{Row, items};
use crate::error::failure;
use crate::pg::Pg;
use crate::schema::{api_keys, organizations};

/// The slug of the organization of a key.
#[diesel::dsl::auto_type]
fn slug() -> _ {
    organizations::table
        .filter(organizations::id.eq(api_keys::org_id))
        .select(organizations::slug)
        .single_value()
}

impl KeyStore for Pg {
    fn find(&self, hash: &KeyHash) -> Result<Option<ApiKey>, StoreError> {
        self.read(|conn| {
            let found = api_keys::table
                .filter(api_keys::hash.eq(&hash.as_bytes()[..]))
                .select((KeyRow::as_select(), slug().assume_not_null()))
                .first::<(KeyRow, String)>(conn)
                .optional()?;
            found.map(Row::into_item).transpose()
        })
    }

    fn insert(&self, key: NewKey, entry: &Entry) -> Result<ApiKey, InsertError> {
        let stored = self.in_transaction(key.org, |tx| {
            let stored = audited::insert(tx, &key, entry).map_err(failure)?;
            Ok((End::Commit, stored))
        })?;
        let slug = stored.ok_or(InsertError::NoSuchOrg)?;
        Ok(key.into_stored(slug))
    }

    fn list(&self, org: OrgId) -> Result<Vec<ApiKey>, StoreError> {
        self.read(|conn| {
            let rows = api_keys::table
                .filter(api_keys::org_id.eq(org.uuid()))
                .order((api_keys::created_at, api_keys::id))
                .select((KeyRow::as_select(), slug().assume_not_null()))
                .load::<(KeyRow, String)>(conn)?;
            items(rows)
        })
    }

    fn revoke(&self, key: KeyId, at: Instant, entry: &Entry) -> Result<ApiKey, RevokeError> {
        // A key never changes its organization.
        let org = self.read(|conn| {
            let found = api_keys::table.filter(api_keys::id.eq(key.uuid()));
            found.select(api_keys::org_id).first(conn).optional()
        })?;
        let org = org.map(OrgId::new).ok_or(RevokeError::NoSuchKey)?;
        let revoked = self.in_transaction(org, |tx| {
            let revoked = audited::revoke(tx, key, at, entry).map_err(failure)?;
            Ok((End::Commit, revoked))
        })?;
        revoked.ok_or(RevokeError::NoSuchKey)
    }

    fn record_uses(&self, uses: &[KeyUse]) -> Result<(), StoreError> {
        if uses.is_empty() {
            return Ok(());
        }
        let done = self.write(|conn| uses::record(conn, uses))?;
        done.map_err(failure)
    }
}
