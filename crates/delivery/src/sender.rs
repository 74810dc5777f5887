//! The sender: takes deliveries that are due, makes one attempt at each, and has it recorded.
//!
//! One task is at the desk, and one more for each attempt that is being made. At the desk a turn is
//! taken whenever an attempt has ended, somebody rings, or a second is over: what has ended is recorded,
//! the endpoints that it shows to be gone or broken are disabled, and as many deliveries are claimed as
//! there are free slots, in one visit to a thread that may block. No transaction is open while anything
//! is posted.
//!
//! What is promised:
//!
//! - One endpoint never has more than its share of the slots, so a receiver that hangs keeps its own
//!   deliveries waiting and nobody else's. One that has done nothing but fail lately has a single slot
//!   until it succeeds.
//! - No attempt outlives its lease, so that of two servers one is at a delivery, as long as their clocks
//!   differ by less than a lease is longer than a [`Post`]: each goes by its own.
//! - While the store does not answer, what has ended is kept and nothing is claimed. So there is never
//!   more on hand than there are slots, and what was kept is recorded once the store is back.
//! - What cannot be recorded because somebody holds its delivery or its endpoint is kept, too, and takes
//!   a slot until it is; all else is recorded and claimed meanwhile.
//! - While secrets are sealed under another master key than the sender's, nothing is claimed.
//! - An attempt that panics is recorded as one that failed. Left to its lease, it would not move on in
//!   its schedule, and would be made and panic every half a minute for ever.
//! - Whoever stops it waits until the attempts that are being made have ended and are recorded. If the
//!   store does not answer then, or the process dies, the leases end, and what was claimed is sent again:
//!   a receiver gets everything at least once, and some of it twice.

mod attempt;
mod begun;
mod desk;
mod failing;
mod post;
mod slots;
#[cfg(test)]
mod tests;
mod turns;

use std::sync::Arc;

use org_kernel::clock::Clock;
use org_kernel::entropy::Entropy;
use org_webhooks::endpoints::Endpoints;
use org_webhooks::outgoing::Outgoing;
use org_webhooks::sealed_secrets::SealedSecrets;
use org_webhooks::sealing::MasterKey;
use tokio::sync::{Notify, watch};
use tokio::task::JoinHandle;

pub use post::Post;

use attempt::Workshop;
use desk::Desk;
use slots::Slots;
use turns::Turns;

/// How much is sent at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SenderLimits {
    /// The most attempts at one endpoint at once.
    pub per_endpoint: u32,
    /// The most attempts at once.
    pub in_all: u32,
    /// How long a delivery is the sender's once it is claimed. No attempt takes longer; it should be
    /// longer than a [`Post`] takes at the most, by what it takes to claim and to record.
    pub lease: time::Duration,
}

impl Default for SenderLimits {
    fn default() -> Self {
        Self {
            per_endpoint: 8,
            in_all: 1024,
            lease: time::Duration::seconds(30),
        }
    }
}

/// What a sender stands on.
#[derive(Clone)]
pub struct Ground {
    /// Where deliveries wait.
    pub outgoing: Arc<dyn Outgoing>,
    /// The endpoints, of which those that are gone or broken are disabled.
    pub endpoints: Arc<Endpoints>,
    /// Tells whether the master key is the one that secrets are sealed under.
    pub sealed: Arc<dyn SealedSecrets>,
    /// Opens the secrets that are signed with.
    pub master_key: Arc<MasterKey>,
    /// Tells what is due.
    pub clock: Arc<dyn Clock>,
    /// Spreads what is tried again.
    pub entropy: Arc<dyn Entropy>,
    /// Whoever has made something due notifies one who waits; nothing is lost if nobody does but a
    /// second.
    pub bell: Arc<Notify>,
}

/// A sender at work. Dropped without being [stopped](Self::stop), it ends in the same way, but nobody
/// waits for it.
#[derive(Debug)]
pub struct Sender {
    stop: watch::Sender<bool>,
    turns: JoinHandle<()>,
}

impl Sender {
    /// Begins to send, in a task of the runtime that this is called in.
    ///
    /// # Panics
    /// When it is called in no runtime of Tokio's.
    pub fn start(poster: impl Post, ground: Ground, limits: SenderLimits) -> Self {
        let (stop, stopped) = watch::channel(false);
        let desk = Desk {
            outgoing: ground.outgoing,
            endpoints: ground.endpoints,
            sealed: ground.sealed,
            key: ground.master_key.id().to_owned(),
            clock: Arc::clone(&ground.clock),
            limits,
        };
        let workshop = Workshop {
            poster,
            master_key: ground.master_key,
            clock: ground.clock,
            entropy: ground.entropy,
        };
        let slots = Slots::new(limits.in_all, limits.per_endpoint);
        let turns = Turns::new(desk, workshop, slots, ground.bell, stopped);
        Self {
            stop,
            turns: tokio::spawn(turns.take()),
        }
    }

    /// Claims nothing more, and waits until what is being sent has ended and is recorded: for one lease
    /// and a few seconds at the most. Whoever waits no longer leaves what is being sent to its leases.
    pub async fn stop(self) {
        self.stop.send_replace(true);
        if let Err(error) = self.turns.await {
            tracing::error!(%error, "the sender of deliveries ended before it was stopped");
        }
    }
}
