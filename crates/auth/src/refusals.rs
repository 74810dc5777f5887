//! Requests that were refused, on their way to the audit trail.
//!
//! A refusal is noted in memory and stored a moment later, many at a time: whoever tries keys makes
//! no request wait for the store, and a store that is away fails no answer. Memory is bounded; what
//! finds no room is counted, so that it can be told of. What is noted and not yet stored is lost when
//! the process is killed.

#[cfg(any(test, feature = "contract"))]
pub mod contract;
#[cfg(any(test, feature = "fakes"))]
mod in_memory;
mod request;
#[cfg(test)]
mod tests;

use std::collections::VecDeque;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use org_kernel::StoreError;
use org_kernel::instant::Instant;
use time::Duration;

pub use request::RefusedRequest;

/// For how long refused requests stay in the trail.
pub const KEPT_FOR: Duration = Duration::days(90);

/// How many refused requests wait to be stored at one time, about 5 MB of them.
const CAPACITY: usize = 10_000;

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
    waiting: Mutex<VecDeque<RefusedRequest>>,
    lost: AtomicU64,
}

impl Refusals {
    /// Notes that a request was refused; when too many wait, that one more was lost.
    pub fn note(&self, refused: RefusedRequest) {
        let mut waiting = self.waiting();
        if waiting.len() < CAPACITY {
            waiting.push_back(refused);
        } else {
            self.lost.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// Stores what was noted since the last time, and answers how many that were.
    ///
    /// It blocks while the store works, but no lock is held meanwhile, and refusals go on being
    /// noted. When the store fails, those that it did not take wait still, in their order.
    pub fn flush(&self, log: &dyn RefusalLog) -> Result<usize, StoreError> {
        let mut stored = 0;
        loop {
            let batch = self.take();
            if batch.is_empty() {
                return Ok(stored);
            }
            if let Err(failure) = log.append(&batch) {
                self.put_back(batch);
                return Err(failure);
            }
            stored += batch.len();
        }
    }

    /// How many were lost since this was last asked.
    pub fn take_lost(&self) -> u64 {
        self.lost.swap(0, Ordering::Relaxed)
    }

    fn take(&self) -> Vec<RefusedRequest> {
        let mut waiting = self.waiting();
        let count = waiting.len().min(BATCH);
        waiting.drain(..count).collect()
    }

    /// They had room before, and have it again, though others may have taken it meanwhile.
    fn put_back(&self, batch: Vec<RefusedRequest>) {
        let mut waiting = self.waiting();
        for refused in batch.into_iter().rev() {
            waiting.push_front(refused);
        }
    }

    /// Nobody panics while holding the lock between two states of the queue.
    fn waiting(&self) -> MutexGuard<'_, VecDeque<RefusedRequest>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
