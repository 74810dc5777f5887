//! What the sender has the store do. All of it blocks.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::slice;
use std::sync::Arc;

use org_kernel::chain;
use org_kernel::clock::Clock;
use org_kernel::id::EndpointId;
use org_kernel::instant::Instant;
use org_kernel::{StoreError, WriteError};
use org_webhooks::endpoint::Endpoint;
use org_webhooks::endpoint_store::{NoSuchEndpoint, Target};
use org_webhooks::endpoints::{Endpoints, FAILING_FOR};
use org_webhooks::outgoing::{Attempted, Claim, Claimed, Outgoing, Recorded};
use org_webhooks::sealed_secrets::SealedSecrets;

use super::SenderLimits;

/// Where attempts are recorded and deliveries are claimed.
pub(super) struct Desk {
    pub(super) outgoing: Arc<dyn Outgoing>,
    pub(super) endpoints: Arc<Endpoints>,
    pub(super) sealed: Arc<dyn SealedSecrets>,
    /// The id of the master key that this sender opens secrets with.
    pub(super) key: String,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) limits: SenderLimits,
}

/// What is to be done in one turn.
pub(super) struct Order {
    /// What has ended.
    pub(super) ended: Vec<Attempted>,
    /// How many attempts are being made at each endpoint.
    pub(super) in_flight: Vec<(EndpointId, u32)>,
    /// How many deliveries can be taken.
    pub(super) room: u32,
}

/// What was done.
pub(super) struct Done {
    /// What has ended and is not known to be recorded.
    pub(super) left: Vec<Attempted>,
    /// The endpoints that are disabled now.
    pub(super) disabled: Vec<EndpointId>,
    pub(super) claimed: Result<Vec<Claimed>, Trouble>,
}

impl Done {
    /// Nothing was done.
    pub(super) fn nothing(order: &Order, because: Trouble) -> Self {
        Self {
            left: order.ended.clone(),
            disabled: Vec::new(),
            claimed: Err(because),
        }
    }
}

impl Order {
    /// How many attempts each endpoint has its slots taken by, and how many deliveries can be taken,
    /// where these attempts are left: they go on taking their slots, so that they do not become more and
    /// more.
    fn beside(&self, left: &[Attempted]) -> (Vec<(EndpointId, u32)>, u32) {
        let mut taken: HashMap<_, _> = self.in_flight.iter().copied().collect();
        for attempted in left {
            *taken.entry(attempted.endpoint).or_default() += 1;
        }
        let kept = u32::try_from(left.len()).unwrap_or(u32::MAX);
        (taken.into_iter().collect(), self.room.saturating_sub(kept))
    }
}

/// Why not all of it was done.
#[derive(Debug, thiserror::Error)]
pub(super) enum Trouble {
    #[error("attempts were not recorded")]
    NotRecorded(#[source] StoreError),
    #[error("deliveries were not claimed")]
    NotClaimed(#[source] StoreError),
    #[error(
        "the secrets are sealed under another master key than this server has: start it again with that one"
    )]
    OtherKey,
    #[error("the store panicked")]
    Panicked(#[source] tokio::task::JoinError),
}

impl Desk {
    /// Records first: what is claimed then is no delivery of which the answer is recorded, and none of an
    /// endpoint that is gone. What somebody else holds is left for the next turn, and holds up nothing
    /// else; if its lease ends before it is let go, it is sent again.
    pub(super) fn take_turn(&self, order: &Order) -> Done {
        let (left, disabled) = match self.record_all(&order.ended) {
            Ok(recorded) => recorded,
            Err(error) => return Done::nothing(order, Trouble::NotRecorded(error)),
        };
        let (in_flight, room) = order.beside(&left);
        let claimed = self.claim(&in_flight, room);
        Done {
            left,
            disabled,
            claimed,
        }
    }

