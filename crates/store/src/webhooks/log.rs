//! The delivery log: read, begun again, and forgotten.

mod empty;
mod page;
mod read;
mod resend;

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Timestamptz};
use org_domain::transaction::End;
use org_kernel::audit::Entry;
use org_kernel::id::{DeliveryId, EndpointId, Id, OrgId};
use org_kernel::instant::Instant;
use org_kernel::{StoreError, WriteError};
use org_webhooks::delivery::{Delivery, DeliveryDetail};
use org_webhooks::delivery_log::{
    DeliveryLog, DeliveryQuery, DeliveryTarget, NotReplayed, NotResent, Replay, ReplayCount,
    Replayed, SignedDelivery,
};
use org_webhooks::endpoint_store::{EndpointStore, NoSuchEndpoint};
use uuid::Uuid;

use super::delivery_rows::NewDeliveryRow;
use crate::audit;
use crate::columns::Json;
use crate::error::{corrupt, failure};
use crate::pg::Pg;
use crate::schema::{webhook_deliveries, webhook_endpoints};
use crate::transaction::Tx;

impl DeliveryLog for Pg {
    fn deliveries(&self, query: &DeliveryQuery) -> Result<Vec<Delivery>, StoreError> {
        self.read(|conn| page::listed(conn, query))
    }

    fn signed_deliveries(&self, query: &DeliveryQuery) -> Result<Vec<SignedDelivery>, StoreError> {
        self.read(|conn| page::signed(conn, query))
    }

    fn delivery(&self, target: DeliveryTarget) -> Result<Option<DeliveryDetail>, StoreError> {
        match self.org_of_delivery(target)? {
            Some(org) => self.read_at_one_instant(|conn| read::detail(conn, org, target.id)),
            None => Ok(None),
        }
    }

    fn insert_test(
        &self,
        test: &SignedDelivery,
        entry: &Entry,
    ) -> Result<(), WriteError<NoSuchEndpoint>> {
        let stored = self.in_transaction(test.delivery.org, |tx| {
            let stored = insert_test(tx, test, entry).map_err(failure)?;
            Ok((End::Commit, stored))
        })?;
        stored.ok_or(WriteError::Refused(NoSuchEndpoint))
    }

    fn resend(
        &self,
        target: DeliveryTarget,
        now: Instant,
        entry: &Entry,
    ) -> Result<Delivery, WriteError<NotResent>> {
        let org = self.org_of_delivery(target)?;
        let org = org.ok_or(WriteError::Refused(NotResent::NoSuchDelivery))?;
        let resent = self.in_transaction(org, |tx| {
            let resent = resend::one(tx, target.id, now).map_err(failure)?;
            if resent.is_ok() {
                audit::insert(tx.conn, tx.org, entry).map_err(failure)?;
            }
            Ok((End::Commit, resent))
        })?;
        resent.map_err(WriteError::Refused)
    }

    fn replay(&self, replay: &Replay<'_>) -> Result<Replayed, WriteError<NotReplayed>> {
        let org = self.org_of(replay.endpoint)?;
        let org = org.ok_or(WriteError::Refused(NotReplayed::NoSuchEndpoint))?;
        let replayed = self.in_transaction(org, |tx| {
            let replayed = replay_part(tx, replay).map_err(failure)?;
            Ok((End::Commit, replayed))
        })?;
        replayed.map_err(WriteError::Refused)
    }

    fn count_replay(&self, replay: &ReplayCount) -> Result<u32, WriteError<NoSuchEndpoint>> {
        let target = replay.endpoint;
        let found = EndpointStore::find(self, target)?;
        let endpoint = found.ok_or(WriteError::Refused(NoSuchEndpoint))?;
        Ok(self.read(|conn| read::count(conn, endpoint.org, replay))?)
    }

