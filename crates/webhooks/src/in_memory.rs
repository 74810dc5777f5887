//! The store that tests stand on: one state in memory, behind every port of this crate.

mod endpoints;
mod fan_out;
mod figures;
mod log;
mod outgoing;
mod sealed_secrets;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard};

use org_kernel::audit::{AuditTrail, Entry, EntryQuery};
use org_kernel::event::Event;
use org_kernel::id::{DeliveryId, EndpointId, EventId, OrgId};
use org_kernel::instant::Instant;
use org_kernel::{StoreError, WriteError};

use crate::delivery::{Attempt, Delivery, Headers};
use crate::endpoint::Endpoint;
use crate::endpoint_store::{NoSuchEndpoint, StoredSecret, Target};

/// Endpoints, events and deliveries in memory, the organizations that they may belong to, and what is
/// written of them.
#[derive(Debug, Default)]
pub struct InMemory {
    /// Each with what a worker holds that is at its events.
    orgs: BTreeMap<OrgId, Mutex<()>>,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    /// Each with its secrets, the newest first.
    endpoints: BTreeMap<EndpointId, (Endpoint, Vec<StoredSecret>)>,
    events: BTreeMap<EventId, ToldEvent>,
    deliveries: BTreeMap<DeliveryId, StoredDelivery>,
    trail: Vec<(OrgId, Entry)>,
}

#[derive(Debug)]
struct ToldEvent {
    org: OrgId,
    event: Event,
    endpoints: Vec<EndpointId>,
    position: Option<u64>,
}

#[derive(Debug)]
struct StoredDelivery {
    delivery: Delivery,
    /// Of tests alone: all others have their event's.
    payload: Option<String>,
    headers: Headers,
    attempts: Vec<Attempt>,
    lease: Option<Lease>,
}

#[derive(Clone, Copy, Debug)]
struct Lease {
    claimed_at: Instant,
}

impl State {
    fn get(
        &mut self,
        target: Target,
    ) -> Result<&mut (Endpoint, Vec<StoredSecret>), WriteError<NoSuchEndpoint>> {
        let found = self.endpoints.get_mut(&target.id);
        found
            .filter(|(endpoint, _)| is_meant(endpoint, target))
            .ok_or(WriteError::Refused(NoSuchEndpoint))
    }
}

fn is_meant(endpoint: &Endpoint, target: Target) -> bool {
    target.org.is_none_or(|org| org == endpoint.org)
}

impl InMemory {
    /// An empty store for these organizations.
    pub fn of(orgs: impl IntoIterator<Item = OrgId>) -> Self {
        Self {
            orgs: orgs
                .into_iter()
                .map(|org| (org, Mutex::default()))
                .collect(),
            state: Mutex::default(),
        }
    }

    /// Stores an event as a write of the organization does, with the endpoints that hear of it: those
    /// that are enabled and subscribed now.
    pub fn tell(&self, org: OrgId, event: Event) {
        let mut state = self.lock();
        let all = state.endpoints.values().map(|(endpoint, _)| endpoint);
        let hears = |endpoint: &&Endpoint| {
            endpoint.org == org && endpoint.enabled && endpoint.event_types.has(event.kind)
        };
        let told = ToldEvent {
            org,
            endpoints: all.filter(hears).map(|endpoint| endpoint.id).collect(),
            event,
            position: None,
        };
        state.events.insert(told.event.id, told);
    }

    /// The events of an organization that are dispatched, in the order of their positions.
    pub fn feed(&self, org: OrgId) -> Vec<EventId> {
        let state = self.lock();
        let told = state.events.values().filter(|told| told.org == org);
        let placed = told.filter_map(|told| Some((told.position?, told.event.id)));
        let placed: BTreeMap<_, _> = placed.collect();
        placed.into_values().collect()
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        let state = self.state.lock();
        state.expect("no test panicked within the store")
    }
}

impl AuditTrail for InMemory {
    fn entries(&self, query: &EntryQuery) -> Result<Vec<Entry>, StoreError> {
        let state = self.lock();
        let trail = state.trail.iter();
        let asked_for = trail.filter(|(org, _)| Some(*org) == query.org);
        Ok(query.find(asked_for.map(|(_, entry)| entry)))
    }
}
