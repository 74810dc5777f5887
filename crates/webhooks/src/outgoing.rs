//! The port to deliveries that are due, for whoever sends them.
//!
//! Nothing here sends. A sender claims deliveries, which are then nobody else's until the lease ends,
//! makes one attempt at each with no transaction open, and records what came of it. A sender that dies
//! in between loses its lease: what it had claimed is claimed again, and the log says of the attempt
//! before that nobody knows its answer.

use org_kernel::StoreError;
use org_kernel::id::{DeliveryId, EndpointId, EventId, OrgId};
use org_kernel::instant::Instant;

use crate::delivery::{Attempt, Headers, Settled};
use crate::endpoint::EndpointUrl;
use crate::endpoint_store::StoredSecret;

/// Hands out deliveries that are due. Every method blocks until the store has answered.
pub trait Outgoing: Send + Sync {
    /// Claims deliveries of enabled endpoints that are due, and begins an attempt at each.
    ///
    /// Each endpoint gets the longest due first. Where one was claimed before and never recorded, the
    /// attempt before is logged as [interrupted](crate::delivery::INTERRUPTED), which does not move it
    /// in its schedule. What somebody else is claiming is passed over.
    fn claim(&self, claim: &Claim<'_>) -> Result<Vec<Claimed>, StoreError>;

    /// Logs attempts, and settles each delivery unless it was claimed again since: then what comes of
    /// the later attempt counts. A delivery that is gone is passed over, and so is what was recorded
    /// before. What was resent meanwhile waits for the attempt that was wanted.
    ///
    /// An endpoint that a success is recorded of has not failed since; one that a failure is recorded
    /// of has failed at least since then. What is the sender's own doing is no failure of the endpoint's.
    ///
    /// Waits for nobody: where somebody else holds a delivery, or an endpoint of which something changes,
    /// its attempts are left, and the others are recorded.
    fn record(&self, attempted: &[Attempted]) -> Result<Recorded, StoreError>;
}

/// What was recorded, and what was not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Recorded {
    /// Since when each endpoint of which a failure was recorded has been failing.
    pub failing: Vec<(EndpointId, Instant)>,
    /// The deliveries, each once, of which nothing was recorded because somebody else is at them or at
    /// their endpoints. Whoever has attempted them records them again later.
    pub left: Vec<DeliveryId>,
}

/// What a sender can take.
#[derive(Clone, Copy, Debug)]
pub struct Claim<'a> {
    /// What is due at this time and before.
    pub now: Instant,
    /// When the lease ends.
    pub until: Instant,
    /// How many attempts the sender is making at each endpoint; of those that are not named, none.
    pub in_flight: &'a [(EndpointId, u32)],
    /// How many it makes at one endpoint at the most.
    pub per_endpoint: u32,
    /// How many deliveries it takes at the most.
    pub most: u32,
}

/// A delivery that is its sender's for as long as the lease lasts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claimed {
    /// The organization that it is of.
    pub org: OrgId,
    /// Its id.
    pub id: DeliveryId,
    /// Where it goes.
    pub endpoint: EndpointId,
    /// The endpoint's URL as it is now.
    pub url: EndpointUrl,
    /// The `webhook-id`.
    pub message: EventId,
    /// The exact bytes to send.
    pub payload: String,
    /// The number of the attempt.
    pub number: u32,
    /// Its place in the schedule.
    pub failures: u32,
    /// The secrets of the endpoint, the newest first, whether or not they have ended.
    pub secrets: Vec<StoredSecret>,
}

/// An attempt that has ended, and what it makes of its delivery.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attempted {
    /// The organization that the delivery is of.
    pub org: OrgId,
    /// The delivery.
    pub id: DeliveryId,
    /// Where it goes.
    pub endpoint: EndpointId,
    /// The headers that it was sent with; none where it could not be signed.
    pub headers: Option<Headers>,
    /// The attempt.
    pub attempt: Attempt,
    /// When it ended.
    pub ended_at: Instant,
    /// What the delivery is now.
    pub settled: Settled,
    /// Whose doing it is.
    pub doing: Doing,
}

/// Whose doing it is that an attempt ended as it did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doing {
    /// The receiver's, or its address's.
    Receiver,
    /// The sender's own: nothing was sent, or nobody knows what. It says nothing of the endpoint.
    Sender,
}
