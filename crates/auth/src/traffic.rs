//! How much traffic each organization has, by the hour, and how fast it is answered.
//!
//! Requests are counted in memory as [`usage`](crate::usage) counts those of a key, and with the same
//! loss: what is counted and not yet stored is gone when the process is killed. How long they took is
//! kept as a [`Histogram`], which can be added up: of many requests, by many servers, over many hours.

#[cfg(any(test, feature = "contract"))]
pub mod contract;
mod histogram;
#[cfg(any(test, feature = "fakes"))]
mod in_memory;
#[cfg(test)]
mod tests;

use std::ops::AddAssign;
use std::time::Duration;

use org_kernel::StoreError;
use org_kernel::hour::Hour;
use org_kernel::id::OrgId;
use org_kernel::instant::Instant;

pub use histogram::Histogram;

use crate::counted::Counted;
use crate::usage::Outcome;

/// For how long hours are kept.
pub const KEPT_FOR: time::Duration = time::Duration::days(90);

/// What became of requests, and how long they took.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Traffic {
    /// Refused with a status from 400 to 499, but for 429.
    pub refused: u64,
    /// Failed with a status from 500 on.
    pub failed: u64,
    /// Refused with 429.
    pub limited: u64,
    /// How long each request took, whatever became of it.
    pub took: Histogram,
}

impl Traffic {
    /// One request.
    pub fn of(outcome: Outcome, took: Duration) -> Self {
        Self {
            refused: u64::from(outcome == Outcome::Refused),
            failed: u64::from(outcome == Outcome::Failed),
            limited: u64::from(outcome == Outcome::Limited),
            took: Histogram::of(took),
        }
    }

    /// All requests, those that were refused, failed or limited among them.
    pub fn requests(&self) -> u64 {
        self.took.total()
    }
}

impl AddAssign for Traffic {
    fn add_assign(&mut self, other: Self) {
        self.refused += other.refused;
        self.failed += other.failed;
        self.limited += other.limited;
        self.took += other.took;
    }
}

/// The traffic of one organization in one hour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OrgHour {
    /// Whose.
    pub org: OrgId,
    /// When.
    pub hour: Hour,
    /// How much.
    pub traffic: Traffic,
}

/// Stores the traffic of organizations. Every method blocks until the store has answered.
///
/// What is promised here is tested by the suite in `contract`, which every adapter runs.
pub trait TrafficStore: Send + Sync {
    /// Adds to what is stored, all of it or nothing.
    ///
    /// An organization stands in `hours` at most once for an hour; one that does not exist is passed over.
    fn add_traffic(&self, hours: &[OrgHour]) -> Result<(), StoreError>;

    /// The hours of one organization from `since` on that had traffic, the first one first.
    fn traffic(&self, org: OrgId, since: Hour) -> Result<Vec<(Hour, Traffic)>, StoreError>;

    /// Forgets at most `most` hours that began before `before`, whosever they are, and says how many it
    /// forgot.
    fn forget_traffic_before(&self, before: Instant, most: u32) -> Result<u32, StoreError>;
}

/// The requests that are not stored yet, only of organizations that exist.
#[derive(Debug, Default)]
pub struct TrafficNotes {
    hours: Counted<(OrgId, Hour), Traffic>,
}

impl TrafficNotes {
    /// Counts one request of an organization, which was answered at `at` after it `took` so long.
    pub fn note(&self, org: OrgId, at: Instant, outcome: Outcome, took: Duration) {
        self.hours
            .add((org, Hour::of(at)), Traffic::of(outcome, took));
    }

    /// Stores what was counted since the last time, and answers how many hours of organizations that was.
    ///
    /// It blocks while the store works, but no lock is held meanwhile, and requests go on being
    /// counted. When the store fails, they are counted still and go with the next batch.
    pub fn flush(&self, store: &dyn TrafficStore) -> Result<usize, StoreError> {
        let hour = |((org, hour), traffic)| OrgHour { org, hour, traffic };
        self.hours.flush(hour, |hours| store.add_traffic(hours))
    }
}
