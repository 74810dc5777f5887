//! An attempt that was begun, and what it comes to.

use org_kernel::id::{DeliveryId, EndpointId, OrgId};
use org_kernel::instant::Instant;
use org_webhooks::delivery::{Attempt, Headers, Outcome, settle};
use org_webhooks::outgoing::{Attempted, Claimed, Doing};
use time::Duration;

/// What must be known of an attempt to say in the end what came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Begun {
    org: OrgId,
    delivery: DeliveryId,
    pub(super) endpoint: EndpointId,
    number: u32,
    failures: u32,
    pub(super) started_at: Instant,
}

/// How an attempt ended.
pub(super) struct Ending {
    /// The headers that it was sent with.
    pub(super) headers: Option<Headers>,
    pub(super) outcome: Outcome,
    pub(super) doing: Doing,
    pub(super) ended_at: Instant,
    /// Spreads the next attempt.
    pub(super) random: u16,
}

impl Begun {
    pub(super) fn of(claimed: &Claimed, started_at: Instant) -> Self {
        Self {
            org: claimed.org,
            delivery: claimed.id,
            endpoint: claimed.endpoint,
            number: claimed.number,
            failures: claimed.failures,
            started_at,
        }
    }

    pub(super) fn end(self, ending: Ending) -> Attempted {
        let Ending {
            headers,
            outcome,
            doing,
            ended_at,
            random,
        } = ending;
        let took = ended_at.since(self.started_at);
        Attempted {
            org: self.org,
            id: self.delivery,
            endpoint: self.endpoint,
            headers,
            settled: settle(self.failures, &outcome, ended_at, random),
            attempt: Attempt {
                number: self.number,
                started_at: self.started_at,
                // The machine's clock may have been set back.
                took: Some(took.max(Duration::ZERO)),
                outcome,
            },
            ended_at,
            doing,
        }
    }
}
