//! Sending again what was made since a time, and saying before how much that is.

use org_kernel::audit::{Change, Entry, Origin};
use org_kernel::instant::Instant;
use org_kernel::{StoreError, WriteError};
use uuid::Uuid;

use super::Deliveries;
use crate::delivery_log::{NotReplayed, Replay, ReplayCount};
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

/// Which deliveries are to be sent again.
#[derive(Clone, Copy, Debug)]
pub struct ReplayRequest {
    /// Those to this endpoint.
    pub endpoint: Target,
    /// Those that were made at this time or later.
    pub since: Instant,
    /// Those that were made before this time; without it, or where it is yet to come, before now.
    pub until: Option<Instant>,
    /// By which it is begun once, however often it is asked for; without it, each time.
    pub id: Option<Uuid>,
}

/// Why deliveries were not sent again, or not all of them.
#[derive(Debug, thiserror::Error)]
pub enum ReplayError {
    /// The endpoint does not exist, or does no longer, or is another organization's.
    #[error("there is no such endpoint")]
    NoSuchEndpoint,
    /// It was asked for before, under the same id. That may have been stopped before its end.
    #[error("this replay was begun already")]
    BegunAlready,
    /// The store did not go on, when so many were due, the oldest of all. It can be done again.
    #[error("the replay stopped when {due} deliveries were due")]
    Stopped {
        /// How many are due.
        due: u64,
        /// Why it did not go on.
        #[source]
        cause: StoreError,
    },
}

impl ReplayError {
    fn after(due: u64, error: WriteError<NotReplayed>) -> Self {
        match error {
            WriteError::Refused(NotReplayed::NoSuchEndpoint) => Self::NoSuchEndpoint,
            WriteError::Refused(NotReplayed::BegunAlready) => Self::BegunAlready,
            WriteError::Store(cause) => Self::Stopped { due, cause },
        }
    }
}

impl Deliveries {
    /// How many deliveries [`replay`](Self::replay) would have sent again that were made from the one time
    /// on and before the other.
    pub fn replayable(
        &self,
        target: impl Into<Target>,
        since: Instant,
        until: Instant,
    ) -> Result<Replayable, WriteError<NoSuchEndpoint>> {
        let counted = self.log.count_replay(&ReplayCount {
            endpoint: target.into(),
            since,
            until,
            most: COUNTED + 1,
        })?;
        Ok(if counted > COUNTED {
            Replayable::Many
        } else {
            Replayable::Exactly(counted)
        })
    }

    /// Has everything sent again that a request asks for, whatever became of it, each under the same
    /// `webhook-id`; answers how many deliveries that is.
    ///
    /// It is done in parts, the oldest deliveries first, and told with the first part: where it fails, some
    /// may be due and some not, and it can be done again under another id.
    pub fn replay(&self, request: &ReplayRequest, origin: &Origin) -> Result<u64, ReplayError> {
        let (endpoint, since, now) = (request.endpoint, request.since, self.clock.now());
        let until = request.until.map_or(now, |until| until.min(now));
        let id = request.id.unwrap_or_else(|| self.ids.uuid());
        let replayed = Change::new(id, now, "webhook_endpoint.replayed", endpoint.id)
            .with("since", since.to_string())
            .with("until", until.to_string());
        let entry = Entry::of(replayed, origin);
        let mut replay = Replay {
            endpoint,
            since,
            until,
            now,
            after: None,
            most: PART,
            entry: Some(&entry),
        };
        let mut due = 0;
        loop {
            let part = self.log.replay(&replay);
            let part = part.map_err(|error| ReplayError::after(due, error))?;
            due += u64::from(part.deliveries);
            if part.last.is_none() {
                return Ok(due);
            }
            // To send the same again and again would be the receiver's loss.
            if part.last == replay.after {
                let cause = StoreError::failed("the replay does not get on");
                return Err(ReplayError::Stopped { due, cause });
            }
            (replay.after, replay.entry) = (part.last, None);
        }
    }
}