    /// Answers what is left, and the endpoints that are disabled.
    fn record_all(
        &self,
        ended: &[Attempted],
    ) -> Result<(Vec<Attempted>, Vec<EndpointId>), StoreError> {
        if ended.is_empty() {
            return Ok((Vec::new(), Vec::new()));
        }
        let Recorded { failing, left } = self.record(ended)?;
        let left: BTreeSet<_> = left.into_iter().collect();
        let (left, recorded): (Vec<_>, Vec<_>) =
            ended.iter().partition(|one| left.contains(&one.id));
        let disabled = self.disable(&recorded, &failing);
        Ok((left.into_iter().cloned().collect(), disabled))
    }

    fn claim(&self, in_flight: &[(EndpointId, u32)], room: u32) -> Result<Vec<Claimed>, Trouble> {
        if room == 0 {
            return Ok(Vec::new());
        }
        self.check_key()?;
        let now = self.clock.now();
        let claim = Claim {
            now,
            until: now.saturating_add(self.limits.lease),
            in_flight,
            per_endpoint: self.limits.per_endpoint,
            most: room,
        };
        self.outgoing.claim(&claim).map_err(Trouble::NotClaimed)
    }

    /// What cannot be signed is not claimed: no delivery is to go through its schedule because somebody
    /// has sealed the secrets anew and not yet started this server again.
    fn check_key(&self) -> Result<(), Trouble> {
        let under = self.sealed.sealed_under().map_err(Trouble::NotClaimed)?;
        match under {
            Some(under) if under != self.key => Err(Trouble::OtherKey),
            _ => Ok(()),
        }
    }

    /// One attempt that the store will never take must not keep all others from being recorded: where
    /// trying again does not help, each is recorded by itself, and what fails by itself is left to its
    /// lease.
    fn record(&self, ended: &[Attempted]) -> Result<Recorded, StoreError> {
        match (self.outgoing.record(ended), ended) {
            (Err(StoreError::Failed(_)), [_, _, ..]) => {
                let mut all = Recorded::default();
                for attempted in ended {
                    let one = self.record(slice::from_ref(attempted))?;
                    all.failing.extend(one.failing);
                    all.left.extend(one.left);
                }
                Ok(all)
            }
            (Err(error @ StoreError::Failed(_)), [attempted]) => {
                let (delivery, cause) = (attempted.id, chain(&error));
                tracing::error!(%delivery, error = cause, "an attempt cannot be recorded: it will be made again");
                Ok(Recorded::default())
            }
            (recorded, _) => recorded,
        }
    }

    fn disable(&self, ended: &[&Attempted], failing: &[(EndpointId, Instant)]) -> Vec<EndpointId> {
        let now = self.clock.now();
        let mut disabled = Vec::new();
        let gone = ended.iter().filter(|attempted| attempted.settled.gone);
        let gone: BTreeMap<_, _> = gone.map(|gone| (gone.endpoint, gone.org)).collect();
        for (id, org) in gone {
            let target = Target { org: Some(org), id };
            disabled.extend(told(id, self.endpoints.disable_gone(target)));
        }
        for (endpoint, since) in failing {
            if now.since(*since) >= FAILING_FOR {
                disabled.extend(told(*endpoint, self.endpoints.disable_failing(*endpoint)));
            }
        }
        disabled
    }
}

/// Answers the endpoint if it is disabled or gone. One that is not is disabled at its next failure.
fn told(
    endpoint: EndpointId,
    disabled: Result<Endpoint, WriteError<NoSuchEndpoint>>,
) -> Option<EndpointId> {
    match disabled {
        Ok(Endpoint {
            enabled: false,
            disabled_because: Some(because),
            ..
        }) => {
            let because = because.as_str();
            tracing::warn!(%endpoint, because, "an endpoint is disabled");
            Some(endpoint)
        }
        // People have disabled it, or enabled it again, or deleted it.
        Ok(Endpoint { enabled, .. }) => (!enabled).then_some(endpoint),
        Err(WriteError::Refused(NoSuchEndpoint)) => Some(endpoint),
        Err(WriteError::Store(error)) => {
            let error = chain(&error);
            tracing::error!(%endpoint, error, "an endpoint was not disabled");
            None
        }
    }
}
