//! Events that wait, and their deliveries.

use std::collections::BTreeSet;
use std::sync::{Mutex, MutexGuard, TryLockError};

use org_kernel::StoreError;
use org_kernel::id::{EventId, OrgId};

use super::{InMemory, State, StoredDelivery, ToldEvent};
use crate::delivery::{Delivery, DeliveryStatus};
use crate::fan_out::{
    Batch, BatchSize, Deliver, FanOutStore, FannedOut, NewDelivery, Placed, Undelivered,
};

impl FanOutStore for InMemory {
    fn backlog(&self) -> Result<Vec<OrgId>, StoreError> {
        let state = self.lock();
        let waiting = state.events.values().filter(|told| told.position.is_none());
        let orgs: BTreeSet<_> = waiting.map(|told| told.org).collect();
        Ok(orgs.into_iter().collect())
    }

    fn place_unheard(&self, orgs: &[OrgId], most: u32) -> Result<Placed, StoreError> {
        let mut placed = Placed::default();
        for org in orgs {
            let Some(_turn) = self.orgs.get(org).and_then(turn) else {
                continue;
            };
            let mut state = self.lock();
            let oldest = state
                .batch(
                    *org,
                    BatchSize {
                        events: most,
                        deliveries: u32::MAX,
                    },
                )
                .events;
            if oldest.iter().any(|event| !event.endpoints.is_empty()) {
                placed.heard.push(*org);
                continue;
            }
            for event in &oldest {
                state.place(*org, event.id);
            }
            placed.events += count(oldest.len());
        }
        Ok(placed)
    }

    fn fan_out(
        &self,
        org: OrgId,
        most: BatchSize,
        deliver: &mut Deliver<'_>,
    ) -> Result<Option<FannedOut>, StoreError> {
        let Some(lock) = self.orgs.get(&org) else {
            return Ok(Some(FannedOut::default()));
        };
        let Some(_turn) = turn(lock) else {
            return Ok(None);
        };
        // The state is free in the meantime: an endpoint that is deleted then takes its deliveries
        // along, as if it had been deleted after them.
        let batch = self.lock().batch(org, most);
        let deliveries = deliver(&batch);
        let done = FannedOut {
            events: count(batch.events.len()),
            deliveries: count(deliveries.len()),
        };
        self.lock().dispatch(org, &batch, deliveries);
        Ok(Some(done))
    }
}

/// The turn at an organization's events, unless somebody has it.
fn turn(lock: &Mutex<()>) -> Option<MutexGuard<'_, ()>> {
    match lock.try_lock() {
        Ok(turn) => Some(turn),
        Err(TryLockError::Poisoned(turn)) => Some(turn.into_inner()),
        Err(TryLockError::WouldBlock) => None,
    }
}

impl State {
    fn batch(&self, org: OrgId, most: BatchSize) -> Batch {
        let waits = |told: &&ToldEvent| told.org == org && told.position.is_none();
        let waiting = self.events.values().filter(waits);
        let mut taken = (0, 0);
        let fits = |told: &&ToldEvent| {
            taken = (taken.0 + 1, taken.1 + count(told.endpoints.len()));
            taken.0 == 1 || (taken.0 <= most.events && taken.1 <= most.deliveries)
        };
        let events = waiting.take_while(fits).map(|told| Undelivered {
            id: told.event.id,
            event_type: told.event.kind.to_owned(),
            payload: told.event.payload.clone(),
            endpoints: told.endpoints.clone(),
        });
        let events: Vec<_> = events.collect();
        let endpoints = events.iter().flat_map(|event| &event.endpoints);
        let secrets = endpoints.filter_map(|id| {
            let (_, secrets) = self.endpoints.get(id)?;
            Some((*id, secrets.clone()))
        });
        Batch {
            secrets: secrets.collect(),
            events,
        }
    }

    fn dispatch(&mut self, org: OrgId, batch: &Batch, deliveries: Vec<NewDelivery>) {
        for event in &batch.events {
            self.place(org, event.id);
        }
        for new in deliveries {
            if self.endpoints.contains_key(&new.endpoint) {
                self.deliveries.insert(new.id, stored(org, new));
            }
        }
    }

    fn place(&mut self, org: OrgId, event: EventId) {
        let of_org = self.events.values().filter(|told| told.org == org);
        let last = of_org.filter_map(|told| told.position).max();
        if let Some(told) = self.events.get_mut(&event) {
            told.position = Some(last.unwrap_or_default() + 1);
        }
    }
}

fn stored(org: OrgId, new: NewDelivery) -> StoredDelivery {
    StoredDelivery {
        delivery: Delivery {
            id: new.id,
            org,
            endpoint: new.endpoint,
            message: new.event,
            event_type: new.event_type,
            status: DeliveryStatus::Pending,
            attempts: 0,
            failures: 0,
            due_at: new.due_at,
            delivered_at: None,
            created_at: new.created_at,
            updated_at: new.created_at,
        },
        payload: None,
        headers: new.headers,
        attempts: Vec::new(),
        lease: None,
    }
}

fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}
