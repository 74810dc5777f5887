//! How much each key is used, by the day.
//!
//! Requests are counted in memory, and what was counted is added to what is stored, many keys at a
//! time: a read costs no write. What is counted and not yet stored is lost when the process is
//! killed; and when the connection is lost just as the store commits, nobody can say whether it did,
//! and that batch is added again. The figures are for people to see what is used, not for bills.

#[cfg(any(test, feature = "contract"))]
pub mod contract;
#[cfg(any(test, feature = "fakes"))]
mod in_memory;
mod tally;
#[cfg(test)]
mod tests;

use org_kernel::StoreError;
use org_kernel::id::{KeyId, OrgId};
use org_kernel::instant::Instant;
use time::Date;

pub use tally::{Outcome, Tally};

use crate::counted::Counted;
use crate::rate::Class;

/// What a key was used for on one day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeyDay {
    /// Which key.
    pub key: KeyId,
    /// The day, in UTC.
    pub day: Date,
    /// How much.
    pub tally: Tally,
}

/// Stores how much keys are used. Every method blocks until the store has answered.
///
/// What is promised here is tested by the suite in `contract`, which every adapter runs.
pub trait UsageStore: Send + Sync {
    /// Adds to what is stored, all of it or nothing.
    ///
    /// A key stands in `days` at most once for a day; a key that does not exist is passed over.
    fn add(&self, days: &[KeyDay]) -> Result<(), StoreError>;

    /// What is stored of the keys of one organization, of this day and later, in the order of the days,
    /// then of the keys.
    fn of(&self, org: OrgId, since: Date) -> Result<Vec<KeyDay>, StoreError>;

    /// What is stored of one key of an organization, of this day and later, in the order of the days.
    /// Days without a request are not there; nor is any, for a key of another organization.
    fn of_key(&self, org: OrgId, key: KeyId, since: Date) -> Result<Vec<KeyDay>, StoreError>;
}

/// The requests that are not stored yet, only of keys that exist.
#[derive(Debug, Default)]
pub struct Usage {
    days: Counted<(KeyId, Date), Tally>,
}

impl Usage {
    /// Counts one request with a valid key that was answered at this instant.
    pub fn note(&self, key: KeyId, at: Instant, class: Class, outcome: Outcome) {
        let day = at.to_utc().date();
        self.days.add((key, day), Tally::of(class, outcome));
    }

    /// Stores what was counted since the last time, and answers how many days of keys that was.
    ///
    /// It blocks while the store works, but no lock is held meanwhile, and requests go on being
    /// counted. When the store fails, they are counted still and go with the next batch.
    pub fn flush(&self, store: &dyn UsageStore) -> Result<usize, StoreError> {
        let day = |((key, day), tally)| KeyDay { key, day, tally };
        self.days.flush(day, |days| store.add(days))
    }
}
