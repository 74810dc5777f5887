//! Events become deliveries, one organization at a time.
//!
//! One worker is at an organization's events, which an advisory lock sees to; the constraints on positions
//! and deliveries are the net below it. The lock is the first thing in the transaction, and what waits is
//! read by a statement of its own after it: so it sees what the worker before has dispatched.

mod rows;
mod unheard;

use std::collections::BTreeMap;

use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Uuid as SqlUuid};
use org_domain::transaction::End;
use org_kernel::StoreError;
use org_kernel::id::{Id, OrgId};
use org_webhooks::fan_out::{
    Batch, BatchSize, Deliver, FanOutStore, FannedOut, NewDelivery, Placed, Undelivered,
};
use uuid::Uuid;

use self::rows::{UndeliveredRow, insert};
use super::secrets;
use crate::advisory;
use crate::columns::items;
use crate::error::{corrupt, failure};
use crate::import::any_of;
use crate::pg::Pg;
use crate::schema::webhook_endpoints;
use crate::transaction::Tx;

impl FanOutStore for Pg {
    fn backlog(&self) -> Result<Vec<OrgId>, StoreError> {
        self.read(|conn| {
            let orgs: Vec<Waiting> =
                diesel::sql_query(include_str!("fan_out/backlog.sql")).load(conn)?;
            Ok(orgs
                .into_iter()
                .map(|found| Id::new(found.org_id))
                .collect())
        })
    }

    fn place_unheard(&self, orgs: &[OrgId], most: u32) -> Result<Placed, StoreError> {
        self.across_organizations(|conn| {
            let placed = unheard::place(conn, orgs, most).map_err(failure)?;
            Ok((End::Commit, placed))
        })
    }

    fn fan_out(
        &self,
        org: OrgId,
        most: BatchSize,
        deliver: &mut Deliver<'_>,
    ) -> Result<Option<FannedOut>, StoreError> {
        self.in_transaction(org, |tx| {
            if !advisory::try_to_dispatch(tx.conn, org).map_err(failure)? {
                return Ok((End::RollBack, None));
            }
            let batch = batch(tx, most).map_err(failure)?;
            let deliveries = deliver(&batch);
            let done = dispatch(tx, &batch, &deliveries).map_err(failure)?;
            Ok((End::Commit, Some(done)))
        })
    }
}

#[derive(QueryableByName)]
struct Waiting {
    #[diesel(sql_type = SqlUuid)]
    org_id: Uuid,
}

/// The oldest events that wait: no more than so many, nor with more endpoints than so many, but one.
///
/// Planned each time: a plan that is kept may have been made while there were no events.
const WAITING: &str = "
    SELECT id, type, payload, endpoint_ids
    FROM (SELECT *, row_number() OVER oldest AS events,
                 sum(cardinality(endpoint_ids)) OVER oldest AS deliveries
          FROM (SELECT id, type, payload, endpoint_ids FROM events
                WHERE org_id = $1 AND position IS NULL ORDER BY id LIMIT $2) AS waiting
          WINDOW oldest AS (ORDER BY id ROWS UNBOUNDED PRECEDING)) AS counted
    WHERE deliveries <= $3 OR events = 1
    ORDER BY id";

fn batch(tx: &mut Tx<'_>, most: BatchSize) -> QueryResult<Batch> {
    let waiting: Vec<UndeliveredRow> = diesel::sql_query(WAITING)
        .bind::<SqlUuid, _>(tx.org.uuid())
        .bind::<BigInt, _>(i64::from(most.events))
        .bind::<BigInt, _>(i64::from(most.deliveries))
        .load(tx.conn)?;
    let events: Vec<Undelivered> = items(waiting)?;
    let heard = events.iter().flat_map(|event| &event.endpoints);
    let mut heard: Vec<_> = heard.map(|endpoint| endpoint.uuid()).collect();
    heard.sort_unstable();
    heard.dedup();
    if heard.is_empty() {
        let secrets = BTreeMap::new();
        return Ok(Batch { events, secrets });
    }
    let kept = keep(tx, &heard)?;
    let mut secrets = secrets::of_all(tx.conn, &vec![tx.org.uuid(); kept.len()], &kept)?;
    for endpoint in kept {
        secrets.entry(Id::new(endpoint)).or_default();
    }
    Ok(Batch { events, secrets })
}

/// Keeps endpoints from being deleted until the transaction ends, and says which there are.
fn keep(tx: &mut Tx<'_>, endpoints: &[Uuid]) -> QueryResult<Vec<Uuid>> {
    webhook_endpoints::table
        .filter(webhook_endpoints::org_id.eq(tx.org.uuid()))
        .filter(webhook_endpoints::id.eq(any_of(endpoints)))
        .filter(webhook_endpoints::deleted_at.is_null())
        .order(webhook_endpoints::id)
        .for_key_share()
        .select(webhook_endpoints::id)
        .load(tx.conn)
}

fn dispatch(tx: &mut Tx<'_>, batch: &Batch, deliveries: &[NewDelivery]) -> QueryResult<FannedOut> {
    insert(tx, deliveries)?;
    if !batch.events.is_empty() {
        place(tx, &batch.events)?;
    }
    Ok(FannedOut {
        events: u32::try_from(batch.events.len()).map_err(corrupt)?,
        deliveries: u32::try_from(deliveries.len()).map_err(corrupt)?,
    })
}

/// Gives events, in their order, the positions after the last.
const PLACE: &str = "
    UPDATE events SET position = last.position + given.number
    FROM unnest($2) WITH ORDINALITY AS given (id, number),
         (SELECT coalesce(max(position), 0) AS position FROM events WHERE org_id = $1) AS last
    WHERE events.org_id = $1 AND events.id = given.id AND events.position IS NULL";

fn place(tx: &mut Tx<'_>, events: &[Undelivered]) -> QueryResult<()> {
    let ids: Vec<_> = events.iter().map(|event| event.id.uuid()).collect();
    let placed = diesel::sql_query(PLACE)
        .bind::<SqlUuid, _>(tx.org.uuid())
        .bind::<Array<SqlUuid>, _>(ids)
        .execute(tx.conn)?;
    if placed < events.len() {
        return Err(corrupt("position of an event that waits"));
    }
    Ok(())
}
