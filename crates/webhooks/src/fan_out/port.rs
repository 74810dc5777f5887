//! The port to wherever events wait and deliveries are stored.

use std::collections::BTreeMap;

use org_kernel::StoreError;
use org_kernel::id::{DeliveryId, EndpointId, EventId, OrgId};
use org_kernel::instant::Instant;

use crate::delivery::Headers;
use crate::endpoint_store::StoredSecret;

/// Stores deliveries of events. Every method blocks until the store has answered.
pub trait FanOutStore: Send + Sync {
    /// The organizations that have events which were not dispatched.
    fn backlog(&self) -> Result<Vec<OrgId>, StoreError>;

    /// Gives the events of many organizations their positions at once, where there is nothing else to do:
    /// of each of `orgs` up to `most`, the oldest of those that are committed, if nobody hears of any of
    /// these. Organizations that another worker is at are passed by.
    fn place_unheard(&self, orgs: &[OrgId], most: u32) -> Result<Placed, StoreError>;

    /// Dispatches up to `most` of one organization's events, the oldest of those that are committed: stores
    /// what `deliver` makes of them, and gives them the next positions of the organization's feed, in the
    /// order of their ids, in one transaction.
    ///
    /// While one worker is at an organization's events, another one gets `None` at once. A store that has
    /// to begin a transaction again calls `deliver` again.
    fn fan_out(
        &self,
        org: OrgId,
        most: BatchSize,
        deliver: &mut Deliver<'_>,
    ) -> Result<Option<FannedOut>, StoreError>;
}

/// What came of events that nobody hears of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Placed {
    /// How many events have a position now.
    pub events: u32,
    /// The organizations with events that somebody hears of, which are yet to be dispatched, by id.
    pub heard: Vec<OrgId>,
}

/// How much one transaction dispatches at the most.
///
/// Events alone are no measure: each of them may be heard of by any number of endpoints.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BatchSize {
    /// How many events.
    pub events: u32,
    /// How many deliveries, as many as endpoints have heard of all events together. The oldest event is
    /// dispatched even if it alone makes more.
    pub deliveries: u32,
}

/// Makes the deliveries of a batch.
pub type Deliver<'a> = dyn FnMut(&Batch) -> Vec<NewDelivery> + 'a;

/// Some events of one organization.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Batch {
    /// The events, in the order of their ids.
    pub events: Vec<Undelivered>,
    /// The secrets of all endpoints that any of the events go to, the newest first, whether or not they
    /// have ended. An endpoint without any is there as well. Endpoints that were deleted are not, and
    /// cannot be deleted before the deliveries are stored.
    pub secrets: BTreeMap<EndpointId, Vec<StoredSecret>>,
}

/// An event that was not dispatched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undelivered {
    /// Its id.
    pub id: EventId,
    /// Its type.
    pub event_type: String,
    /// Its exact bytes.
    pub payload: String,
    /// The endpoints that were enabled and subscribed when it was told; some may be deleted since.
    pub endpoints: Vec<EndpointId>,
}

/// A delivery of an event, with no attempt yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewDelivery {
    /// Its id.
    pub id: DeliveryId,
    /// Where it goes.
    pub endpoint: EndpointId,
    /// What it tells of.
    pub event: EventId,
    /// The event's type.
    pub event_type: String,
    /// The headers as it is signed now; none where it cannot be.
    pub headers: Headers,
    /// When it is to be sent, if it is.
    pub due_at: Option<Instant>,
    /// When it was made.
    pub created_at: Instant,
}

/// How much was dispatched.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FannedOut {
    /// How many events have a position now.
    pub events: u32,
    /// How many deliveries were stored.
    pub deliveries: u32,
}
