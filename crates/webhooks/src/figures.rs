//! The port to figures of deliveries: how many there were, and what became of them.

use std::collections::BTreeMap;
use std::ops::Add;

use org_kernel::StoreError;
use org_kernel::hour::Hour;
use org_kernel::id::{EndpointId, OrgId};
use org_kernel::instant::Instant;

/// Counts deliveries. Every method blocks until the store has answered, and none counts tests, which are
/// never sent.
pub trait DeliveryFigures: Send + Sync {
    /// The deliveries of an organization that were made from an hour on, by the hour in which they were
    /// made and by what has become of them until now; the first hour first, and none without a delivery.
    ///
    /// It reads those deliveries alone, however long the log is.
    fn by_hour(&self, org: OrgId, since: Hour) -> Result<Vec<(Hour, Deliveries)>, StoreError>;

    /// When the newest delivery to each of these endpoints of an organization was made; without those that
    /// have none, or are another's.
    fn newest(
        &self,
        org: OrgId,
        endpoints: &[EndpointId],
    ) -> Result<BTreeMap<EndpointId, Instant>, StoreError>;
}

/// So many deliveries, by their status.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Deliveries {
    /// Those that the receiver has.
    pub delivered: u64,
    /// Those that nobody has answered yet.
    pub pending: u64,
    /// Those whose last attempt failed, and which are tried again.
    pub failed: u64,
    /// Those that are not tried any more.
    pub exhausted: u64,
}

impl Deliveries {
    /// All of them.
    pub fn total(&self) -> u64 {
        self.delivered + self.pending + self.failed + self.exhausted
    }
}

impl Add for Deliveries {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            delivered: self.delivered + other.delivered,
            pending: self.pending + other.pending,
            failed: self.failed + other.failed,
            exhausted: self.exhausted + other.exhausted,
        }
    }
}
