//! Deliveries that are due, and what came of them.

use std::collections::BTreeMap;

use org_kernel::StoreError;
use org_kernel::id::DeliveryId;
use org_kernel::instant::Instant;

use super::{InMemory, Lease, State, StoredDelivery};
use crate::delivery::{Attempt, DeliveryStatus, INTERRUPTED, Outcome};
use crate::outgoing::{Attempted, Claim, Claimed, Doing, Outgoing, Recorded};

impl Outgoing for InMemory {
    fn claim(&self, claim: &Claim<'_>) -> Result<Vec<Claimed>, StoreError> {
        let mut state = self.lock();
        let mut in_flight: BTreeMap<_, _> = claim.in_flight.iter().copied().collect();
        let mut claimed = Vec::new();
        for (_, id) in state.due(claim.now) {
            if claimed.len() >= usize::try_from(claim.most).unwrap_or(usize::MAX) {
                break;
            }
            let endpoint = state.deliveries[&id].delivery.endpoint;
            let at_endpoint = in_flight.entry(endpoint).or_default();
            if *at_endpoint < claim.per_endpoint {
                *at_endpoint += 1;
                claimed.extend(state.claim(id, claim));
            }
        }
        Ok(claimed)
    }

    /// Nothing is left: whoever is at anything here holds all of it, and for a moment.
    fn record(&self, attempted: &[Attempted]) -> Result<Recorded, StoreError> {
        let mut state = self.lock();
        let mut failing = BTreeMap::new();
        for attempted in attempted {
            let Some(stored) = state.deliveries.get_mut(&attempted.id) else {
                continue;
            };
            stored.record(attempted);
            let since = state.note(attempted);
            failing.extend(since.map(|since| (attempted.endpoint, since)));
        }
        Ok(Recorded {
            failing: failing.into_iter().collect(),
            left: Vec::new(),
        })
    }
}

impl State {
    /// What is due of enabled endpoints, the longest due first.
    fn due(&self, now: Instant) -> Vec<(Instant, DeliveryId)> {
        let is_enabled = |id| {
            self.endpoints
                .get(id)
                .is_some_and(|(found, _)| found.enabled)
        };
        let all = self.deliveries.values().map(|stored| &stored.delivery);
        let enabled = all.filter(|delivery| is_enabled(&delivery.endpoint));
        let due = enabled.filter_map(|delivery| Some((delivery.due_at?, delivery.id)));
        let mut due: Vec<_> = due.filter(|(due_at, _)| *due_at <= now).collect();
        due.sort_unstable();
        due
    }

    fn claim(&mut self, id: DeliveryId, claim: &Claim<'_>) -> Option<Claimed> {
        let stored = self.deliveries.get_mut(&id)?;
        stored.lease(claim);
        let delivery = &stored.delivery;
        let (endpoint, secrets) = self.endpoints.get(&delivery.endpoint)?;
        Some(Claimed {
            org: delivery.org,
            id,
            endpoint: endpoint.id,
            url: endpoint.url.clone(),
            message: delivery.message,
            payload: self.events.get(&delivery.message)?.event.payload.clone(),
            number: delivery.attempts,
            failures: delivery.failures,
            secrets: secrets.clone(),
        })
    }

    /// Notes on the endpoint how an attempt ended; answers since when it has been failing.
    fn note(&mut self, attempted: &Attempted) -> Option<Instant> {
        if attempted.doing == Doing::Sender {
            return None;
        }
        let (endpoint, _) = self.endpoints.get_mut(&attempted.endpoint)?;
        if attempted.settled.status == DeliveryStatus::Delivered {
            endpoint.failing_since = None;
        } else {
            let since = endpoint.failing_since.get_or_insert(attempted.ended_at);
            *since = attempted.ended_at.min(*since);
        }
        endpoint.failing_since
    }
}

impl StoredDelivery {
    fn lease(&mut self, claim: &Claim<'_>) {
        self.break_lease();
        self.lease = Some(Lease {
            claimed_at: claim.now,
        });
        self.delivery.attempts += 1;
        self.delivery.due_at = Some(claim.until);
        self.delivery.updated_at = claim.now;
    }

    /// Whoever is sending it has lost it, and nobody knows what comes of that.
    pub(super) fn break_lease(&mut self) {
        if let Some(old) = self.lease.take() {
            self.attempts.push(Attempt {
                number: self.delivery.attempts,
                started_at: old.claimed_at,
                took: None,
                outcome: Outcome::Failed {
                    error: INTERRUPTED.to_owned(),
                },
            });
        }
    }

    fn record(&mut self, attempted: &Attempted) {
        self.attempts
            .retain(|known| known.number != attempted.attempt.number);
        self.attempts.push(attempted.attempt.clone());
        self.attempts.sort_by_key(|attempt| attempt.number);
        if attempted.attempt.number != self.delivery.attempts {
            return;
        }
        if self.lease.take().is_none() {
            return;
        }
        if let Some(headers) = &attempted.headers {
            self.headers.clone_from(headers);
        }
        let (delivery, settled) = (&mut self.delivery, attempted.settled);
        delivery.updated_at = attempted.ended_at;
        let delivered = settled.status == DeliveryStatus::Delivered;
        delivery.status = settled.status;
        delivery.failures = settled.failures;
        delivery.due_at = settled.due_at;
        delivery.delivered_at = delivered.then_some(attempted.ended_at);
    }
}
