//! Two organizations on the store in memory, with endpoints, events and deliveries.

use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use org_kernel::audit::{AuditTrail, Entry, EntryQuery, Origin};
use org_kernel::clock::{Clock, FrozenClock};
use org_kernel::event::Event;
use org_kernel::id::{EventId, OrgId};
use org_kernel::id_source::{IdSource, SequentialIds};

use super::{Rising, org, signed_at};
use crate::delivery::{Delivery, DeliveryDetail};
use crate::delivery_log::{DeliveryLog, DeliveryQuery, Order};
use crate::egress::EgressPolicy;
use crate::endpoint::Endpoint;
use crate::endpoints::{EndpointRequest, Endpoints, Rules};
use crate::fan_out::{DeliveryMode, FanOut};
use crate::in_memory::InMemory;
use crate::sealing::MasterKey;
use crate::secret::SigningSecret;
use crate::verification::{Received, TOLERANCE, Unverified, verify};

pub(crate) struct Scene {
    pub(crate) store: Arc<InMemory>,
    pub(crate) clock: Arc<FrozenClock>,
    pub(crate) ids: Arc<dyn IdSource>,
    entropy: Arc<Rising>,
}

fn master_key(byte: u8) -> Arc<MasterKey> {
    let key = MasterKey::parse(&STANDARD.encode([byte; 32]));
    Arc::new(key.expect("a key"))
}

impl Scene {
    pub(crate) fn new() -> Self {
        Self {
            store: Arc::new(InMemory::of([org(1), org(2)])),
            clock: Arc::new(FrozenClock::at(signed_at())),
            ids: Arc::new(SequentialIds::at(1)),
            entropy: Arc::default(),
        }
    }

    /// The endpoints, for a server with a master key of this byte.
    pub(crate) fn endpoints(&self, key: u8) -> Endpoints {
        let rules = Rules {
            egress: EgressPolicy::default(),
            event_types: vec!["a.made"],
        };
        Endpoints::new(
            Arc::clone(&self.store) as _,
            Arc::clone(&self.clock) as _,
            Arc::clone(&self.ids),
            Arc::clone(&self.entropy) as _,
            Some(master_key(key)),
            rules,
        )
    }

    /// An endpoint of an organization, with a secret under the master key of ones.
    pub(crate) fn endpoint_of(&self, org: OrgId) -> (Endpoint, SigningSecret) {
        let request = EndpointRequest {
            org,
            id: None,
            url: "https://hooks.example/".to_owned(),
            description: None,
            event_types: vec!["a.made".to_owned()],
        };
        let created = self.endpoints(1).create(&request, &Origin::OPERATOR);
        created.expect("created")
    }

    pub(crate) fn endpoint(&self) -> (Endpoint, SigningSecret) {
        self.endpoint_of(org(1))
    }

    pub(crate) fn fan_out(&self, key: Option<u8>, mode: DeliveryMode) -> FanOut {
        FanOut::new(
            Arc::clone(&self.store) as _,
            Arc::clone(&self.clock) as _,
            Arc::clone(&self.ids),
            key.map(master_key),
            mode,
        )
    }

    /// Something happens at an organization.
    pub(crate) fn tell(&self, org: OrgId) -> EventId {
        let id: EventId = self.ids.next();
        let event = Event {
            id,
            kind: "a.made",
            created_at: self.clock.now(),
            payload: format!(r#"{{"id":"{id}"}}"#),
        };
        self.store.tell(org, event);
        id
    }

    /// An endpoint's deliveries, the newest first.
    pub(crate) fn deliveries(&self, endpoint: &Endpoint) -> Vec<Delivery> {
        let query = DeliveryQuery {
            org: endpoint.org,
            endpoint: Some(endpoint.id),
            status: None,
            event_type: None,
            from: None,
            until: None,
            order: Order::OldestFirst,
            after: None,
            limit: 10_000,
        };
        let found = self.store.deliveries(&query).expect("answered");
        found.into_iter().rev().collect()
    }

    pub(crate) fn detail(&self, delivery: &Delivery) -> DeliveryDetail {
        let found = self.store.delivery(delivery.id.into());
        found.expect("answered").expect("it is there")
    }

    /// The one delivery of an endpoint.
    pub(crate) fn delivery(&self, endpoint: &Endpoint) -> DeliveryDetail {
        let deliveries = self.deliveries(endpoint);
        let [delivery] = deliveries.as_slice() else {
            panic!("not one delivery: {deliveries:?}");
        };
        self.detail(delivery)
    }

    /// What the trail has of an organization under this action.
    pub(crate) fn told(&self, org: OrgId, action: &str) -> Vec<Entry> {
        let query = EntryQuery {
            org: Some(org),
            limit: 1000,
            ..EntryQuery::default()
        };
        let mut entries = self.store.entries(&query).expect("the trail");
        entries.retain(|entry| entry.action == action);
        entries
    }

    /// What a receiver who knows one secret thinks of a delivery now.
    pub(crate) fn received(
        &self,
        detail: &DeliveryDetail,
        secret: &SigningSecret,
    ) -> Result<(), Unverified> {
        let headers = detail.headers.iter();
        let headers = headers.map(|(name, value)| (name.as_str(), value.as_str()));
        let received = Received::from_headers(headers, detail.payload.as_bytes())?;
        assert_eq!(received.id, detail.delivery.message.to_string());
        let secret = SigningSecret::parse(secret.expose()).expect("a secret");
        verify(received, &[secret], self.clock.now(), TOLERANCE)
    }
}
