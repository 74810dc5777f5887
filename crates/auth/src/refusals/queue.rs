//! The refused requests that wait to be stored, and how many may.

use std::collections::{HashMap, VecDeque};

use org_kernel::id::KeyId;

use super::RefusedRequest;

/// How many refused requests wait at one time, about 5 MB of them.
pub(super) const CAPACITY: usize = 10_000;

/// How many of them may bear the same key: one that is not allowed what its program asks for, again
/// and again, leaves room for the others.
pub(super) const SHARE: usize = CAPACITY / 10;

/// Refused requests in their order.
#[derive(Debug, Default)]
pub(super) struct Queue {
    waiting: VecDeque<RefusedRequest>,
    /// How many wait of each key; none of those of which none does.
    of_keys: HashMap<KeyId, usize>,
}

impl Queue {
    /// How many wait.
    pub(super) fn len(&self) -> usize {
        self.waiting.len()
    }

    /// Takes one if there is room for it, and says whether there was.
    pub(super) fn push(&mut self, refused: RefusedRequest) -> bool {
        let of_key = refused.key().and_then(|key| self.of_keys.get(&key));
        let has_room = self.len() < CAPACITY && of_key.is_none_or(|waiting| *waiting < SHARE);
        if has_room {
            self.count(&refused);
            self.waiting.push_back(refused);
        }
        has_room
    }

    /// Takes out at most so many, from the front.
    pub(super) fn take(&mut self, most: usize) -> Vec<RefusedRequest> {
        let count = self.len().min(most);
        let taken: Vec<_> = self.waiting.drain(..count).collect();
        for key in taken.iter().filter_map(RefusedRequest::key) {
            if let Some(waiting) = self.of_keys.get_mut(&key) {
                *waiting -= 1;
            }
        }
        self.of_keys.retain(|_, waiting| *waiting > 0);
        taken
    }

    /// Puts those back that were taken. They had room before, and have it again, though others may
    /// have taken it meanwhile.
    pub(super) fn put_back(&mut self, taken: Vec<RefusedRequest>) {
        for refused in taken.into_iter().rev() {
            self.count(&refused);
            self.waiting.push_front(refused);
        }
    }

    fn count(&mut self, refused: &RefusedRequest) {
        if let Some(key) = refused.key() {
            *self.of_keys.entry(key).or_default() += 1;
        }
    }
}
