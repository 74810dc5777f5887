//! The sender on a store in memory and on receivers that answer as they are told.
//!
//! Time stands still and jumps to when something is next due, so nothing here waits. The clock that
//! deliveries go by is the same time.

mod ending;
mod outcomes;
mod receivers;
mod retries;
mod shaky;
mod sharing;
mod trouble;

use std::sync::Arc;
use std::time::Duration;

use org_kernel::audit::Origin;
use org_kernel::clock::Clock;
use org_kernel::entropy::{Entropy, NoEntropy};
use org_kernel::event::Event;
use org_kernel::id::{EventId, OrgId};
use org_kernel::id_source::{IdSource, SequentialIds};
use org_kernel::instant::Instant;
use org_webhooks::delivery::{Delivery, DeliveryDetail};
use org_webhooks::delivery_log::{DeliveryLog, DeliveryQuery, Order};
use org_webhooks::egress::EgressPolicy;
use org_webhooks::endpoint::Endpoint;
use org_webhooks::endpoint_store::EndpointStore;
use org_webhooks::endpoints::{EndpointRequest, Endpoints, Rules};
use org_webhooks::fan_out::{DeliveryMode, FanOut};
use org_webhooks::in_memory::InMemory;
use org_webhooks::sealing::MasterKey;
use org_webhooks::secret::SigningSecret;
use tokio::sync::Notify;
use tokio::time;

use super::{Ground, Sender, SenderLimits};
use receivers::{Answer, Receivers};
use shaky::Shaky;

/// The time of the runtime, on a day.
struct RuntimeClock {
    started: time::Instant,
}

fn first() -> Instant {
    "2026-03-14T18:30:00Z".parse().expect("an instant")
}

fn after(wait: Duration) -> Instant {
    first().saturating_add(wait.try_into().expect("not long"))
}

impl Clock for RuntimeClock {
    fn now(&self) -> Instant {
        after(self.started.elapsed())
    }
}

/// Gives zeros: what is tried again is tried without jitter.
struct Zeros;

impl Entropy for Zeros {
    fn fill(&self, buffer: &mut [u8]) -> Result<(), NoEntropy> {
        buffer.fill(0);
        Ok(())
    }
}

/// One organization with endpoints, and all that a sender stands on.
struct Scene {
    org: OrgId,
    store: Arc<InMemory>,
    shaky: Arc<Shaky>,
    receivers: Arc<Receivers>,
    endpoints: Arc<Endpoints>,
    clock: Arc<RuntimeClock>,
    ids: Arc<dyn IdSource>,
    master_key: Arc<MasterKey>,
    bell: Arc<Notify>,
}

/// 32 zeros.
fn master_key() -> MasterKey {
    MasterKey::parse(&format!("{}=", "A".repeat(43))).expect("a key")
}

impl Scene {
    /// Receivers answer as `script` says, by the path of their URL and the number of the call.
    fn new(script: impl Fn(&str, usize) -> Answer + Send + Sync + 'static) -> Self {
        let ids = Arc::new(SequentialIds::at(1)) as Arc<dyn IdSource>;
        let org = ids.next();
        let store = Arc::new(InMemory::of([org]));
        let started = time::Instant::now();
        let clock = Arc::new(RuntimeClock { started });
        let master_key = Arc::new(master_key());
        let rules = Rules {
            egress: EgressPolicy::default(),
            event_types: vec!["a.made"],
        };
        let endpoints = Endpoints::new(
            Arc::clone(&store) as _,
            Arc::clone(&clock) as _,
            Arc::clone(&ids),
            Arc::new(Zeros),
            Some(Arc::clone(&master_key)),
            rules,
        );
        Self {
            org,
            shaky: Arc::new(Shaky::over(Arc::clone(&store))),
            store,
            receivers: Arc::new(Receivers::answering(script)),
            endpoints: Arc::new(endpoints),
            clock,
            ids,
            master_key,
            bell: Arc::default(),
        }
    }

    fn endpoint(&self, path: &str) -> (Endpoint, SigningSecret) {
        let request = EndpointRequest {
            org: self.org,
            id: None,
            url: format!("https://hooks.example{path}"),
            description: None,
            event_types: vec!["a.made".to_owned()],
        };
        let created = self.endpoints.create(&request, &Origin::OPERATOR);
        created.expect("created")
    }

    fn find(&self, endpoint: &Endpoint) -> Endpoint {
        let found = EndpointStore::find(&*self.store, endpoint.id.into());
        found.expect("answered").expect("it is there")
    }

    /// Tells all endpoints of so many events, which are due from now on.
    fn tell(&self, events: usize) -> Vec<EventId> {
        let told = std::iter::repeat_with(|| self.tell_of_one());
        let told = told.take(events).collect();
        let fan_out = FanOut::new(
            Arc::clone(&self.store) as _,
            Arc::clone(&self.clock) as _,
            Arc::clone(&self.ids),
            Some(Arc::clone(&self.master_key)),
            DeliveryMode::Live,
        );
        while fan_out.round().expect("dispatched").done.events > 0 {}
        told
    }

    fn tell_of_one(&self) -> EventId {
        let id: EventId = self.ids.next();
        let event = Event {
            id,
            kind: "a.made",
            created_at: self.clock.now(),
            payload: format!(r#"{{"id":"{id}"}}"#),
        };
        self.store.tell(self.org, event);
        id
    }

    fn start(&self) -> Sender {
        self.start_with(SenderLimits::default(), master_key())
    }

    fn start_with(&self, limits: SenderLimits, master_key: MasterKey) -> Sender {
        let ground = Ground {
            outgoing: Arc::clone(&self.shaky) as _,
            endpoints: Arc::clone(&self.endpoints),
            sealed: Arc::clone(&self.store) as _,
            master_key: Arc::new(master_key),
            clock: Arc::clone(&self.clock) as _,
            entropy: Arc::new(Zeros),
            bell: Arc::clone(&self.bell),
        };
        Sender::start(Arc::clone(&self.receivers), ground, limits)
    }

    fn deliveries(&self, endpoint: &Endpoint) -> Vec<Delivery> {
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
        self.store.deliveries(&query).expect("answered")
    }

    /// The one delivery of an endpoint.
    fn delivery(&self, endpoint: &Endpoint) -> DeliveryDetail {
        let deliveries = self.deliveries(endpoint);
        let [delivery] = deliveries.as_slice() else {
            panic!("not one delivery: {deliveries:?}");
        };
        let detail = self.store.delivery(delivery.id.into());
        detail.expect("answered").expect("it is there")
    }

    /// Waits until all of an endpoint's deliveries are as they should be, for ten minutes of a time that
    /// passes at once.
    async fn until(&self, endpoint: &Endpoint, is_so: impl Fn(&Delivery) -> bool) {
        self.until_all(|| self.deliveries(endpoint).iter().all(&is_so))
            .await;
    }

    async fn until_all(&self, is_so: impl Fn() -> bool) {
        let deadline = time::Instant::now() + Duration::from_mins(10);
        while !is_so() {
            assert!(time::Instant::now() < deadline, "it did not come to pass");
            time::sleep(Duration::from_millis(10)).await;
        }
    }
}
