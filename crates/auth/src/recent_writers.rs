//! Which keys have just written, so that what they read next is what they wrote.
//!
//! A replica has each write a moment after the primary. Whoever waits for nothing else must not find
//! their own write missing, so the reads of a key that has just written stay on the primary for a while.
//!
//! Other servers tell of the keys that wrote there, at most once a second of each key; so what is told
//! counts for a second more. While they are not heard, and for a while after, every key is taken for one
//! that has just written: nobody knows better.
//!
//! Time is the process's own, which nobody sets back or forward.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use dashmap::DashMap;
use dashmap::mapref::entry::Entry;
use org_kernel::id::KeyId;

/// How often the others are told of one key.
pub const TOLD_EVERY: Duration = Duration::from_secs(1);

/// How many keys are known at one time, about 1 MB of them.
const CAPACITY: usize = 10_000;

/// Longer than any process lives.
const FOR_EVER: u64 = u64::MAX;

/// The keys that have written lately. At first nobody is heard, so that is every key.
///
/// About 10,000 of them are known one by one. When more than these have written, every key is taken for one
/// of them.
#[derive(Debug)]
pub struct RecentWriters {
    kept: Duration,
    began: Instant,
    writers: DashMap<KeyId, Writer>,
    /// Until when every key is taken for one of them, in milliseconds since this began.
    everybody_until: AtomicU64,
}

#[derive(Debug)]
struct Writer {
    until: Instant,
    told: Option<Instant>,
}

impl RecentWriters {
    /// Nobody yet; a key that writes is one of them for as long as `kept`.
    pub fn new(kept: Duration, now: Instant) -> Self {
        Self {
            kept,
            began: now,
            writers: DashMap::new(),
            everybody_until: AtomicU64::new(FOR_EVER),
        }
    }

    /// Takes note of a key that has written here, and says whether the others are to be told of it.
    pub fn note(&self, key: KeyId, now: Instant) -> bool {
        let is_told = |told: Option<Instant>| {
            told.is_some_and(|told| now.saturating_duration_since(told) < TOLD_EVERY)
        };
        let mut told_before = false;
        self.keep(key, now, now + self.kept, |writer| {
            told_before = is_told(writer.told);
            if !told_before {
                writer.told = Some(now);
            }
        });
        !told_before
    }

    /// Takes note of a key that has written elsewhere, as it was told.
    pub fn heard(&self, key: KeyId, now: Instant) {
        self.keep(key, now, now + self.kept + TOLD_EVERY, |_| {});
    }

    /// The others are heard from now on; what they told until now may have been missed.
    pub fn hearing(&self, now: Instant) {
        let until = self.millis(now + self.kept + TOLD_EVERY);
        self.everybody_until.store(until, Ordering::SeqCst);
    }

    /// The others may be missed from now on.
    pub fn deaf(&self) {
        self.everybody_until.store(FOR_EVER, Ordering::SeqCst);
    }

    /// Whether the key has to be taken for one that has just written.
    pub fn is_recent(&self, key: KeyId, now: Instant) -> bool {
        self.millis(now) < self.everybody_until.load(Ordering::SeqCst)
            || self.writers.get(&key).is_some_and(|it| now < it.until)
    }

    /// Forgets those whose time is over.
    pub fn sweep(&self, now: Instant) {
        self.writers.retain(|_, writer| now < writer.until);
    }

    fn keep(&self, key: KeyId, now: Instant, until: Instant, and: impl FnOnce(&mut Writer)) {
        if self.writers.len() >= CAPACITY && !self.writers.contains_key(&key) {
            self.sweep(now);
            if self.writers.len() >= CAPACITY {
                let until = self.millis(until);
                self.everybody_until.fetch_max(until, Ordering::SeqCst);
                return;
            }
        }
        let mut writer = match self.writers.entry(key) {
            Entry::Occupied(known) => known.into_ref(),
            Entry::Vacant(place) => place.insert(Writer { until, told: None }),
        };
        writer.until = writer.until.max(until);
        and(&mut writer);
    }

