//! Deliveries that somebody else holds: whoever resends or deletes them, or is at a prompt.

use std::collections::BTreeSet;

use diesel::prelude::*;
use diesel::sql_types::{Array, Uuid as SqlUuid};
use org_kernel::id::{DeliveryId, Id};
use org_webhooks::outgoing::Attempted;
use uuid::Uuid;

const LOCK: &str = include_str!("lock.sql");

/// Those of an organization's that are there.
const THERE: &str = "
    SELECT delivery.id
    FROM unnest($1, $2) AS asked (org_id, id) JOIN webhook_deliveries delivery USING (org_id, id)";

#[derive(QueryableByName)]
struct Found {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
}

/// Locks the deliveries that were attempted; answers those that are there and could not be locked.
pub(super) fn deliveries(
    conn: &mut PgConnection,
    attempted: &[Attempted],
) -> QueryResult<BTreeSet<DeliveryId>> {
    let asked = attempted.iter();
    let mut asked: BTreeSet<_> = asked.map(|one| (one.org.uuid(), one.id.uuid())).collect();
    let locked = run(conn, LOCK, &asked)?;
    asked.retain(|(_, id)| !locked.contains(&Id::new(*id)));
    if asked.is_empty() {
        return Ok(BTreeSet::new());
    }
    run(conn, THERE, &asked)
}

fn run(
    conn: &mut PgConnection,
    statement: &str,
    asked: &BTreeSet<(Uuid, Uuid)>,
) -> QueryResult<BTreeSet<DeliveryId>> {
    let (orgs, ids): (Vec<_>, Vec<_>) = asked.iter().copied().unzip();
    let found = diesel::sql_query(statement)
        .bind::<Array<SqlUuid>, _>(orgs)
        .bind::<Array<SqlUuid>, _>(ids)
        .load::<Found>(conn)?;
    Ok(found.into_iter().map(|row| Id::new(row.id)).collect())
}
