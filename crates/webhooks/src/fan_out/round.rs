//! One batch of every organization that has events waiting.

use std::collections::BTreeMap;

use org_kernel::StoreError;
use org_kernel::id::{EndpointId, OrgId};
use org_kernel::instant::Instant;

use super::{Batch, DeliveryMode, FanOut, FanOutError, FannedOut, NewDelivery, Undelivered};
use crate::delivery::Headers;
use crate::secret::SigningSecret;
use crate::signing::{Message, headers};

/// How many events one transaction dispatches.
const BATCH: u32 = 250;

/// What came of a round.
#[derive(Debug, Default)]
pub struct Round {
    /// How much was dispatched.
    pub done: FannedOut,
    /// True when a batch was full, so that there may be more of its organization.
    pub full: bool,
    /// The organizations whose events wait, and why.
    pub failed: Vec<(OrgId, FanOutError)>,
}

impl FanOut {
    /// Dispatches one batch of each organization that has events waiting. A failure of one organization
    /// is no other's; whoever calls again while something is done has dispatched all in the end.
    pub fn round(&self) -> Result<Round, StoreError> {
        let mut round = Round::default();
        for org in self.store.backlog()? {
            match self.batch(org) {
                Ok(done) => {
                    round.done.events += done.events;
                    round.done.deliveries += done.deliveries;
                    round.full |= done.events >= BATCH;
                }
                Err(error) => round.failed.push((org, error)),
            }
        }
        Ok(round)
    }

    fn batch(&self, org: OrgId) -> Result<FannedOut, FanOutError> {
        let now = self.clock.now();
        let deliver = &mut |batch: &Batch| self.deliveries(batch, now);
        let done = self.store.fan_out(org, BATCH, deliver)?;
        Ok(done.unwrap_or_default())
    }

    fn deliveries(&self, batch: &Batch, now: Instant) -> Result<Vec<NewDelivery>, FanOutError> {
        let secrets = self.open(batch, now)?;
        let mut deliveries = Vec::new();
        for event in &batch.events {
            for endpoint in &event.endpoints {
                let Some(secrets) = secrets.get(endpoint) else {
                    continue;
                };
                let message = Message {
                    id: event.id,
                    signed_at: now,
                    body: event.payload.as_bytes(),
                };
                let headers = headers(message, secrets);
                deliveries.push(self.delivery(event, *endpoint, headers, now));
            }
        }
        Ok(deliveries)
    }

    fn delivery(
        &self,
        event: &Undelivered,
        endpoint: EndpointId,
        headers: Headers,
        now: Instant,
    ) -> NewDelivery {
        NewDelivery {
            id: self.ids.next(),
            endpoint,
            event: event.id,
            event_type: event.event_type.clone(),
            headers,
            due_at: match self.mode {
                DeliveryMode::Record => None,
                DeliveryMode::Live => Some(now),
            },
            created_at: now,
        }
    }

    /// The valid secrets of each endpoint, the newest first.
    fn open(
        &self,
        batch: &Batch,
        now: Instant,
    ) -> Result<BTreeMap<EndpointId, Vec<SigningSecret>>, FanOutError> {
        let mut opened = BTreeMap::new();
        for (endpoint, stored) in &batch.secrets {
            let master_key = self.master_key.as_deref();
            let master_key = master_key.ok_or(FanOutError::NoMasterKey)?;
            opened.insert(*endpoint, master_key.open_valid(*endpoint, stored, now)?);
        }
        Ok(opened)
    }
}
