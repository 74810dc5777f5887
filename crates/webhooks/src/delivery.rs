//! A delivery: one event on its way to one endpoint, and what came of each attempt.
//!
//! A delivery begins `PENDING`. Each attempt [settles](settle) it: it is `DELIVERED`, or `FAILED` and to
//! be tried again, or, after the last attempt of the schedule, `EXHAUSTED`. Whoever resends it begins the
//! schedule again; its attempts go on being counted. A test is `SIMULATED` and never sent.

mod attempt;
mod settled;
mod status;

use std::collections::BTreeMap;

use org_kernel::id::{DeliveryId, EndpointId, EventId, OrgId};
use org_kernel::instant::Instant;

pub use attempt::{Attempt, INTERRUPTED, LONGEST_ANSWER, Outcome};
pub use settled::{Settled, settle};
pub use status::DeliveryStatus;

/// The headers that a message is signed with, by their names.
pub type Headers = BTreeMap<String, String>;

/// A delivery as the log lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// Its id.
    pub id: DeliveryId,
    /// The organization that it is of.
    pub org: OrgId,
    /// Where it goes.
    pub endpoint: EndpointId,
    /// The `webhook-id` of every attempt: the event's id; of a test, an id of its own.
    pub message: EventId,
    /// The event's type, or `webhook.test`.
    pub event_type: String,
    /// How far it has come.
    pub status: DeliveryStatus,
    /// How many attempts were begun since it was made.
    pub attempts: u32,
    /// How many have failed since it was made or last resent: its place in the schedule.
    pub failures: u32,
    /// When the next attempt is due; while one is being made, when that is given up. None where no
    /// further attempt is to be made.
    pub due_at: Option<Instant>,
    /// When it was delivered, if that is its status.
    pub delivered_at: Option<Instant>,
    /// When it was made.
    pub created_at: Instant,
    /// When something was last done with it.
    pub updated_at: Instant,
}

/// A delivery with all that is known of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeliveryDetail {
    /// The delivery.
    pub delivery: Delivery,
    /// The exact bytes that are sent.
    pub payload: String,
    /// The headers as it was last signed.
    pub headers: Headers,
    /// What came of each attempt, the first one first. One that is being made is not among them.
    pub attempts: Vec<Attempt>,
}
