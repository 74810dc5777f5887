//! All secrets at once, whatever they are of, for whoever changes the master key.
//!
//! The tables are locked against writers first: what they have written is seen, and what they write next
//! is refused by the references to the one master key if it is sealed under the old one. Readers are in
//! nobody's way.

mod endpoints;
mod second_factors;

use diesel::connection::SimpleConnection;
use diesel::dsl::exists;
use diesel::prelude::*;
use diesel::sql_types::{Array, Bytea, Text, Uuid as SqlUuid};
use org_domain::transaction::End;
use org_kernel::id::OrgId;
use org_kernel::{StoreError, WriteError};
use org_webhooks::sealed_secrets::{NotResealed, Reseal, SealedSecrets};
use org_webhooks::sealing::{Holder, Sealed};
use uuid::Uuid;

use crate::audit;
use crate::error::failure;
use crate::pg::Pg;
use crate::schema::{
    second_factors as factors, webhook_endpoint_secrets as secrets, webhook_master_key,
};

/// Until the transaction commits, secrets are under two keys.
const BEGIN: &str = "
    LOCK TABLE webhook_endpoint_secrets, second_factors IN SHARE ROW EXCLUSIVE MODE;
    SET CONSTRAINTS one_master_key_seals_all_secrets, one_master_key_seals_all_second_factors DEFERRED";

/// The key of one is that of all, or this is refused, and not first by what commits.
const END: &str = "
    WITH sealed AS (
        SELECT key_id FROM webhook_endpoint_secrets UNION ALL SELECT key_id FROM second_factors LIMIT 1
    )
    UPDATE webhook_master_key SET id = key_id FROM sealed;
    SET CONSTRAINTS one_master_key_seals_all_secrets, one_master_key_seals_all_second_factors IMMEDIATE";

/// In the way of whoever reseals, and of nobody else: one of the tables will do, because who reseals locks
/// both. It is left by itself soon: a connection whose program is gone ends with the statement it is at.
const AT_REST: &str = "
    SET LOCAL lock_timeout = '60s';
    SET LOCAL statement_timeout = '60s';
    LOCK TABLE webhook_endpoint_secrets IN ROW EXCLUSIVE MODE";

/// The secrets of one holder, each with its id.
struct Held {
    org: OrgId,
    holder: Holder,
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

/// Where there is no secret, the key that is named says nothing.
fn sealed_under(conn: &mut PgConnection) -> QueryResult<Option<String>> {
    let of_an_endpoint = exists(secrets::table.select(secrets::key_id));
    let of_a_user = exists(factors::table.select(factors::key_id));
    webhook_master_key::table
        .filter(of_an_endpoint.or(of_a_user))
        .select(webhook_master_key::id)
        .first(conn)
        .optional()
}

fn reseal_all(
    conn: &mut PgConnection,
    reseal: &mut Reseal<'_>,
) -> Result<usize, WriteError<NotResealed>> {
    conn.batch_execute(BEGIN).map_err(failure)?;
    let mut number = 0;
    for (update, all) in [
        (endpoints::UPDATE, endpoints::all(conn).map_err(failure)?),
        (
            second_factors::UPDATE,
            second_factors::all(conn).map_err(failure)?,
        ),
    ] {
        for held in all {
            let resealed = reseal(held.holder, &held.sealed);
            let (resealed, entry) = resealed.map_err(WriteError::Refused)?;
            number += put(conn, update, &held, &resealed).map_err(failure)?;
            audit::insert(conn, held.org, &entry).map_err(failure)?;
        }
    }
    conn.batch_execute(END).map_err(failure)?;
    Ok(number)
}

/// Puts what was resealed in the place of what a holder has, by the statement of its table.
fn put(
    conn: &mut PgConnection,
    update: &str,
    held: &Held,
    resealed: &[Sealed],
) -> QueryResult<usize> {
    let holder = match held.holder {
        Holder::Endpoint(endpoint) => endpoint.uuid(),
        Holder::User(user) => user.uuid(),
    };
    let key_ids: Vec<_> = resealed.iter().map(|sealed| &sealed.key_id).collect();
    let nonces: Vec<_> = resealed.iter().map(|sealed| &sealed.nonce[..]).collect();
    let texts: Vec<_> = resealed.iter().map(|sealed| &sealed.ciphertext).collect();
    diesel::sql_query(update)
        .bind::<SqlUuid, _>(held.org.uuid())
        .bind::<SqlUuid, _>(holder)
        .bind::<Array<SqlUuid>, _>(&held.ids)
        .bind::<Array<Text>, _>(key_ids)
        .bind::<Array<Bytea>, _>(nonces)
        .bind::<Array<Bytea>, _>(texts)
        .execute(conn)
}
