//! Endpoints of the two orchestras, and what is delivered to them.

use std::sync::Arc;

use org_domain::events::CATALOGUE;
use org_kernel::audit::Origin;
use org_kernel::event::Event;
use org_kernel::id::OrgId;
use org_webhooks::delivery::{Attempt, Delivery, Outcome, settle};
use org_webhooks::delivery_log::{DeliveryLog, DeliveryQuery, Order};
use org_webhooks::egress::EgressPolicy;
use org_webhooks::endpoint::Endpoint;
use org_webhooks::endpoint_store::EndpointStore;
use org_webhooks::endpoints::{EndpointRequest, Endpoints, Rules};
use org_webhooks::fan_out::{DeliveryMode, FanOut};
use org_webhooks::in_memory::InMemory;
use org_webhooks::outgoing::{Attempted, Claim, Doing, Outgoing};
use time::Duration;

use super::World;

/// What endpoints hear of here.
const KIND: &str = "production.updated";

impl World {
    /// A new endpoint of an organization, at `https://hooks.example/` and this path.
    pub(crate) fn endpoint(&self, org: OrgId, path: &str) -> Endpoint {
        let request = EndpointRequest {
            org,
            id: None,
            url: format!("https://hooks.example/{path}"),
            description: None,
            event_types: vec![KIND.to_owned()],
        };
        let created = self.ports.endpoints.create(&request, &Origin::OPERATOR);
        created.expect("an endpoint").0
    }

    /// An endpoint as it is now.
    pub(crate) fn endpoint_now(&self, endpoint: &Endpoint) -> Option<Endpoint> {
        let found = self.ports.endpoints.find(endpoint.id);
        found.expect("the store answers")
    }

    /// Something happens at an organization, and everybody who hears of it is to be told.
    pub(crate) fn happens(&self, org: OrgId, mode: DeliveryMode) {
        let now = self.ports.clock.now();
        let event = Event {
            id: self.ports.ids.next(),
            kind: KIND,
            created_at: now,
            payload: r#"{"title":"<b>Dvořák</b>","number":12345678901234567890}"#.to_owned(),
        };
        self.hooks.tell(org, event);
        let (hooks, clock, ids) = (&self.hooks, &self.clock, &self.ports.ids);
        let (clock, ids) = (Arc::clone(clock), Arc::clone(ids));
        let fan_out = FanOut::new(Arc::clone(hooks) as _, clock, ids, None, mode);
        fan_out.round().expect("the store answers");
    }

    /// The one delivery that is due is attempted, which takes a second and has this outcome.
    pub(crate) fn attempt(&self, outcome: Outcome) {
        let started_at = self.ports.clock.now();
        let took = Duration::SECOND;
        let ended_at = started_at.saturating_add(took);
        let claim = Claim {
            now: started_at,
            until: ended_at,
            in_flight: &[],
            per_endpoint: 8,
            most: 8,
        };
        let claimed = self.hooks.claim(&claim).expect("the store answers");
        let [claimed] = claimed.try_into().expect("one is due");
        let attempted = Attempted {
            org: claimed.org,
            id: claimed.id,
            endpoint: claimed.endpoint,
            headers: None,
            settled: settle(claimed.failures, &outcome, ended_at, 0),
            attempt: Attempt {
                number: claimed.number,
                started_at,
                took: Some(took),
                outcome,
            },
            ended_at,
            doing: Doing::Receiver,
        };
        self.hooks.record(&[attempted]).expect("the store answers");
    }

    /// The deliveries to an endpoint, the newest first.
    pub(crate) fn log(&self, endpoint: &Endpoint) -> Vec<Delivery> {
        let found = self.hooks.deliveries(&DeliveryQuery {
            org: endpoint.org,
            endpoint: Some(endpoint.id),
            status: None,
            event_type: None,
            from: None,
            until: None,
            order: Order::NewestFirst,
            after: None,
            limit: 1000,
        });
        found.expect("the store answers")
    }

    /// The same world on a server that was given no master key.
    pub(crate) fn without_master_key(mut self) -> Self {
        let endpoints = self.endpoints_of(Arc::clone(&self.hooks) as _);
        self.ports.deliveries = Arc::new(org_webhooks::deliveries::Deliveries::new(
            Arc::clone(&self.hooks) as _,
            Arc::clone(&endpoints),
            Arc::clone(&self.clock) as _,
            Arc::clone(&self.ports.ids),
        ));
        self.ports.endpoints = endpoints;
        self
    }

    /// The same world where every endpoint is deleted, and their deliveries are not forgotten yet.
    pub(crate) fn without_endpoints(mut self) -> Self {
        let nothing = InMemory::of([self.vienna, self.linz]);
        self.ports.endpoints = self.endpoints_of(Arc::new(nothing));
        self
    }

    /// The endpoints of a store, without a master key.
    fn endpoints_of(&self, store: Arc<dyn EndpointStore>) -> Arc<Endpoints> {
        let rules = Rules {
            egress: EgressPolicy::default(),
            event_types: CATALOGUE.iter().map(|event| event.name).collect(),
        };
        Arc::new(Endpoints::new(
            store,
            Arc::clone(&self.clock) as _,
            Arc::clone(&self.ports.ids),
            Arc::clone(&self.ports.entropy),
            None,
            rules,
        ))
    }
}
