//! Where windows are kept, in parts that are swept one at a time.
//!
//! To look through a million windows takes some 15 ms, which is too long for the one request that would do it
//! for all. So they are in 64 parts, and each request looks through one, in a quarter of a millisecond then,
//! until a round is done; the next round begins a window's length after this one did. A part gives back the
//! memory of what it has forgotten.

use std::hash::{BuildHasher, Hash, RandomState};
use std::sync::atomic::{AtomicI64, AtomicUsize, Ordering};

use dashmap::DashMap;
use dashmap::mapref::entry::Entry;

use super::LENGTH;
use super::window::Window;

/// How many parts there are.
pub(super) const PARTS: usize = 64;

/// How many locks each part has, the least that there can be.
const LOCKS: usize = 2;

pub(super) struct Parts<K> {
    maps: Vec<DashMap<K, Window>>,
    chooses: RandomState,
    windows: AtomicUsize,
    round_began: AtomicI64,
    /// The part that is to be swept next; none when it is beyond the last.
    next: AtomicUsize,
}

impl<K: Copy + Eq + Hash> Parts<K> {
    pub(super) fn new() -> Self {
        let part = || DashMap::with_shard_amount(LOCKS);
        Self {
            maps: std::iter::repeat_with(part).take(PARTS).collect(),
            chooses: RandomState::new(),
            windows: AtomicUsize::new(0),
            round_began: AtomicI64::new(i64::MIN),
            next: AtomicUsize::new(PARTS),
        }
    }

    /// How many windows are remembered.
    pub(super) fn len(&self) -> usize {
        self.windows.load(Ordering::Relaxed)
    }

    /// True when a window of `key` is remembered.
    pub(super) fn remembers(&self, key: &K) -> bool {
        self.part_of(key).contains_key(key)
    }

    /// Does something with the window of `key`, under its lock; `clock` is read under it too, and a window
    /// that is not there begins at that time. A sweep that came before saw no later time, so a window that
    /// it closed has ended for whoever comes now.
    pub(super) fn with<T>(
        &self,
        key: K,
        clock: impl FnOnce() -> i64,
        change: impl FnOnce(&mut Window, i64) -> T,
    ) -> T {
        match self.part_of(&key).entry(key) {
            Entry::Occupied(mut slot) => change(slot.get_mut(), clock()),
            Entry::Vacant(slot) => {
                let now = clock();
                self.windows.fetch_add(1, Ordering::Relaxed);
                change(&mut slot.insert(Window::beginning(now)), now)
            }
        }
    }

    /// The same with a window that is remembered, if it is.
    pub(super) fn with_known<T>(
        &self,
        key: &K,
        clock: impl FnOnce() -> i64,
        change: impl FnOnce(&mut Window, i64) -> T,
    ) -> Option<T> {
        let mut window = self.part_of(key).get_mut(key)?;
        Some(change(&mut window, clock()))
    }

    /// Forgets the windows of one part that have ended, if a round is due.
    pub(super) fn sweep_some(&self, now: i64) {
        let Some(part) = self.due(now) else {
            return;
        };
        let mut forgotten = 0;
        self.maps[part].retain(|_, window| {
            let forgets = window.is_past(now);
            forgotten += usize::from(forgets);
            !forgets
        });
        self.maps[part].shrink_to_fit();
        self.windows.fetch_sub(forgotten, Ordering::Relaxed);
    }

    /// The part that is to be swept now. A round begins when the last one is done, however few requests
    /// there are to do it.
    fn due(&self, now: i64) -> Option<usize> {
        if self.next.load(Ordering::Relaxed) >= PARTS {
            let last = self.round_began.load(Ordering::Relaxed);
            let swept_lately = (last..last.saturating_add(LENGTH)).contains(&now);
            let claim = || {
                let claimed = self.round_began.compare_exchange(
                    last,
                    now,
                    Ordering::Relaxed,
                    Ordering::Relaxed,
                );
                claimed.is_ok()
            };
            if swept_lately || !claim() {
                return None;
            }
            self.next.store(0, Ordering::Relaxed);
        }
        let part = self.next.fetch_add(1, Ordering::Relaxed);
        (part < PARTS).then_some(part)
    }

    fn part_of(&self, key: &K) -> &DashMap<K, Window> {
        // The remainder is less than the number of parts, whatever is cut off before.
        #[expect(
            clippy::cast_possible_truncation,
            reason = "any bits of a hash will do"
        )]
        let hash = self.chooses.hash_one(key) as usize;
        &self.maps[hash % PARTS]
    }
}
