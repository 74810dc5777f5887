//! What is counted in memory until it is stored.

use std::hash::Hash;
use std::ops::AddAssign;

use dashmap::DashMap;

/// Counts that are not stored yet, each under its key.
#[derive(Debug)]
pub(crate) struct Counted<K: Eq + Hash, V> {
    counts: DashMap<K, V>,
}

impl<K: Eq + Hash, V> Default for Counted<K, V> {
    fn default() -> Self {
        Self {
            counts: DashMap::new(),
        }
    }
}

impl<K: Copy + Eq + Hash, V: AddAssign + Copy + Default> Counted<K, V> {
    /// Adds to what is counted under a key.
    pub(crate) fn add(&self, key: K, count: V) {
        *self.counts.entry(key).or_default() += count;
    }

    /// Hands everything that was counted since the last time to `store`, and answers how many keys that
    /// were; of none, `store` is not asked.
    ///
    /// No lock is held meanwhile, and counting goes on. When the store fails, what it was handed is
    /// counted still and goes with the next batch.
    pub(crate) fn flush<T, E>(
        &self,
        batch_of: impl Fn((K, V)) -> T,
        store: impl FnOnce(&[T]) -> Result<(), E>,
    ) -> Result<usize, E> {
        let taken = self.drain();
        if taken.is_empty() {
            return Ok(0);
        }
        let batch: Vec<T> = taken.iter().copied().map(batch_of).collect();
        if let Err(failure) = store(&batch) {
            for (key, count) in taken {
                self.add(key, count);
            }
            return Err(failure);
        }
        Ok(taken.len())
    }

    /// Takes every count exactly once, also what is being counted at this moment.
    fn drain(&self) -> Vec<(K, V)> {
        let mut taken = Vec::with_capacity(self.counts.len());
        self.counts.retain(|key, count| {
            taken.push((*key, *count));
            false
        });
        taken
    }
}
