//! Totals that are remembered, each for one version of its collection.
//!
//! To count a list takes as long as the list is long. Whoever changes a collection changes its version,
//! in the same transaction, and whoever reads a page reads the version in the same snapshot as the rows.
//! So a total is used only where its version is that of the rows beside it: whichever server asks, and
//! however old the snapshot of a replica is.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use moka::sync::Cache;
use org_domain::history::PerformanceQuery;
use org_domain::productions::ProductionQuery;
use org_domain::repertoire::WorkQuery;
use org_kernel::id::OrgId;
use uuid::Uuid;

/// How many totals are remembered, of all organizations. Anybody who may search can invent filters, so
/// there is a bound, and one that is asked for again and again is not pushed out by many that are not.
const MOST: u64 = 4096;

/// What a total counts: the items of one collection that a query matches.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Counted {
    Performances(PerformanceQuery),
    Productions(ProductionQuery),
    Works(WorkQuery),
}

/// A total, as of one version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Known {
    pub(crate) version: Uuid,
    pub(crate) total: u64,
}

/// The totals that a store and its clones remember.
#[derive(Clone, Debug)]
pub(crate) struct Totals {
    known: Cache<(OrgId, Counted), Known>,
    figures: Arc<Counters>,
}

#[derive(Debug, Default)]
struct Counters {
    hits: AtomicU64,
    misses: AtomicU64,
}

/// How often a total was at hand, since the store was made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TotalsFigures {
    /// Pages whose total was remembered and of the right version.
    pub hits: u64,
    /// Pages whose list was counted, and whose total was remembered then.
    pub misses: u64,
    /// How many totals are remembered, about.
    pub entries: u64,
}

impl Default for Totals {
    fn default() -> Self {
        Self {
            known: Cache::new(MOST),
            figures: Arc::default(),
        }
    }
}

impl Totals {
    /// What was counted last, which may be of another version.
    pub(crate) fn get(&self, of: &(OrgId, Counted)) -> Option<Known> {
        self.known.get(of)
    }

    /// Notes that what was remembered was right.
    pub(crate) fn hit(&self) {
        self.figures.hits.fetch_add(1, Ordering::Relaxed);
    }

    /// Remembers what had to be counted.
    pub(crate) fn put(&self, of: (OrgId, Counted), known: Known) {
        self.figures.misses.fetch_add(1, Ordering::Relaxed);
        self.known.insert(of, known);
    }

    /// Forgets what cannot be used any more.
    pub(crate) fn forget(&self, of: &(OrgId, Counted)) {
        self.known.invalidate(of);
    }

    pub(crate) fn figures(&self) -> TotalsFigures {
        TotalsFigures {
            hits: self.figures.hits.load(Ordering::Relaxed),
            misses: self.figures.misses.load(Ordering::Relaxed),
            entries: self.known.entry_count(),
        }
    }
}
