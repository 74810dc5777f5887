//! Rows of `webhook_endpoint_secrets`: of each endpoint the newest secret and at most one old one.

use std::collections::BTreeMap;

use diesel::prelude::*;
use diesel::sql_types::{Array, Uuid as SqlUuid};
use org_kernel::id::{EndpointId, Id, OrgId};
use org_kernel::instant::Instant;
use org_webhooks::endpoint_store::{Rotation, StoredSecret};
use org_webhooks::sealing::Sealed;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::columns::{Row, items};
use crate::error::corrupt;
use crate::master_key;
use crate::schema::webhook_endpoint_secrets::{self, dsl};
use crate::transaction::Tx;

#[derive(Queryable, QueryableByName, Selectable)]
#[diesel(table_name = webhook_endpoint_secrets)]
pub(crate) struct SecretRow {
    id: Uuid,
    key_id: String,
    nonce: Vec<u8>,
    ciphertext: Vec<u8>,
    created_at: OffsetDateTime,
    expires_at: Option<OffsetDateTime>,
}

impl Row for SecretRow {
    type Item = StoredSecret;

    fn into_item(self) -> QueryResult<Self::Item> {
        let nonce = self.nonce.try_into().map_err(|_| corrupt("nonce"))?;
        Ok(StoredSecret {
            id: self.id,
            sealed: Sealed {
                key_id: self.key_id,
                nonce,
                ciphertext: self.ciphertext,
            },
            created_at: Instant::from(self.created_at),
            expires_at: self.expires_at.map(Instant::from),
        })
    }
}

#[derive(Insertable)]
#[diesel(table_name = webhook_endpoint_secrets, treat_none_as_default_value = false)]
struct NewSecretRow<'a> {
    org_id: Uuid,
    endpoint_id: Uuid,
    id: Uuid,
    key_id: &'a str,
    nonce: &'a [u8],
    ciphertext: &'a [u8],
    created_at: OffsetDateTime,
    expires_at: Option<OffsetDateTime>,
}

/// The secrets of an endpoint, the newest first.
pub(super) fn of(
    conn: &mut PgConnection,
    org: OrgId,
    endpoint: EndpointId,
) -> QueryResult<Vec<StoredSecret>> {
    let rows = dsl::webhook_endpoint_secrets
        .filter(dsl::org_id.eq(org.uuid()))
        .filter(dsl::endpoint_id.eq(endpoint.uuid()))
        .order(dsl::expires_at.desc().nulls_first())
        .select(SecretRow::as_select())
        .load(conn)?;
    items(rows)
}

/// The secrets of endpoints, each of the organization at the same place in `orgs`: of each the newest
/// first. Endpoints that are gone have none.
pub(super) fn of_all(
    conn: &mut PgConnection,
    orgs: &[Uuid],
    endpoints: &[Uuid],
) -> QueryResult<BTreeMap<EndpointId, Vec<StoredSecret>>> {
    let rows: Vec<OwnedSecret> = diesel::sql_query(OF_ALL)
        .bind::<Array<SqlUuid>, _>(orgs)
        .bind::<Array<SqlUuid>, _>(endpoints)
        .load(conn)?;
    let mut secrets: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for row in rows {
        let of_endpoint = secrets.entry(Id::new(row.endpoint_id)).or_default();
        of_endpoint.push(row.secret.into_item()?);
    }
    Ok(secrets)
}

const OF_ALL: &str = "
    SELECT secret.*
    FROM unnest($1, $2) AS endpoint (org_id, id)
    JOIN webhook_endpoint_secrets secret
        ON secret.org_id = endpoint.org_id AND secret.endpoint_id = endpoint.id
    ORDER BY secret.expires_at DESC NULLS FIRST";

#[derive(QueryableByName)]
#[diesel(table_name = webhook_endpoint_secrets)]
struct OwnedSecret {
    endpoint_id: Uuid,
    #[diesel(embed)]
    secret: SecretRow,
}

/// Stores a secret.
pub(super) fn insert(
    tx: &mut Tx<'_>,
    endpoint: EndpointId,
    secret: &StoredSecret,
) -> QueryResult<()> {
    let row = NewSecretRow {
        org_id: tx.org.uuid(),
        endpoint_id: endpoint.uuid(),
        id: secret.id,
        key_id: &secret.sealed.key_id,
        nonce: &secret.sealed.nonce,
        ciphertext: &secret.sealed.ciphertext,
        created_at: secret.created_at.to_utc(),
        expires_at: secret.expires_at.map(Instant::to_utc),
    };
    master_key::name(tx.conn, &secret.sealed.key_id)?;
    let insert = diesel::insert_into(dsl::webhook_endpoint_secrets).values(row);
    insert.execute(tx.conn).map(drop)
}

/// Deletes the secrets of an endpoint.
pub(super) fn delete(tx: &mut Tx<'_>, endpoint: EndpointId) -> QueryResult<()> {
    let of_endpoint = dsl::webhook_endpoint_secrets
        .filter(dsl::org_id.eq(tx.org.uuid()))
        .filter(dsl::endpoint_id.eq(endpoint.uuid()));
    diesel::delete(of_endpoint).execute(tx.conn).map(drop)
}

/// True if the secret whose place a rotation is to take is the newest, or whichever is the newest is meant;
/// in a transaction that has the endpoint locked.
pub(super) fn may_rotate(
    tx: &mut Tx<'_>,
    endpoint: EndpointId,
    rotation: &Rotation,
) -> QueryResult<bool> {
    let Some(replaces) = rotation.replaces else {
        return Ok(true);
    };
    let newest = dsl::webhook_endpoint_secrets
        .find((tx.org.uuid(), endpoint.uuid(), replaces))
        .filter(dsl::expires_at.is_null());
    diesel::select(diesel::dsl::exists(newest)).get_result(tx.conn)
}

/// Puts a secret in the place of the newest one, in a transaction that has the endpoint locked.
pub(super) fn rotate(
    tx: &mut Tx<'_>,
    endpoint: EndpointId,
    rotation: &Rotation,
) -> QueryResult<()> {
    let (org, old_until) = (tx.org.uuid(), rotation.old_until.to_utc());
    let of_endpoint = || {
        dsl::webhook_endpoint_secrets
            .filter(dsl::org_id.eq(org))
            .filter(dsl::endpoint_id.eq(endpoint.uuid()))
    };
    diesel::delete(of_endpoint().filter(dsl::expires_at.is_not_null())).execute(tx.conn)?;
    diesel::update(of_endpoint())
        .set(dsl::expires_at.eq(old_until))
        .execute(tx.conn)?;
    insert(tx, endpoint, &rotation.secret)
}
