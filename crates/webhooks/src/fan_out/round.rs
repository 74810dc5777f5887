//! One batch of every organization that has events waiting.

use std::collections::BTreeMap;

use org_kernel::StoreError;
use org_kernel::id::{EndpointId, OrgId};
use org_kernel::instant::Instant;

use super::{Batch, BatchSize, DeliveryMode, FanOut, FannedOut, NewDelivery, Undelivered};
use crate::delivery::Headers;
use crate::endpoint_store::StoredSecret;
use crate::sealing::NotOpened;
use crate::secret::SigningSecret;
use crate::signing::{Message, headers};

/// A second's work or less for any database, far from where a statement is given up.
const BATCH: BatchSize = BatchSize {
    events: 250,
    deliveries: 4000,
};

/// How many organizations' events get their positions together: with a batch of each, a second's work or less,
/// too.
const TOGETHER: usize = 50;

/// What came of a round.
#[derive(Debug, Default)]
pub struct Round {
    /// How much was dispatched.
    pub done: FannedOut,
    /// True when a batch was large, so that it is likely not the last of its organization.
    pub full: bool,
    /// Which of the endpoints that something was dispatched to were signed for.
    pub signed: BTreeMap<EndpointId, Result<(), Unsigned>>,
    /// The organizations whose events wait, and why.
    pub failed: Vec<(OrgId, StoreError)>,
}

/// Why the deliveries to an endpoint have no headers.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unsigned {
    /// There is nothing to open secrets with.
    #[error("there is no master key to open the secrets of endpoints with")]
    NoMasterKey,
    /// A secret does not open.
    #[error(transparent)]
    NotOpened(#[from] NotOpened),
    /// There is no secret that is valid.
    #[error("the endpoint has no secret")]
    NoSecret,
}

/// The valid secrets of each endpoint, the newest first.
type Opened = BTreeMap<EndpointId, Result<Vec<SigningSecret>, Unsigned>>;

impl FanOut {
    /// Dispatches one batch of each organization that has events waiting. A failure of one organization
    /// is no other's; whoever calls again while something is done has dispatched all in the end.
    pub fn round(&self) -> Result<Round, StoreError> {
        self.round_until(&|| false)
    }

    /// Does what [`round`](Self::round) does, until `ended` says that it is to end, which it is asked
    /// before each organization, and before those that are done together, or until the store is gone, which each would wait for in its turn.
    pub fn round_until(&self, ended: &dyn Fn() -> bool) -> Result<Round, StoreError> {
        let mut round = Round::default();
        let backlog = self.store.backlog()?;
        for org in self.place_unheard(&backlog, ended, &mut round) {
            if ended() {
                break;
            }
            if let Err(error) = self.batch(org, &mut round) {
                let gone = self.is_gone(&error);
                round.failed.push((org, error));
                if gone {
                    break;
                }
            }
        }
        Ok(round)
    }

    /// Gives events that nobody hears of their positions, and answers whose are left. What one
    /// organization's events make fail is tried again organization by organization, and told of then.
    fn place_unheard(
        &self,
        backlog: &[OrgId],
        ended: &dyn Fn() -> bool,
        round: &mut Round,
    ) -> Vec<OrgId> {
        let mut left = Vec::new();
        for orgs in backlog.chunks(TOGETHER) {
            if ended() {
                break;
            }
            match self.store.place_unheard(orgs, BATCH.events) {
                Ok(placed) => {
                    round.done.events += placed.events;
                    round.full |= placed.events >= BATCH.events;
                    left.extend(placed.heard);
                }
                Err(_) => left.extend(orgs),
            }
        }
        left
    }

    /// Whether the store answers nobody. It may have been unavailable to one organization alone, which
    /// waited for what others hold; were the round to end there, those after it would never have a turn.
    fn is_gone(&self, error: &StoreError) -> bool {
        matches!(error, StoreError::Unavailable(_))
            && matches!(self.store.backlog(), Err(StoreError::Unavailable(_)))
    }

    fn batch(&self, org: OrgId, round: &mut Round) -> Result<(), StoreError> {
        let now = self.clock.now();
        let mut opened = Opened::new();
        let deliver = &mut |batch: &Batch| {
            opened = self.open(batch, now);
            self.deliveries(batch, &opened, now)
        };
        let done = self.store.fan_out(org, BATCH, deliver)?;
        let done = done.unwrap_or_default();
        round.done.events += done.events;
        round.done.deliveries += done.deliveries;
        round.full |= done.events >= BATCH.events || done.deliveries >= BATCH.deliveries / 2;
        let signed = opened.into_iter();
        let signed = signed.map(|(endpoint, secrets)| (endpoint, secrets.map(drop)));
        round.signed.extend(signed);
        Ok(())
    }

    fn deliveries(&self, batch: &Batch, opened: &Opened, now: Instant) -> Vec<NewDelivery> {
        let mut deliveries = Vec::new();
        for event in &batch.events {
            for endpoint in &event.endpoints {
                let Some(secrets) = opened.get(endpoint) else {
                    continue;
                };
                let message = Message {
                    id: event.id,
                    signed_at: now,
                    body: event.payload.as_bytes(),
                };
                let secrets = secrets.as_deref().unwrap_or_default();
                let headers = headers(message, secrets);
                deliveries.push(self.delivery(event, *endpoint, headers, now));
            }
        }
        deliveries
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

    fn open(&self, batch: &Batch, now: Instant) -> Opened {
        let stored = batch.secrets.iter();
        let opened =
            stored.map(|(endpoint, stored)| (*endpoint, self.open_of(*endpoint, stored, now)));
        opened.collect()
    }

    fn open_of(
        &self,
        endpoint: EndpointId,
        stored: &[StoredSecret],
        now: Instant,
    ) -> Result<Vec<SigningSecret>, Unsigned> {
        let master_key = self.master_key.as_deref().ok_or(Unsigned::NoMasterKey)?;
        let secrets = master_key.open_valid(endpoint, stored, now)?;
        if secrets.is_empty() {
            return Err(Unsigned::NoSecret);
        }
        Ok(secrets)
    }
}
