//! Fixed windows, one for each thing that is counted.

mod parts;
#[cfg(test)]
mod tests;
mod window;

use std::hash::Hash;
use std::sync::Arc;

use org_kernel::clock::Clock;

use self::parts::Parts;
use self::window::Window;
use super::Standing;
use super::shared::{Counted, Heard, SharedCounts};

/// How long a window lasts, in milliseconds.
const LENGTH: i64 = 60_000;

/// The windows that are open, by what they count.
pub(super) struct Windows<K> {
    clock: Arc<dyn Clock>,
    open: Parts<K>,
}

impl<K: Copy + Eq + Hash> Windows<K> {
    pub(super) fn new(clock: Arc<dyn Clock>) -> Self {
        Self {
            clock,
            open: Parts::new(),
        }
    }

    /// Judges one request of `key` and, if it is within the limit, counts it.
    pub(super) fn take(&self, key: K, limit: u32) -> Standing {
        self.open.sweep_some(self.now());
        let clock = || self.now();
        self.open
            .with(key, clock, |window, now| window.take(limit, now))
    }

    /// The same in the windows that servers share, and here while those cannot be had.
    ///
    /// Whoever lets a request in, it is counted here too, and no window here lets in more than the limit,
    /// whatever is heard: one that has forgotten something, or never had it, gives nobody more. What is heard
    /// is remembered, so that a server that is left alone goes on from where everybody stood; what it lets in
    /// then is brought to the others with the next request.
    ///
    /// `counted` is what `key` is called among servers.
    pub(super) async fn take_shared(
        &self,
        shared: &dyn SharedCounts,
        counted: Counted,
        key: K,
        limit: u32,
    ) -> Standing {
        let clock = || self.now();
        let bring = |window: &mut Window, now| window.bring(now);
        let known = self.open.with_known(&key, clock, bring).unwrap_or_default();
        let heard = shared.take(counted, limit, known).await;
        self.open.sweep_some(self.now());
        self.open.with(key, clock, |window, now| match heard {
            Heard::Taken(taken) => window.learn(taken, limit, now),
            Heard::Late => window.take_unheard(limit, now),
            Heard::Away => window.take_alone(known, limit, now),
        })
    }

    /// True when a window of `key` is remembered.
    pub(super) fn remembers(&self, key: &K) -> bool {
        self.open.remembers(key)
    }

    /// How many windows are remembered.
    pub(super) fn len(&self) -> usize {
        self.open.len()
    }

    fn now(&self) -> i64 {
        self.clock.now().unix_milliseconds()
    }
}
