//! A row of `api_keys`.

use diesel::prelude::*;
use org_auth::api_key::{ApiKey, NewKey};
use org_auth::key::KeyPrefix;
use org_auth::rate::{OwnLimits, PerMinute};
use org_auth::scope::{Scope, ScopeSet};
use org_kernel::id::Id;
use org_kernel::instant::Instant;
use org_kernel::text::{Line, Text};
use time::OffsetDateTime;
use uuid::Uuid;

use crate::columns::{Row, actor, actor_columns};
use crate::error::corrupt;
use crate::schema::api_keys;

/// All but the hash, by which a key is found and of which nobody else needs to know.
#[derive(Queryable, Selectable)]
#[diesel(table_name = api_keys)]
pub(super) struct KeyRow {
    org_id: Uuid,
    id: Uuid,
    prefix: String,
    name: String,
    scopes: Vec<String>,
    reads_per_minute: Option<i32>,
    writes_per_minute: Option<i32>,
    expires_at: Option<OffsetDateTime>,
    created_by_kind: String,
    created_by_id: Option<Uuid>,
    created_at: OffsetDateTime,
    last_used_at: Option<OffsetDateTime>,
    revoked_at: Option<OffsetDateTime>,
    replaced_by: Option<Uuid>,
}

/// A key, and the slug of its organization.
impl Row for (KeyRow, String) {
    type Item = ApiKey;

    fn into_item(self) -> QueryResult<Self::Item> {
        let (row, org_slug) = self;
        let created_by = actor(&row.created_by_kind, row.created_by_id);
        Ok(ApiKey {
            id: Id::new(row.id),
            org: Id::new(row.org_id),
            org_slug,
            prefix: KeyPrefix::stored(row.prefix),
            name: Text::stored(row.name),
            scopes: ScopeSet::parse(row.scopes.iter().map(String::as_str)).map_err(corrupt)?,
            limits: OwnLimits {
                reads: row.reads_per_minute.map(limit).transpose()?,
                writes: row.writes_per_minute.map(limit).transpose()?,
            },
            expires_at: row.expires_at.map(Instant::from),
            created_at: Instant::from(row.created_at),
            created_by: created_by.ok_or_else(|| corrupt("maker of a key"))?,
            last_used_at: row.last_used_at.map(Instant::from),
            revoked_at: row.revoked_at.map(Instant::from),
            replaced_by: row.replaced_by.map(Id::new),
        })
    }
}

fn limit(stored: i32) -> QueryResult<PerMinute> {
    let requests = u32::try_from(stored).map_err(corrupt)?;
    PerMinute::new(requests).map_err(corrupt)
}

#[derive(Insertable)]
#[diesel(table_name = api_keys)]
pub(super) struct NewKeyRow<'a> {
    org_id: Uuid,
    id: Uuid,
    hash: &'a [u8],
    prefix: &'a str,
    name: &'a str,
    scopes: Vec<&'static str>,
    reads_per_minute: Option<i32>,
    writes_per_minute: Option<i32>,
    expires_at: Option<OffsetDateTime>,
    created_by_kind: &'static str,
    created_by_id: Option<Uuid>,
    created_at: OffsetDateTime,
}

impl<'a> From<&'a NewKey> for NewKeyRow<'a> {
    fn from(key: &'a NewKey) -> Self {
        let (created_by_kind, created_by_id) = actor_columns(key.created_by);
        // A limit is at most a million.
        let limit = |limit: Option<PerMinute>| limit.map(|limit| limit.get().cast_signed());
        Self {
            org_id: key.org.uuid(),
            id: key.id.uuid(),
            hash: key.hash.as_bytes(),
            prefix: key.prefix.as_str(),
            name: Line::as_str(&key.name),
            scopes: key.scopes.iter().map(Scope::as_str).collect(),
            reads_per_minute: limit(key.limits.reads),
            writes_per_minute: limit(key.limits.writes),
            expires_at: key.expires_at.map(Instant::to_utc),
            created_by_kind,
            created_by_id,
            created_at: key.created_at.to_utc(),
        }
    }
}
