//! When each key was last used, to the minute.
//!
//! Uses are noted in memory and stored many at a time: a request with a key costs no write. What is
//! noted and not yet stored is lost when the process is killed, which is as exact as the figure is.

use dashmap::DashMap;
use org_kernel::StoreError;
use org_kernel::id::KeyId;
use org_kernel::instant::Instant;
use time::Duration;

use crate::key_store::{KeyStore, KeyUse};

const MINUTE: i64 = 60_000;

/// The uses that are not stored yet: one minute for each key, and only of keys that exist.
#[derive(Debug, Default)]
pub struct LastUsed {
    minutes: DashMap<KeyId, Instant>,
}

impl LastUsed {
    /// Notes that a key was used at this instant.
    pub fn note(&self, key: KeyId, at: Instant) {
        self.keep_latest(key, minute_of(at));
    }

    /// Stores what was noted since the last time, and answers how many keys that were.
    ///
    /// It blocks while the store works, but no lock is held meanwhile, and uses go on being noted.
    /// When the store fails, they are noted still and go with the next batch.
    pub fn flush(&self, store: &dyn KeyStore) -> Result<usize, StoreError> {
        let uses = self.drain();
        if uses.is_empty() {
            return Ok(0);
        }
        if let Err(failure) = store.record_uses(&uses) {
            for used in uses {
                self.keep_latest(used.key, used.minute);
            }
            return Err(failure);
        }
        Ok(uses.len())
    }

    fn keep_latest(&self, key: KeyId, minute: Instant) {
        // Most requests of a minute are not its first: they need no more than a look.
        if self.minutes.get(&key).is_some_and(|noted| *noted >= minute) {
            return;
        }
        let mut noted = self.minutes.entry(key).or_insert(minute);
        *noted = minute.max(*noted);
    }

    /// Takes every use exactly once, also of keys that are being noted at this moment.
    fn drain(&self) -> Vec<KeyUse> {
        let mut uses = Vec::with_capacity(self.minutes.len());
        self.minutes.retain(|key, minute| {
            uses.push(KeyUse {
                key: *key,
                minute: *minute,
            });
            false
        });
        uses
    }
}

fn minute_of(at: Instant) -> Instant {
    let into = at.unix_milliseconds().rem_euclid(MINUTE);
    at.checked_add(Duration::milliseconds(-into))
        .expect("a minute begins in the year in which it ends")
}

#[cfg(test)]
mod tests {
    use std::thread;

    use proptest::prelude::*;

    use super::*;
    use crate::testing::{HookedStore, key_id, now, org, store, stored_key};

    fn later(seconds: i64) -> Instant {
        now()
            .checked_add(Duration::seconds(seconds))
            .expect("in range")
    }

    fn last_use(store: &dyn KeyStore, number: u64) -> Option<String> {
        let listed = store.list(org(1)).expect("listed");
        let key = listed
            .into_iter()
            .find(|key| key.id == key_id(number.into()));
        key.expect("the key").last_used_at.map(|at| at.to_string())
    }

    #[test]
    fn the_latest_minute_of_each_key_is_stored_once() {
        let store = store();
        stored_key(&store, 1);
        stored_key(&store, 2);
        let uses = LastUsed::default();
        for (key, at) in [(1, later(60)), (2, now()), (1, later(0)), (1, later(61))] {
            uses.note(key_id(key), at);
        }
        assert_eq!(uses.flush(&store).expect("stored"), 2);
        assert_eq!(
            last_use(&store, 1).as_deref(),
            Some("2026-03-14T18:31:00.000Z")
        );
        assert_eq!(
            last_use(&store, 2).as_deref(),
            Some("2026-03-14T18:30:00.000Z")
        );
        assert_eq!(uses.flush(&store).expect("nothing to store"), 0);
    }

    #[test]
    fn what_could_not_be_stored_goes_with_the_next_batch() {
        let store = HookedStore::new(store());
        stored_key(&store, 1);
        let uses = LastUsed::default();
        uses.note(key_id(1), now());
        store.fail(true);
        assert!(uses.flush(&store).is_err());
        store.fail(false);
        assert_eq!(uses.flush(&store).expect("stored"), 1);
        assert_eq!(
            last_use(&store, 1).as_deref(),
            Some("2026-03-14T18:30:00.000Z")
        );
    }

    #[test]
    fn no_use_is_lost_between_two_batches() {
        let uses = LastUsed::default();
        let drained: usize = thread::scope(|scope| {
            let noting = scope.spawn(|| {
                for number in 0..20_000 {
                    uses.note(key_id(number), now());
                }
            });
            let mut drained = 0;
            while !noting.is_finished() {
                drained += uses.drain().len();
            }
            noting.join().expect("no panic");
            drained + uses.drain().len()
        });
        assert_eq!(drained, 20_000);
    }

    proptest! {
        #[test]
        fn a_minute_begins_on_the_minute(
            milliseconds in -62_135_596_800_000..253_402_300_799_999_i64
        ) {
            let epoch: Instant = "1970-01-01T00:00:00Z".parse().expect("an instant");
            let at = epoch.checked_add(Duration::milliseconds(milliseconds)).expect("in range");
            let minute = minute_of(at).unix_milliseconds();
            prop_assert_eq!(minute % 60_000, 0);
            prop_assert!((0..60_000).contains(&(milliseconds - minute)));
        }
    }
}
