//! Sending again what was made since a time, and saying before how much that is.

use org_kernel::audit::{Entry, Origin};
use org_kernel::instant::Instant;
use org_kernel::{StoreError, WriteError};

use super::Deliveries;
use crate::delivery_log::{Replay, ReplayCount};
use crate::endpoint_store::{NoSuchEndpoint, Target};

/// How many deliveries one transaction of a replay makes due.
pub(super) const PART: u32 = 1000;

/// How far the deliveries of a replay are counted, so that to count them is quick.
pub const COUNTED: u32 = 100_000;

/// How many deliveries a replay would have sent again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Replayable {
    /// As many as this, which is [`COUNTED`] at the most.
    Exactly(u32),
    /// More than [`COUNTED`].
    Many,
}

impl Deliveries {
    /// How many deliveries [`replay`](Self::replay) would have sent again now.
    pub fn replayable(
        &self,
        target: impl Into<Target>,
        since: Instant,
    ) -> Result<Replayable, WriteError<NoSuchEndpoint>> {
        let counted = self.log.count_replay(&ReplayCount {
            endpoint: target.into(),
            since,
            now: self.clock.now(),
            most: COUNTED + 1,
        })?;
        Ok(if counted > COUNTED {
            Replayable::Many
        } else {
            Replayable::Exactly(counted)
        })
    }

    /// Has everything sent again that was made for an endpoint since a time, whatever became of it, each
    /// under the same `webhook-id`; answers how many deliveries that is.
    ///
    /// It is done in parts: where it fails, some may be due and some not, and it can be done again.
    pub fn replay(
        &self,
        target: impl Into<Target>,
        since: Instant,
        origin: &Origin,
    ) -> Result<u64, WriteError<NoSuchEndpoint>> {
        let (target, now) = (target.into(), self.clock.now());
        let replayed = self.change(now, "webhook_endpoint.replayed", target.id);
        let entry = Entry::of(replayed.with("since", since.to_string()), origin);
        let mut replay = Replay {
            endpoint: target,
            since,
            now,
            after: None,
            most: PART,
            entry: Some(&entry),
        };
        let mut deliveries = 0;
        loop {
            let part = self.log.replay(&replay)?;
            deliveries += u64::from(part.deliveries);
            if part.last.is_none() {
                return Ok(deliveries);
            }
            // To send the same again and again would be the receiver's loss.
            if part.last == replay.after {
                return Err(StoreError::failed("the replay does not get on").into());
            }
            (replay.after, replay.entry) = (part.last, None);
        }
    }
}