    fn forget_deliveries_before(&self, before: Instant, most: u32) -> Result<u32, StoreError> {
        let forgotten = self.write(|conn| {
            diesel::sql_query(include_str!("log/forget.sql"))
                .bind::<Timestamptz, _>(before.to_utc())
                .bind::<BigInt, _>(i64::from(most))
                .execute(conn)
        })?;
        let forgotten = forgotten.map_err(failure)?;
        u32::try_from(forgotten).map_err(StoreError::failed)
    }
}

/// By the keys of each organization: no index has the ids of deliveries alone.
const ORG_OF: &str = "
    SELECT found.org_id
    FROM organizations CROSS JOIN LATERAL (
        SELECT delivery.org_id FROM webhook_deliveries delivery
        WHERE delivery.org_id = organizations.id AND delivery.id = $1
        LIMIT 1
    ) AS found";

#[derive(QueryableByName)]
struct Owner {
    #[diesel(sql_type = diesel::sql_types::Uuid)]
    org_id: Uuid,
}

impl Pg {
    /// The organization in which a delivery is to be looked for; none when no organization has it.
    fn org_of_delivery(&self, target: DeliveryTarget) -> Result<Option<OrgId>, StoreError> {
        if target.org.is_some() {
            return Ok(target.org);
        }
        let owner: Option<Owner> = self.read(|conn| {
            diesel::sql_query(ORG_OF)
                .bind::<diesel::sql_types::Uuid, _>(target.id.uuid())
                .get_result(conn)
                .optional()
        })?;
        Ok(owner.map(|owner| Id::new(owner.org_id)))
    }
}

/// Keeps an endpoint from being deleted until the transaction ends; false where there is none.
fn keep(tx: &mut Tx<'_>, id: EndpointId) -> QueryResult<bool> {
    let found: Option<Uuid> = webhook_endpoints::table
        .find((tx.org.uuid(), id.uuid()))
        .filter(webhook_endpoints::deleted_at.is_null())
        .select(webhook_endpoints::id)
        .for_key_share()
        .first(tx.conn)
        .optional()?;
    Ok(found.is_some())
}

/// Stores a test with its entry; none where there is no such endpoint.
fn insert_test(tx: &mut Tx<'_>, test: &SignedDelivery, entry: &Entry) -> QueryResult<Option<()>> {
    let delivery = &test.delivery;
    if !keep(tx, delivery.endpoint)? {
        return Ok(None);
    }
    let row = NewDeliveryRow {
        org_id: tx.org.uuid(),
        id: delivery.id.uuid(),
        endpoint_id: delivery.endpoint.uuid(),
        event_id: None,
        message_id: delivery.message.uuid(),
        type_: &delivery.event_type,
        payload: Some(&test.payload),
        headers: Json(&test.headers),
        status: delivery.status.as_str(),
        attempts: 0,
        failures: 0,
        due_at: None,
        created_at: delivery.created_at.to_utc(),
        updated_at: delivery.updated_at.to_utc(),
    };
    diesel::insert_into(webhook_deliveries::table)
        .values(row)
        .execute(tx.conn)?;
    audit::insert(tx.conn, tx.org, entry).map(Some)
}

/// Has a part sent again. What is told of it comes first: whoever has told it under this id does it.
fn replay_part(tx: &mut Tx<'_>, replay: &Replay<'_>) -> QueryResult<Result<Replayed, NotReplayed>> {
    if !keep(tx, replay.endpoint.id)? {
        return Ok(Err(NotReplayed::NoSuchEndpoint));
    }
    if let Some(entry) = replay.entry
        && !audit::insert_once(tx.conn, tx.org, entry)?
    {
        return Ok(Err(NotReplayed::BegunAlready));
    }
    let (part, has_more) = read::part(tx.conn, tx.org, replay)?;
    let last = part.last().copied().filter(|_| has_more);
    let ids: Vec<DeliveryId> = part.into_iter().map(|(_, id)| id).collect();
    let resent = resend::all(tx, &ids, replay.now)?;
    Ok(Ok(Replayed {
        deliveries: u32::try_from(resent.len()).map_err(corrupt)?,
        last,
    }))
}
