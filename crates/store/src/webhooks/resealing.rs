//! All secrets at once, for whoever changes the master key.
//!
//! The table is locked against writers first: what they have written is seen, and what they write next
//! is refused by `one_master_key_seals_all_secrets` if it is sealed under the old key. Readers
//! are in nobody's way.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{Array, Bytea, Text, Uuid as SqlUuid};
use org_domain::transaction::End;
use org_kernel::id::{EndpointId, OrgId};
use org_kernel::{StoreError, WriteError};
use org_webhooks::sealed_secrets::{NotResealed, Reseal, SealedSecrets};
use org_webhooks::sealing::Sealed;
use uuid::Uuid;

use super::secrets::SecretRow;
use crate::audit;
use crate::columns::Row;
use crate::error::failure;
use crate::pg::Pg;
use crate::schema::webhook_endpoint_secrets::dsl;

/// Until the transaction commits, secrets are under two keys.
const BEGIN: &str = "
    LOCK TABLE webhook_endpoint_secrets IN SHARE ROW EXCLUSIVE MODE;
    SET CONSTRAINTS one_master_key_seals_all_secrets DEFERRED";

/// The key of one is that of all, or this is refused, and not first by what commits.
const END: &str = "
    UPDATE webhook_master_key
        SET id = (SELECT key_id FROM webhook_endpoint_secrets LIMIT 1)
        WHERE EXISTS (SELECT FROM webhook_endpoint_secrets);
    SET CONSTRAINTS one_master_key_seals_all_secrets IMMEDIATE";

/// In the way of whoever reseals, and of nobody else. It is left by itself soon: a connection whose
/// program is gone ends with the statement it is at.
const AT_REST: &str = "
    SET LOCAL lock_timeout = '60s';
    SET LOCAL statement_timeout = '60s';
    LOCK TABLE webhook_endpoint_secrets IN ROW EXCLUSIVE MODE";

const UPDATE: &str = "
    UPDATE webhook_endpoint_secrets secret
    SET key_id = new.key_id, nonce = new.nonce, ciphertext = new.ciphertext
    FROM unnest($3, $4, $5, $6) AS new (id, key_id, nonce, ciphertext)
    WHERE secret.org_id = $1 AND secret.endpoint_id = $2 AND secret.id = new.id";

/// The secrets of one endpoint, each with its id.
struct OfEndpoint {
    org: OrgId,
    endpoint: EndpointId,
    ids: Vec<Uuid>,
    sealed: Vec<Sealed>,
}

impl SealedSecrets for Pg {
    fn sealed_under(&self) -> Result<Option<String>, StoreError> {
        self.read(sealed_under)
    }

    fn sealed_under_at_rest(&self) -> Result<Option<String>, StoreError> {
        self.across_organizations(|conn| {
            conn.batch_execute(AT_REST).map_err(failure)?;
            Ok((End::Commit, sealed_under(conn).map_err(failure)?))
        })
    }

    fn reseal(&self, reseal: &mut Reseal<'_>) -> Result<usize, WriteError<NotResealed>> {
        let resealed = self.across_organizations(|conn| match reseal_all(conn, reseal) {
            Ok(number) => Ok((End::Commit, Ok(number))),
            Err(WriteError::Refused(refusal)) => Ok((End::RollBack, Err(refusal))),
            Err(WriteError::Store(error)) => Err(error),
        })?;
        resealed.map_err(WriteError::Refused)
    }
}

fn sealed_under(conn: &mut PgConnection) -> QueryResult<Option<String>> {
    let any = dsl::webhook_endpoint_secrets.select(dsl::key_id);
    any.first(conn).optional()
}

fn reseal_all(
    conn: &mut PgConnection,
    reseal: &mut Reseal<'_>,
) -> Result<usize, WriteError<NotResealed>> {
    conn.batch_execute(BEGIN).map_err(failure)?;
    let mut number = 0;
    for secrets in all(conn).map_err(failure)? {
        let resealed = reseal(secrets.endpoint.into(), &secrets.sealed);
        let (resealed, entry) = resealed.map_err(WriteError::Refused)?;
        number += update(conn, &secrets, &resealed).map_err(failure)?;
        audit::insert(conn, secrets.org, &entry).map_err(failure)?;
    }
    conn.batch_execute(END).map_err(failure)?;
    Ok(number)
}

/// Those of each endpoint together, the newest first.
fn all(conn: &mut PgConnection) -> QueryResult<Vec<OfEndpoint>> {
    let rows = dsl::webhook_endpoint_secrets
        .order((
            dsl::org_id,
            dsl::endpoint_id,
            dsl::expires_at.desc().nulls_first(),
        ))
        .select((dsl::org_id, dsl::endpoint_id, SecretRow::as_select()))
        .load::<(Uuid, Uuid, SecretRow)>(conn)?;
    let mut all: Vec<OfEndpoint> = Vec::new();
    for (org, endpoint, row) in rows {
        let (org, endpoint) = (OrgId::new(org), EndpointId::new(endpoint));
        let secret = row.into_item()?;
        match all.last_mut().filter(|last| last.endpoint == endpoint) {
            Some(last) => {
                last.ids.push(secret.id);
                last.sealed.push(secret.sealed);
            }
            None => all.push(OfEndpoint {
                org,
                endpoint,
                ids: vec![secret.id],
                sealed: vec![secret.sealed],
            }),
        }
    }
    Ok(all)
}

fn update(conn: &mut PgConnection, of: &OfEndpoint, resealed: &[Sealed]) -> QueryResult<usize> {
    let key_ids: Vec<_> = resealed.iter().map(|sealed| &sealed.key_id).collect();
    let nonces: Vec<_> = resealed.iter().map(|sealed| &sealed.nonce[..]).collect();
    let texts: Vec<_> = resealed.iter().map(|sealed| &sealed.ciphertext).collect();
    diesel::sql_query(UPDATE)
        .bind::<SqlUuid, _>(of.org.uuid())
        .bind::<SqlUuid, _>(of.endpoint.uuid())
        .bind::<Array<SqlUuid>, _>(&of.ids)
        .bind::<Array<Text>, _>(key_ids)
        .bind::<Array<Bytea>, _>(nonces)
        .bind::<Array<Bytea>, _>(texts)
        .execute(conn)
}
