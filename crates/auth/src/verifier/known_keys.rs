//! The keys that are remembered, and how they are forgotten.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use dashmap::DashMap;
use org_kernel::id::KeyId;
use org_kernel::instant::Instant;
use time::Duration;

use super::KnownKey;
use crate::key::KeyHash;

/// How old a memory may be while revocations are heard of.
pub const AGE_WHILE_LISTENING: Duration = Duration::seconds(30);

/// How old a memory may be while they are not.
pub const AGE_WHILE_DEAF: Duration = Duration::milliseconds(500);

/// How many keys are remembered at one time, about 3 MB of them.
const CAPACITY: usize = 10_000;

/// The keys that one process remembers.
///
/// It is shared by the verifier, which fills it, by whoever revokes keys in this process, and by the
/// listener for revocations elsewhere. At first nobody listens.
///
/// It holds at most about 10,000 keys (a few more when several threads find the last place at once).
/// When it is full, what is too old makes room; if nothing is, the new key is not remembered, and
/// the store is asked for it each time.
#[derive(Debug, Default)]
pub struct KnownKeys {
    by_hash: DashMap<KeyHash, Memory>,
    generation: AtomicU64,
    listening: AtomicBool,
    hits: AtomicU64,
    misses: AtomicU64,
}

/// How often memory had the answer, since the process began.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CacheFigures {
    /// Keys that were remembered.
    pub hits: u64,
    /// Keys that the store was asked about.
    pub misses: u64,
}

#[derive(Debug)]
struct Memory {
    key: KnownKey,
    /// When the store was asked: what it answered can be as old as the question.
    asked_at: Instant,
}

/// The state of things when the store was asked.
#[derive(Clone, Copy)]
pub(super) struct Loading {
    generation: u64,
    asked_at: Instant,
}

impl KnownKeys {
    /// Forgets a key that was revoked.
    ///
    /// Once this returns, no answer from memory is older than the call.
    pub fn forget(&self, key: KeyId) {
        self.begin_generation();
        self.by_hash.retain(|_, memory| memory.key.id() != key);
    }

    /// Forgets everything, when it is not known what was missed.
    pub fn forget_all(&self) {
        self.begin_generation();
        self.by_hash.clear();
    }

    /// The listener hears of every revocation from now on.
    ///
    /// To be called each time that a connection has begun to listen, after it has: what was revoked
    /// before is not heard of, so everything that is remembered from before is forgotten.
    pub fn listener_up(&self) {
        self.forget_all();
        self.listening.store(true, Ordering::SeqCst);
    }

    /// The listener may miss revocations from now on.
    ///
    /// To be called as soon as its connection fails, or has not answered for half a second.
    pub fn listener_down(&self) {
        self.listening.store(false, Ordering::SeqCst);
    }

    /// What `read` makes of the key, if it is remembered and not too old.
    pub(super) fn recall<T>(
        &self,
        hash: &KeyHash,
        now: Instant,
        read: impl FnOnce(&KnownKey) -> T,
    ) -> Option<T> {
        let memory = self.by_hash.get(hash)?;
        self.is_fresh(&memory, now).then(|| {
            self.hits.fetch_add(1, Ordering::Relaxed);
            read(&memory.key)
        })
    }

    /// How often memory had the answer.
    pub fn figures(&self) -> CacheFigures {
        CacheFigures {
            hits: self.hits.load(Ordering::Relaxed),
            misses: self.misses.load(Ordering::Relaxed),
        }
    }

    pub(super) fn begin_loading(&self, asked_at: Instant) -> Loading {
        self.misses.fetch_add(1, Ordering::Relaxed);
        Loading {
            generation: self.generation.load(Ordering::SeqCst),
            asked_at,
        }
    }

    /// Remembers what the store answered, unless anything was forgotten since it was asked.
    pub(super) fn remember(&self, hash: KeyHash, key: KnownKey, loading: Loading, now: Instant) {
        if !self.has_room(now) {
            return;
        }
        let slot = self.by_hash.entry(hash);
        // The slot's lock is held from here on. Either a forgetting has begun its generation by now,
        // and nothing is kept; or it begins it later, and finds what is kept when it gets the lock.
        if self.generation.load(Ordering::SeqCst) == loading.generation {
            slot.insert(Memory {
                key,
                asked_at: loading.asked_at,
            });
        }
    }

    /// Forgets a key that the store has no longer.
    pub(super) fn forget_hash(&self, hash: &KeyHash) {
        self.by_hash.remove(hash);
    }

    fn begin_generation(&self) {
        self.generation.fetch_add(1, Ordering::SeqCst);
    }

    fn has_room(&self, now: Instant) -> bool {
        if self.by_hash.len() < CAPACITY {
            return true;
        }
        self.by_hash.retain(|_, memory| self.is_fresh(memory, now));
        self.by_hash.len() < CAPACITY
    }

    /// A memory from the future is none: the clock was set back, and its age is unknown.
    fn is_fresh(&self, memory: &Memory, now: Instant) -> bool {
        let age = now.to_utc() - memory.asked_at.to_utc();
        let oldest = if self.listening.load(Ordering::SeqCst) {
            AGE_WHILE_LISTENING
        } else {
            AGE_WHILE_DEAF
        };
        (Duration::ZERO..=oldest).contains(&age)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{new_key, now};

    fn known_key() -> KnownKey {
        new_key(1).0.into_stored(String::new()).into()
    }

    fn hash(number: usize) -> KeyHash {
        let mut bytes = [0; 32];
        bytes[..8].copy_from_slice(&number.to_be_bytes());
        KeyHash::stored(bytes)
    }

    fn remember(known: &KnownKeys, number: usize, at: Instant) {
        let loading = known.begin_loading(at);
        known.remember(hash(number), known_key(), loading, at);
    }

    fn recalls(known: &KnownKeys, number: usize, at: Instant) -> bool {
        known.recall(&hash(number), at, |_| ()).is_some()
    }

    #[test]
    fn memory_is_bounded_and_what_is_too_old_makes_room() {
        let known = KnownKeys::default();
        for number in 0..=CAPACITY {
            remember(&known, number, now());
        }
        assert_eq!(known.by_hash.len(), CAPACITY);
        assert!(recalls(&known, 0, now()));
        assert!(!recalls(&known, CAPACITY, now()));

        let later = now().checked_add(Duration::SECOND).expect("in range");
        remember(&known, CAPACITY, later);
        assert!(recalls(&known, CAPACITY, later));
        assert_eq!(known.by_hash.len(), 1);
    }
}
