//! How long a caller goes on waiting for a connection that answers.

use std::time::{Duration, Instant};

/// A time until which it is tried again.
#[derive(Debug)]
pub(crate) struct Patience {
    until: Instant,
}

impl Patience {
    /// So long from now on.
    pub(super) fn of(wait: Duration) -> Self {
        Self {
            until: Instant::now() + wait,
        }
    }

    /// What is left of it; nothing once it is over.
    pub(super) fn left(&self) -> Duration {
        self.until.saturating_duration_since(Instant::now())
    }

    /// True when nothing is left.
    pub(crate) fn is_over(&self) -> bool {
        self.left().is_zero()
    }
}
