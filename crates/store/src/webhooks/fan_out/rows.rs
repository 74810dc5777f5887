//! What fan-out reads of `events` and writes to `webhook_deliveries`.

use diesel::prelude::*;
use diesel::sql_types::{Array, Text, Uuid as SqlUuid};
use org_kernel::id::{Id, OrgId};
use org_kernel::instant::Instant;
use org_webhooks::delivery::DeliveryStatus;
use org_webhooks::fan_out::{NewDelivery, Undelivered};
use uuid::Uuid;

use crate::columns::{Json, Row};
use crate::schema::webhook_deliveries;
use crate::transaction::Tx;
use crate::webhooks::delivery_rows::NewDeliveryRow;

#[derive(QueryableByName)]
pub(super) struct UndeliveredRow {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
    #[diesel(sql_type = Text, column_name = "type")]
    type_: String,
    #[diesel(sql_type = Text)]
    payload: String,
    #[diesel(sql_type = Array<SqlUuid>)]
    endpoint_ids: Vec<Uuid>,
}

impl Row for UndeliveredRow {
    type Item = Undelivered;

    fn into_item(self) -> QueryResult<Self::Item> {
        Ok(Undelivered {
            id: Id::new(self.id),
            event_type: self.type_,
            payload: self.payload,
            endpoints: self.endpoint_ids.into_iter().map(Id::new).collect(),
        })
    }
}

/// How many deliveries one statement stores: it is given up after some seconds, and one event may be heard
/// of by any number of endpoints.
const PART: usize = 1000;

/// Stores deliveries.
pub(super) fn insert(tx: &mut Tx<'_>, deliveries: &[NewDelivery]) -> QueryResult<()> {
    for part in deliveries.chunks(PART) {
        let rows = part.iter().map(|delivery| row(tx.org, delivery));
        diesel::copy_from(webhook_deliveries::table)
            .from_insertable(rows.collect::<Vec<_>>())
            .execute(tx.conn)?;
    }
    Ok(())
}

fn row(org: OrgId, delivery: &NewDelivery) -> NewDeliveryRow<'_> {
    NewDeliveryRow {
        org_id: org.uuid(),
        id: delivery.id.uuid(),
        endpoint_id: delivery.endpoint.uuid(),
        event_id: Some(delivery.event.uuid()),
        message_id: delivery.event.uuid(),
        type_: &delivery.event_type,
        payload: None,
        headers: Json(&delivery.headers),
        status: DeliveryStatus::Pending.as_str(),
        attempts: 0,
        failures: 0,
        due_at: delivery.due_at.map(Instant::to_utc),
        created_at: delivery.created_at.to_utc(),
        updated_at: delivery.created_at.to_utc(),
    }
}
