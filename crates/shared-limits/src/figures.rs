//! What can be told of it.

use std::sync::atomic::{AtomicU64, Ordering};

/// Since the server started.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// Requests and failed attempts that were counted in Redis.
    pub shared: u64,
    /// Those that a server had to count by itself.
    pub fallbacks: u64,
    /// Whether Redis is away now, as far as anybody has noticed.
    pub away: bool,
}

#[derive(Debug, Default)]
pub(crate) struct Counters {
    shared: AtomicU64,
    fallbacks: AtomicU64,
}

impl Counters {
    pub(crate) fn count(&self, shared: bool) {
        let counter = if shared {
            &self.shared
        } else {
            &self.fallbacks
        };
        counter.fetch_add(1, Ordering::Relaxed);
    }

    pub(crate) fn figures(&self, away: bool) -> Figures {
        Figures {
            shared: self.shared.load(Ordering::Relaxed),
            fallbacks: self.fallbacks.load(Ordering::Relaxed),
            away,
        }
    }
}