    /// Rounded up, so that nobody is forgotten too early; [`FOR_EVER`] is never reached.
    fn millis(&self, at: Instant) -> u64 {
        let since = at.saturating_duration_since(self.began);
        u64::try_from(since.as_nanos().div_ceil(1_000_000)).unwrap_or(FOR_EVER - 1)
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    const KEPT: Duration = Duration::from_secs(5);

    /// A moment before so much time is over.
    fn almost(time: Duration) -> Duration {
        time.saturating_sub(Duration::from_millis(1))
    }

    /// Writers that are heard for long, and the time.
    fn heard_for_long() -> (RecentWriters, Instant) {
        let began = Instant::now();
        let writers = RecentWriters::new(KEPT, began);
        writers.hearing(began);
        (writers, began + Duration::from_mins(1))
    }

    fn key(number: usize) -> KeyId {
        KeyId::new(Uuid::from_u128(number as u128))
    }

    #[test]
    fn a_key_that_has_written_is_recent_for_as_long_as_it_is_kept() {
        let (writers, now) = heard_for_long();
        assert!(!writers.is_recent(key(1), now));
        writers.note(key(1), now);
        assert!(writers.is_recent(key(1), now));
        assert!(writers.is_recent(key(1), now + almost(KEPT)));
        assert!(!writers.is_recent(key(1), now + KEPT));
        assert!(!writers.is_recent(key(2), now), "it has not written");
    }

    #[test]
    fn a_key_that_goes_on_writing_is_told_of_once_a_second() {
        let (writers, now) = heard_for_long();
        assert!(writers.note(key(1), now));
        assert!(!writers.note(key(1), now + almost(TOLD_EVERY)));
        assert!(writers.note(key(1), now + TOLD_EVERY));
        assert!(writers.note(key(2), now), "another key");
    }

    /// The last write that was not told of is as late as the next that is.
    #[test]
    fn what_is_told_counts_until_the_last_write_that_it_may_stand_for() {
        let (writers, now) = heard_for_long();
        writers.heard(key(1), now);
        assert!(writers.is_recent(key(1), now + almost(TOLD_EVERY + KEPT)));
        assert!(!writers.is_recent(key(1), now + TOLD_EVERY + KEPT));
        assert!(
            writers.note(key(1), now),
            "what was heard is told by others"
        );
    }

    #[test]
    fn every_key_is_recent_while_the_others_are_not_heard_and_for_a_while_after() {
        let began = Instant::now();
        let writers = RecentWriters::new(KEPT, began);
        assert!(writers.is_recent(key(1), began + Duration::from_hours(1)));
        writers.hearing(began);
        assert!(writers.is_recent(key(1), began + almost(TOLD_EVERY + KEPT)));
        assert!(!writers.is_recent(key(1), began + TOLD_EVERY + KEPT));
        writers.deaf();
        assert!(writers.is_recent(key(1), began + Duration::from_hours(1)));
    }

    #[test]
    fn memory_is_bounded_and_who_does_not_fit_makes_everybody_recent() {
        let (writers, now) = heard_for_long();
        for number in 0..CAPACITY {
            writers.note(key(number), now);
        }
        let stranger = key(CAPACITY + 1);
        assert!(!writers.is_recent(stranger, now));
        assert!(
            writers.note(key(CAPACITY), now),
            "it is told of all the same"
        );
        assert_eq!(writers.writers.len(), CAPACITY);
        assert!(writers.is_recent(key(CAPACITY), now));
        assert!(writers.is_recent(stranger, now));
        assert!(!writers.is_recent(stranger, now + KEPT));
        writers.note(key(CAPACITY), now + KEPT);
        assert_eq!(writers.writers.len(), 1, "the old make room");
    }

    #[test]
    fn who_is_swept_is_not_recent_any_longer() {
        let (writers, now) = heard_for_long();
        writers.note(key(1), now);
        writers.note(key(2), now + Duration::from_millis(1));
        writers.sweep(now + KEPT);
        assert_eq!(writers.writers.len(), 1);
        assert!(writers.is_recent(key(2), now + KEPT));
    }
}
