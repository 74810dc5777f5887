//! Fan-out: every event becomes one delivery for each endpoint that heard of it.
//!
//! Which endpoints those are was decided when the event was told: whoever wrote it stored with it the
//! endpoints that were enabled and subscribed then. What is left to do here, by any number of workers on
//! any number of servers, is to sign, and to store the deliveries, once.
//!
//! A worker takes some of one organization's events at a time, the oldest first, while no other worker
//! is at that organization's; so an organization that has told of a hundred thousand events keeps no
//! other waiting for longer than one batch. In the same transaction the events get their positions in
//! the organization's feed.
//!
//! Most organizations' events nobody hears of. These get their positions together, in one transaction for
//! many organizations: one for each would cost more than the writes that told of them.
//!
//! No secret keeps an event waiting. The feed would stand still with it, and so would every other
//! endpoint; and the signature of now is for the log alone, because each attempt is signed when it is
//! made. So what cannot be signed is stored without headers, and whoever runs the server is told.

mod port;
mod round;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use org_kernel::clock::Clock;
use org_kernel::id_source::IdSource;

use crate::sealing::MasterKey;

pub use port::{
    Batch, BatchSize, Deliver, FanOutStore, FannedOut, NewDelivery, Placed, Undelivered,
};
pub use round::{Round, Unsigned};

/// What becomes of deliveries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeliveryMode {
    /// They are recorded, and nothing is sent.
    Record,
    /// They are sent.
    Live,
}

/// Makes deliveries of events. Every method that asks the store blocks.
pub struct FanOut {
    store: Arc<dyn FanOutStore>,
    clock: Arc<dyn Clock>,
    ids: Arc<dyn IdSource>,
    master_key: Option<Arc<MasterKey>>,
    mode: DeliveryMode,
}

impl FanOut {
    /// Without a master key, nothing is signed.
    pub fn new(
        store: Arc<dyn FanOutStore>,
        clock: Arc<dyn Clock>,
        ids: Arc<dyn IdSource>,
        master_key: Option<Arc<MasterKey>>,
        mode: DeliveryMode,
    ) -> Self {
        Self {
            store,
            clock,
            ids,
            master_key,
            mode,
        }
    }
}
