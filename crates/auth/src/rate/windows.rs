//! Fixed windows, one for each thing that is counted.

use std::hash::Hash;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use dashmap::DashMap;
use org_kernel::clock::Clock;

#[cfg(test)]
mod tests;

/// How long a window lasts, in milliseconds.
const LENGTH: i64 = 60_000;

/// Where a client stands after a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Requests in one window.
    pub limit: u32,
    /// Requests that are left in this window.
    pub remaining: u32,
    /// When the window has ended for certain, in seconds since 1970.
    pub reset: i64,
    /// `None` when the request is within the limit; else after how many whole seconds, at least
    /// one, the window has ended for certain.
    pub retry_after: Option<u32>,
}

impl Standing {
    /// True when the request is within the limit.
    pub const fn is_admitted(&self) -> bool {
        self.retry_after.is_none()
    }
}

/// The windows that are open, by what they count. Times are milliseconds since 1970.
pub(super) struct Windows<K> {
    clock: Arc<dyn Clock>,
    open: DashMap<K, Window>,
    swept_at: AtomicI64,
}

struct Window {
    began: i64,
    admitted: u32,
}

impl<K: Copy + Eq + Hash> Windows<K> {
    pub(super) fn new(clock: Arc<dyn Clock>) -> Self {
        Self {
            clock,
            open: DashMap::new(),
            swept_at: AtomicI64::new(i64::MIN),
        }
    }

    /// Judges one request of `key` and, if it is within the limit, counts it.
    pub(super) fn take(&self, key: K, limit: u32) -> Standing {
        self.sweep_once_a_window();
        let slot = self.open.entry(key);
        // Read under the lock: a sweep that came before saw no later time, so a window that it
        // closed had ended for this request too.
        let now = self.now();
        let mut window = slot.or_insert_with(|| Window::beginning(now));
        window.take(limit, now)
    }

    /// True when a window of `key` is remembered.
    pub(super) fn remembers(&self, key: &K) -> bool {
        self.open.contains_key(key)
    }

    /// How many windows are remembered.
    pub(super) fn len(&self) -> usize {
        self.open.len()
    }

    fn now(&self) -> i64 {
        self.clock.now().unix_milliseconds()
    }

    /// Forgets the windows that have ended, so that memory is bounded by what was counted within
    /// the last two windows. Whoever comes first after a window's length does it for all.
    fn sweep_once_a_window(&self) {
        let now = self.now();
        let last = self.swept_at.load(Ordering::Relaxed);
        let swept_lately = (last..last.saturating_add(LENGTH)).contains(&now);
        let claimed = || {
            self.swept_at
                .compare_exchange(last, now, Ordering::Relaxed, Ordering::Relaxed)
                .is_ok()
        };
        if !swept_lately && claimed() {
            self.open.retain(|_, window| !window.has_ended(now));
        }
    }
}

impl Window {
    const fn beginning(now: i64) -> Self {
        Self {
            began: now,
            admitted: 0,
        }
    }

    const fn end(&self) -> i64 {
        self.began + LENGTH
    }

    const fn has_ended(&self, now: i64) -> bool {
        self.end() <= now
    }

    fn take(&mut self, limit: u32, now: i64) -> Standing {
        if self.has_ended(now) {
            *self = Self::beginning(now);
        }
        // Only a clock that was set back shows a time before the window's beginning.
        self.began = self.began.min(now);
        let admitted = self.admitted < limit;
        self.admitted += u32::from(admitted);
        Standing {
            limit,
            remaining: limit.saturating_sub(self.admitted),
            reset: whole_seconds(self.end()),
            retry_after: (!admitted).then(|| seconds_to_wait(self.end() - now)),
        }
    }
}

/// Seconds, rounded up: a client that waits for them never comes a moment too early.
const fn whole_seconds(milliseconds: i64) -> i64 {
    (milliseconds + 999).div_euclid(1000)
}

/// `milliseconds` is what is left of a window, so it is 1 to 60,000.
fn seconds_to_wait(milliseconds: i64) -> u32 {
    u32::try_from(whole_seconds(milliseconds)).expect("what is left of a window is short")
}
