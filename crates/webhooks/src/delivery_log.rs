//! The port to the delivery log.

use org_kernel::audit::Entry;
use org_kernel::id::{DeliveryId, EndpointId, OrgId};
use org_kernel::instant::Instant;
use org_kernel::{StoreError, WriteError};

use crate::delivery::{Delivery, DeliveryDetail, DeliveryStatus, Headers};
use crate::endpoint_store::{NoSuchEndpoint, Target};

/// Stores what becomes of deliveries. Every method blocks until the store has answered; each that writes
/// is one transaction, with its entry in the audit trail, or nothing.
pub trait DeliveryLog: Send + Sync {
    /// Deliveries of an organization in the order of their making (then of their ids), or in that order
    /// reversed; none for an organization or an endpoint that does not exist.
    fn deliveries(&self, query: &DeliveryQuery) -> Result<Vec<Delivery>, StoreError>;

    /// The same, each with what is sent.
    fn signed_deliveries(&self, query: &DeliveryQuery) -> Result<Vec<SignedDelivery>, StoreError>;

    /// One delivery with all that is known of it.
    fn delivery(&self, target: DeliveryTarget) -> Result<Option<DeliveryDetail>, StoreError>;

    /// Stores a test, which is no event's; its status is `SIMULATED`.
    fn insert_test(
        &self,
        test: &SignedDelivery,
        entry: &Entry,
    ) -> Result<(), WriteError<NoSuchEndpoint>>;

    /// Has a delivery sent again, whatever became of it: it is pending and due at `now`, and begins its
    /// schedule again. Of an attempt that is being made at it, what comes is logged (until it does, as
    /// [interrupted](crate::delivery::INTERRUPTED)), and settles nothing.
    fn resend(
        &self,
        target: DeliveryTarget,
        now: Instant,
        entry: &Entry,
    ) -> Result<Delivery, WriteError<NotResent>>;

    /// Has some of an endpoint's deliveries sent again, as [`resend`](Self::resend) does of one; its
    /// tests are passed over. Where the trail has the entry's id already, nothing is done: of two who
    /// replay under one id, also at once, one does.
    fn replay(&self, replay: &Replay<'_>) -> Result<Replayed, WriteError<NotReplayed>>;

    /// How many deliveries a replay would have sent again: all of them, or `most` where they are more.
    fn count_replay(&self, replay: &ReplayCount) -> Result<u32, WriteError<NoSuchEndpoint>>;

    /// Forgets deliveries that were made before a time, with their attempts, up to `most`; answers how
    /// many. What is still to be sent is kept, and what somebody else is writing is passed over.
    fn forget_deliveries_before(&self, before: Instant, most: u32) -> Result<u32, StoreError>;
}

/// Which delivery is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DeliveryTarget {
    /// The organization that it must be of; none for whoever runs the server.
    pub org: Option<OrgId>,
    /// Its id.
    pub id: DeliveryId,
}

impl From<DeliveryId> for DeliveryTarget {
    /// The delivery of whatever organization.
    fn from(id: DeliveryId) -> Self {
        Self { org: None, id }
    }
}

/// A place in the log: a delivery's time and id.
pub type Place = (Instant, DeliveryId);

/// In which order deliveries are read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// The first that was made comes first.
    #[default]
    OldestFirst,
    /// The last that was made comes first.
    NewestFirst,
}

/// Which deliveries are read.
#[derive(Clone, Debug)]
pub struct DeliveryQuery {
    /// Those of this organization.
    pub org: OrgId,
    /// Those to this endpoint alone.
    pub endpoint: Option<EndpointId>,
    /// Those of this status alone.
    pub status: Option<DeliveryStatus>,
    /// Those of this type alone, which may be `webhook.test`.
    pub event_type: Option<String>,
    /// Those that were made at this time or later.
    pub from: Option<Instant>,
    /// Those that were made before this time.
    pub until: Option<Instant>,
    /// In this order.
    pub order: Order,
    /// Those that come after this one in the order.
    pub after: Option<Place>,
    /// So many at the most.
    pub limit: u32,
}

/// A delivery with what is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedDelivery {
    /// The delivery.
    pub delivery: Delivery,
    /// The exact bytes that are sent; those of a test never are.
    pub payload: String,
    /// The headers as it was last signed.
    pub headers: Headers,
}

/// Some of an endpoint's deliveries, to be sent again.
#[derive(Clone, Copy, Debug)]
pub struct Replay<'a> {
    /// The endpoint.
    pub endpoint: Target,
    /// Those that were made at this time or later.
    pub since: Instant,
    /// Those that were made before this time.
    pub until: Instant,
    /// When they are due.
    pub now: Instant,
    /// Those that come after this one, the oldest being the first.
    pub after: Option<Place>,
    /// So many at the most.
    pub most: u32,
    /// What is told of it; a later part of one replay tells nothing.
    pub entry: Option<&'a Entry>,
}

/// Of which replay the deliveries are counted.
#[derive(Clone, Copy, Debug)]
pub struct ReplayCount {
    /// The endpoint.
    pub endpoint: Target,
    /// Those that were made at this time or later.
    pub since: Instant,
    /// Those that were made before this time.
    pub until: Instant,
    /// So many at the most.
    pub most: u32,
}

/// What became of a part of a replay.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Replayed {
    /// How many are due.
    pub deliveries: u32,
    /// The last of them; none when there is nothing after it.
    pub last: Option<Place>,
}

/// Why deliveries are not sent again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotReplayed {
    /// The endpoint does not exist, or does no longer, or is another organization's.
    #[error("there is no such endpoint")]
    NoSuchEndpoint,
    /// Somebody did it under the same id.
    #[error("this replay was begun already")]
    BegunAlready,
}

/// Why a delivery is not sent again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotResent {
    /// It does not exist, or does no longer, or is another organization's.
    #[error("there is no such delivery")]
    NoSuchDelivery,
    /// It is a test.
    #[error("a test is never sent")]
    Simulated,
}
