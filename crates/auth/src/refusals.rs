//! Requests that were refused, those to sign in included, on their way to the audit trail.
//!
//! A refusal is noted in memory and stored a moment later, many at a time: whoever tries keys makes
//! no request wait for the store, and a store that is away fails no answer. Memory is bounded, and so
//! is each key's share of it; what finds no room is counted, so that it can be told of. What is noted and not yet stored is lost when
//! the process is killed.

#[cfg(any(test, feature = "contract"))]
pub mod contract;
#[cfg(any(test, feature = "fakes"))]
mod in_memory;
mod queue;
mod request;
#[cfg(test)]
mod tests;

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use org_kernel::StoreError;
use org_kernel::instant::Instant;
use time::Duration;

use self::queue::Queue;
pub use request::RefusedRequest;

/// For how long refused requests stay in the trail.
pub const KEPT_FOR: Duration = Duration::days(90);

/// How many are stored at a time.
const BATCH: usize = 500;

/// Stores refused requests in the audit trail: those of an organization in its own, the others in
/// that of nobody. Each method blocks until the store has answered.
///
/// What is promised here is tested by the suite in `contract`, which every adapter runs.
pub trait RefusalLog: Send + Sync {
    /// Adds refused requests to the trail. One that is there already is left as it is, so that a
    /// batch may be sent again; one of an organization that does not exist is passed over.
    fn append(&self, refused: &[RefusedRequest]) -> Result<(), StoreError>;

    /// Forgets at most `most` refused requests from before `before`, and says how many it forgot.
    /// Nothing else in the trail is touched.
    fn forget_before(&self, before: Instant, most: u32) -> Result<u32, StoreError>;
}

/// The refused requests that are not stored yet.
#[derive(Debug, Default)]
pub struct Refusals {
    queue: Mutex<Queue>,
    lost: AtomicU64,
}

impl Refusals {
    /// Notes that a request was refused; when too many wait, of all or of its key, that one more was
    /// lost.
    pub fn note(&self, refused: RefusedRequest) {
        if !self.queue().push(refused) {
            self.lost.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// Stores what waits by now, and answers how many that were. What is noted meanwhile is for the
    /// next time: otherwise whoever is refused fast enough would keep it from coming to an end.
    ///
    /// It blocks while the store works, but no lock is held meanwhile, and refusals go on being
    /// noted. When the store fails, those that it did not take wait still, in their order.
    pub fn flush(&self, log: &dyn RefusalLog) -> Result<usize, StoreError> {
        let waiting = self.queue().len();
        let mut stored = 0;
        while stored < waiting {
            let batch = self.queue().take(BATCH.min(waiting - stored));
            if batch.is_empty() {
                // Somebody else stores at the same time.
                break;
            }
            if let Err(failure) = log.append(&batch) {
                self.queue().put_back(batch);
                return Err(failure);
            }
            stored += batch.len();
        }
        Ok(stored)
    }

    /// How many were lost since this was last asked.
    pub fn take_lost(&self) -> u64 {
        self.lost.swap(0, Ordering::Relaxed)
    }

    /// Nobody panics while holding the lock between two states of the queue.
    fn queue(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
