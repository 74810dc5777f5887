//! API keys, and news of them.

mod changes;
mod row;
mod uses;

use diesel::prelude::*;
use diesel::sql_types::{Nullable, Timestamptz};
use org_auth::api_key::{ApiKey, NewKey};
use org_auth::key::KeyHash;
use org_auth::key_store::{InsertError, KeyStore, KeyUse, RevokeError};
use org_kernel::StoreError;
use org_kernel::id::{KeyId, OrgId};
use org_kernel::instant::Instant;

use self::row::{KeyRow, NewKeyRow};
use crate::columns::{Row, items};
use crate::error::{broken_constraint, failure};
use crate::pg::Pg;
use crate::schema::{api_keys, organizations};

pub use changes::{KeyChanges, KeyNews};

#[diesel::declare_sql_function]
extern "SQL" {
    /// The first of two instants, or the second when there is no first.
    fn coalesce(
        first: Nullable<Timestamptz>,
        second: Nullable<Timestamptz>,
    ) -> Nullable<Timestamptz>;
}

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

    fn insert(&self, key: NewKey) -> Result<ApiKey, InsertError> {
        let row = NewKeyRow::from(&key);
        let insert = diesel::insert_into(api_keys::table)
            .values(&row)
            .returning(slug().assume_not_null());
        match self.write(|conn| insert.get_result(conn))? {
            Ok(slug) => Ok(key.into_stored(slug)),
            Err(error) if broken_constraint(&error) == Some("keys_belong_to_an_organization") => {
                Err(InsertError::NoSuchOrg)
            }
            Err(error) => Err(failure(error).into()),
        }
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

    fn revoke(&self, key: KeyId, at: Instant) -> Result<ApiKey, RevokeError> {
        let first_time = coalesce(api_keys::revoked_at, Some(at.to_utc()));
        let revoke = diesel::update(api_keys::table.filter(api_keys::id.eq(key.uuid())))
            .set(api_keys::revoked_at.eq(first_time))
            .returning((KeyRow::as_select(), slug().assume_not_null()));
        let revoked = self.write(|conn| revoke.get_result::<(KeyRow, String)>(conn))?;
        let revoked = revoked
            .and_then(Row::into_item)
            .optional()
            .map_err(failure)?;
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
