//! What is forgotten once its time is over.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use org_auth::refusals::{self, RefusalLog};
use org_kernel::clock::Clock;
use org_kernel::idempotency::KeptAnswers;
use org_kernel::{StoreError, chain};
use org_store::Pg;

use crate::background::{Again, Last, Periodic};

/// How often there is a look for what is to be forgotten.
const LOOKED_FOR_EVERY: Duration = Duration::from_mins(1);

/// How many rows one transaction forgets: few enough to be in nobody's way.
const BATCH: u32 = 500;

/// How many transactions there are in a row; whoever wants to end waits for no more than these.
const BATCHES: u32 = 100;

/// Forgets what is too old, in small batches, from time to time.
pub(super) fn forget_in(store: Arc<Pg>, clock: Arc<dyn Clock>) -> io::Result<Periodic> {
    Periodic::start("forgetting", LOOKED_FOR_EVERY, Last::Skip, move || {
        let now = clock.now();
        let old = now.saturating_add(-refusals::KEPT_FOR);
        let refusals = in_batches(|| store.forget_before(old, BATCH));
        let answers = in_batches(|| store.forget_expired(now, BATCH));
        for (what, done) in [("old refusals", refusals), ("kept answers", answers)] {
            match done {
                Ok(rows) => tracing::debug!(rows, "{what} are forgotten"),
                Err(error) => {
                    tracing::warn!(error = chain(&error), "{what} wait to be forgotten");
                }
            }
        }
        Again::Yes
    })
}

/// Forgets until a batch finds less than it may, and says how much that was.
fn in_batches(forget: impl Fn() -> Result<u32, StoreError>) -> Result<u32, StoreError> {
    let mut forgotten = 0;
    for _ in 0..BATCHES {
        let batch = forget()?;
        forgotten += batch;
        if batch < BATCH {
            break;
        }
    }
    Ok(forgotten)
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    /// How many batches it takes to forget so many rows, and how many of them are forgotten.
    fn batches(rows: u32) -> (u32, u32) {
        let (left, taken) = (Cell::new(rows), Cell::new(0));
        let forgotten = in_batches(|| {
            let batch = left.get().min(BATCH);
            left.set(left.get() - batch);
            taken.set(taken.get() + 1);
            Ok(batch)
        });
        (taken.get(), forgotten.expect("forgotten"))
    }

    #[test]
    fn batches_follow_each_other_until_one_is_not_full_or_there_were_enough() {
        assert_eq!(batches(0), (1, 0));
        assert_eq!(batches(BATCH + 1), (2, BATCH + 1));
        assert_eq!(batches(u32::MAX), (BATCHES, BATCH * BATCHES));
    }
}
