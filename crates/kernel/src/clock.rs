//! The time, injected: rules never ask the system for it.

use std::sync::Mutex;

use time::{Duration, OffsetDateTime};

use crate::instant::Instant;

/// Tells the time.
pub trait Clock: Send + Sync {
    /// The present instant, to the millisecond.
    fn now(&self) -> Instant;
}

/// The machine's own clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the one place that asks the system"
    )]
    fn now(&self) -> Instant {
        Instant::from(OffsetDateTime::now_utc())
    }
}

/// A clock that stands still until it is moved, for tests and for reproducible data.
#[derive(Debug)]
pub struct FrozenClock(Mutex<Instant>);

impl FrozenClock {
    /// A clock that shows `instant`.
    pub fn at(instant: Instant) -> Self {
        Self(Mutex::new(instant))
    }

    /// Moves the clock forward (or, with a negative duration, back).
    ///
    /// # Panics
    /// When the result is outside the years 1 to 9999, or another thread panicked while moving it.
    pub fn advance(&self, by: Duration) {
        let mut shown = self.0.lock().expect("the frozen clock is not poisoned");
        *shown = shown
            .checked_add(by)
            .expect("the frozen clock stays in range");
    }
}

impl Clock for FrozenClock {
    fn now(&self) -> Instant {
        *self.0.lock().expect("the frozen clock is not poisoned")
    }
}
