//! The secrets of endpoints.

use diesel::prelude::*;
use org_kernel::id::{EndpointId, OrgId};
use uuid::Uuid;

use super::Held;
use crate::columns::Row;
use crate::schema::webhook_endpoint_secrets::dsl;
use crate::webhooks::SecretRow;

pub(super) const UPDATE: &str = "
    UPDATE webhook_endpoint_secrets secret
    SET key_id = new.key_id, nonce = new.nonce, ciphertext = new.ciphertext
    FROM unnest($3, $4, $5, $6) AS new (id, key_id, nonce, ciphertext)
    WHERE secret.org_id = $1 AND secret.endpoint_id = $2 AND secret.id = new.id";

/// Those of each endpoint together, the newest first.
pub(super) fn all(conn: &mut PgConnection) -> QueryResult<Vec<Held>> {
    let rows = dsl::webhook_endpoint_secrets
        .order((
            dsl::org_id,
            dsl::endpoint_id,
            dsl::expires_at.desc().nulls_first(),
        ))
        .select((dsl::org_id, dsl::endpoint_id, SecretRow::as_select()))
        .load::<(Uuid, Uuid, SecretRow)>(conn)?;
    let mut all: Vec<Held> = Vec::new();
    for (org, endpoint, row) in rows {
        let holder = EndpointId::new(endpoint).into();
        let secret = row.into_item()?;
        match all.last_mut().filter(|last| last.holder == holder) {
            Some(last) => {
                last.ids.push(secret.id);
                last.sealed.push(secret.sealed);
            }
            None => all.push(Held {
                org: OrgId::new(org),
                holder,
                ids: vec![secret.id],
                sealed: vec![secret.sealed],
            }),
        }
    }
    Ok(all)
}
