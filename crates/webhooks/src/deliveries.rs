//! Reading the delivery log, testing an endpoint, and sending again.

mod pages;
mod replaying;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use org_kernel::audit::{Change, Entry, Origin};
use org_kernel::clock::Clock;
use org_kernel::event::{Event, Payload};
use org_kernel::id::EndpointId;
use org_kernel::id_source::IdSource;
use org_kernel::instant::Instant;
use org_kernel::{StoreError, WriteError};
use serde::Serialize;

use crate::delivery::{Delivery, DeliveryDetail, DeliveryStatus};
use crate::delivery_log::{DeliveryLog, DeliveryQuery, DeliveryTarget, NotResent, SignedDelivery};
use crate::endpoint_store::{NoSuchEndpoint, Target};
use crate::endpoints::{Endpoints, SecretsError};
use crate::signing::{Message, headers};

pub use pages::{Page, Turn};
pub use replaying::{COUNTED, ReplayError, ReplayRequest, Replayable};

/// The data of a test.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Test {
    endpoint_id: EndpointId,
}

impl Payload for Test {
    const KIND: &'static str = "webhook.test";
}

/// The delivery log of every organization. Every method that asks the store blocks.
pub struct Deliveries {
    log: Arc<dyn DeliveryLog>,
    endpoints: Arc<Endpoints>,
    clock: Arc<dyn Clock>,
    ids: Arc<dyn IdSource>,
}

/// Why there was no test.
#[derive(Debug, thiserror::Error)]
pub enum TestError {
    /// The endpoint does not exist, or does no longer, or is another organization's.
    #[error("there is no such endpoint")]
    NoSuchEndpoint,
    /// There is nothing to sign with.
    #[error("the test was not signed")]
    Secrets(#[source] SecretsError),
    /// The store did not do it.
    #[error("the test was not stored")]
    Store(#[source] StoreError),
}

impl From<WriteError<NoSuchEndpoint>> for TestError {
    fn from(error: WriteError<NoSuchEndpoint>) -> Self {
        match error {
            WriteError::Refused(NoSuchEndpoint) => Self::NoSuchEndpoint,
            WriteError::Store(cause) => Self::Store(cause),
        }
    }
}

impl From<SecretsError> for TestError {
    fn from(error: SecretsError) -> Self {
        match error {
            SecretsError::NoSuchEndpoint => Self::NoSuchEndpoint,
            other => Self::Secrets(other),
        }
    }
}

impl Deliveries {
    /// Tests are signed with the secrets of `endpoints`.
    pub fn new(
        log: Arc<dyn DeliveryLog>,
        endpoints: Arc<Endpoints>,
        clock: Arc<dyn Clock>,
        ids: Arc<dyn IdSource>,
    ) -> Self {
        Self {
            log,
            endpoints,
            clock,
            ids,
        }
    }

    /// Deliveries of an organization, in the order that is asked for, each with what is sent.
    pub fn list(&self, query: &DeliveryQuery) -> Result<Vec<SignedDelivery>, StoreError> {
        self.log.signed_deliveries(query)
    }

    /// One delivery with all that is known of it.
    pub fn find(
        &self,
        target: impl Into<DeliveryTarget>,
    ) -> Result<Option<DeliveryDetail>, StoreError> {
        self.log.delivery(target.into())
    }

    /// Records a delivery of type `webhook.test`, signed as any other and never sent; an endpoint that is
    /// disabled can be tested too.
    pub fn test(&self, target: impl Into<Target>, origin: &Origin) -> Result<Delivery, TestError> {
        let target = target.into();
        let found = self.endpoints.find(target).map_err(TestError::Store)?;
        let endpoint = found.ok_or(TestError::NoSuchEndpoint)?;
        let now = self.clock.now();
        let secrets = self.endpoints.secrets(target, now)?;
        let data = Test {
            endpoint_id: target.id,
        };
        let event = Event::new(self.ids.next(), now, &data).map_err(TestError::Store)?;
        let delivery = Delivery {
            id: self.ids.next(),
            org: endpoint.org,
            endpoint: target.id,
            message: event.id,
            event_type: Test::KIND.to_owned(),
            status: DeliveryStatus::Simulated,
            attempts: 0,
            failures: 0,
            due_at: None,
            delivered_at: None,
            created_at: now,
            updated_at: now,
        };
        let message = Message {
            id: event.id,
            signed_at: now,
            body: event.payload.as_bytes(),
        };
        let test = SignedDelivery {
            headers: headers(message, &secrets),
            delivery,
            payload: event.payload,
        };
        let tested = self.change(now, "webhook_endpoint.tested", target.id);
        let tested = tested.with("delivery", test.delivery.id.to_string());
        self.log.insert_test(&test, &Entry::of(tested, origin))?;
        Ok(test.delivery)
    }

    /// Has a delivery sent again, whatever became of it, under the same `webhook-id`.
    pub fn resend(
        &self,
        target: impl Into<DeliveryTarget>,
        origin: &Origin,
    ) -> Result<Delivery, WriteError<NotResent>> {
        let (target, now) = (target.into(), self.clock.now());
        let resent = Change::new(self.ids.uuid(), now, "webhook_delivery.resent", target.id);
        let entry = Entry::of(resent, origin);
        self.log.resend(target, now, &entry)
    }

    fn change(&self, now: Instant, action: &'static str, endpoint: EndpointId) -> Change {
        Change::new(self.ids.uuid(), now, action, endpoint)
    }
}
