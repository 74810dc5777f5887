//! API keys.

mod audited;
mod replace;
mod row;
mod uses;

use diesel::prelude::*;
use diesel::result::Error;
use org_auth::api_key::{ApiKey, NewKey};
use org_auth::key::KeyHash;
use org_auth::key_store::{
    InsertError, KeyStore, KeyUse, Replace, ReplaceError, RevokeError, Target,
};
use org_domain::transaction::End;
use org_kernel::StoreError;
use org_kernel::audit::Entry;
use org_kernel::id::{KeyId, OrgId};
use org_kernel::instant::Instant;

use self::row::KeyRow;
use crate::columns::{Row, items};
use crate::error::{broken_constraint, failure};
use crate::import::any_of;
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

    fn get(&self, org: OrgId, key: KeyId) -> Result<Option<ApiKey>, StoreError> {
        self.read(|conn| {
            let found = api_keys::table
                .find((org.uuid(), key.uuid()))
                .select((KeyRow::as_select(), slug().assume_not_null()))
                .first::<(KeyRow, String)>(conn)
                .optional()?;
            found.map(Row::into_item).transpose()
        })
    }

    fn insert(&self, key: NewKey, entry: &Entry) -> Result<ApiKey, InsertError> {
        let stored = self.in_transaction(key.org, |tx| match audited::insert(tx, &key, entry) {
            Ok(slug) => Ok((End::Commit, slug.ok_or(InsertError::NoSuchOrg))),
            Err(error) if id_is_taken(&error) => Ok((End::RollBack, Err(InsertError::IdTaken))),
            Err(error) => Err(failure(error)),
        })?;
        let slug = stored?;
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

    fn some(&self, org: OrgId, keys: &[KeyId]) -> Result<Vec<ApiKey>, StoreError> {
        let ids: Vec<_> = keys.iter().map(|key| key.uuid()).collect();
        self.read(|conn| {
            let rows = api_keys::table
                .filter(api_keys::org_id.eq(org.uuid()))
                .filter(api_keys::id.eq(any_of(ids.as_slice())))
                .select((KeyRow::as_select(), slug().assume_not_null()))
                .load::<(KeyRow, String)>(conn)?;
            items(rows)
        })
    }

    fn latest(&self, org: OrgId, most: u32) -> Result<Vec<ApiKey>, StoreError> {
        self.read(|conn| {
            let rows = api_keys::table
                .filter(api_keys::org_id.eq(org.uuid()))
                .order((api_keys::created_at.desc(), api_keys::id.desc()))
                .limit(most.into())
                .select((KeyRow::as_select(), slug().assume_not_null()))
                .load::<(KeyRow, String)>(conn)?;
            items(rows)
        })
    }

    fn revoke(&self, target: Target, at: Instant, entry: &Entry) -> Result<ApiKey, RevokeError> {
        let org = self.org_of_key(target)?.ok_or(RevokeError::NoSuchKey)?;
        let revoked = self.in_transaction(org, |tx| {
            let revoked = audited::revoke(tx, target.id, at, entry).map_err(failure)?;
            Ok((End::Commit, revoked))
        })?;
        revoked.ok_or(RevokeError::NoSuchKey)
    }

    fn replace(&self, target: Target, make: &mut Replace<'_>) -> Result<ApiKey, ReplaceError> {
        let org = self.org_of_key(target)?.ok_or(ReplaceError::NoSuchKey)?;
        self.in_transaction(org, |tx| replace::replace(tx, target.id, make))?
    }

    fn record_uses(&self, uses: &[KeyUse]) -> Result<(), StoreError> {
        if uses.is_empty() {
            return Ok(());
        }
        let done = self.write(|conn| uses::record(conn, uses))?;
        done.map_err(failure)
    }
}

impl Pg {
    /// The organization in which a key is to be looked for; none when no organization has it. A key never
    /// changes its organization.
    fn org_of_key(&self, target: Target) -> Result<Option<OrgId>, StoreError> {
        if target.org.is_some() {
            return Ok(target.org);
        }
        let org = self.read(|conn| {
            let found = api_keys::table.filter(api_keys::id.eq(target.id.uuid()));
            found.select(api_keys::org_id).first(conn).optional()
        })?;
        Ok(org.map(OrgId::new))
    }
}

/// True when a key was refused because another, of whatever organization, has its id.
fn id_is_taken(error: &Error) -> bool {
    matches!(
        broken_constraint(error),
        Some("keys_have_distinct_ids" | "keys_have_ids_that_no_other_organization_has")
    )
}
