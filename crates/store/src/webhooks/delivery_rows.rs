//! Rows of `webhook_deliveries` and `webhook_attempts`.

use diesel::prelude::*;
use org_kernel::id::Id;
use org_kernel::instant::Instant;
use org_webhooks::delivery::{Attempt, Delivery, DeliveryStatus, Headers, Outcome};
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use crate::columns::{Choice, Json, Row};
use crate::error::corrupt;
use crate::schema::{webhook_attempts, webhook_deliveries};

/// A delivery as it is listed.
#[derive(Queryable, QueryableByName, Selectable)]
#[diesel(table_name = webhook_deliveries)]
pub(super) struct DeliveryRow {
    org_id: Uuid,
    id: Uuid,
    endpoint_id: Uuid,
    message_id: Uuid,
    type_: String,
    status: Choice<DeliveryStatus>,
    attempts: i32,
    failures: i32,
    due_at: Option<OffsetDateTime>,
    delivered_at: Option<OffsetDateTime>,
    created_at: OffsetDateTime,
    updated_at: OffsetDateTime,
}

impl Row for DeliveryRow {
    type Item = Delivery;

    fn into_item(self) -> QueryResult<Self::Item> {
        Ok(Delivery {
            id: Id::new(self.id),
            org: Id::new(self.org_id),
            endpoint: Id::new(self.endpoint_id),
            message: Id::new(self.message_id),
            event_type: self.type_,
            status: self.status.0,
            attempts: u32::try_from(self.attempts).map_err(corrupt)?,
            failures: u32::try_from(self.failures).map_err(corrupt)?,
            due_at: self.due_at.map(Instant::from),
            delivered_at: self.delivered_at.map(Instant::from),
            created_at: Instant::from(self.created_at),
            updated_at: Instant::from(self.updated_at),
        })
    }
}

/// A delivery that nobody has claimed yet.
#[derive(Insertable)]
#[diesel(table_name = webhook_deliveries, treat_none_as_default_value = false)]
pub(super) struct NewDeliveryRow<'a> {
    pub(super) org_id: Uuid,
    pub(super) id: Uuid,
    pub(super) endpoint_id: Uuid,
    pub(super) event_id: Option<Uuid>,
    pub(super) message_id: Uuid,
    pub(super) type_: &'a str,
    pub(super) payload: Option<&'a str>,
    pub(super) headers: Json<&'a Headers>,
    pub(super) status: &'static str,
    pub(super) attempts: i32,
    pub(super) failures: i32,
    pub(super) due_at: Option<OffsetDateTime>,
    pub(super) created_at: OffsetDateTime,
    pub(super) updated_at: OffsetDateTime,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = webhook_attempts)]
pub(super) struct AttemptRow {
    number: i32,
    started_at: OffsetDateTime,
    duration_ms: Option<i32>,
    response_status: Option<i16>,
    response_body: Option<String>,
    error: Option<String>,
}

impl Row for AttemptRow {
    type Item = Attempt;

    fn into_item(self) -> QueryResult<Self::Item> {
        let outcome = match (self.response_status, self.error) {
            (Some(status), None) => Outcome::Answered {
                status: u16::try_from(status).map_err(corrupt)?,
                body: self.response_body.unwrap_or_default(),
                retry_after: None,
            },
            (None, Some(error)) => Outcome::Failed { error },
            _ => return Err(corrupt("attempt")),
        };
        let took = self.duration_ms.map(i64::from);
        Ok(Attempt {
            number: u32::try_from(self.number).map_err(corrupt)?,
            started_at: Instant::from(self.started_at),
            took: took.map(Duration::milliseconds),
            outcome,
        })
    }
}
