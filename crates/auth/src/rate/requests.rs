//! The requests of each key.

use std::sync::Arc;

use org_kernel::clock::Clock;
use org_kernel::id::KeyId;

use super::shared::{Counted, SharedCounts};
use super::windows::Windows;
use super::{Class, OwnLimits, Standing};

/// Counts the requests of every key, reads and writes apart.
///
/// Only keys that exist are counted, so there are at most two windows for each of them; those that
/// have ended are forgotten.
pub struct RequestLimits {
    here: Windows<(KeyId, Class)>,
    shared: Option<Arc<dyn SharedCounts>>,
}

impl RequestLimits {
    /// Nothing counted yet. Requests are counted by this process alone, unless there are `shared` counts.
    pub fn new(clock: Arc<dyn Clock>, shared: Option<Arc<dyn SharedCounts>>) -> Self {
        Self {
            here: Windows::new(clock),
            shared,
        }
    }

    /// Judges one request with a valid key and, if it is within the limit, counts it. It waits for nothing
    /// unless counts are shared.
    ///
    /// Call it once for a request, whatever comes of the request afterwards.
    pub async fn count(&self, key: KeyId, limits: OwnLimits, class: Class) -> Standing {
        let Some(shared) = &self.shared else {
            return self.count_here(key, limits, class);
        };
        let (counted, limit) = (Counted::Requests(key, class), limits.of(class));
        self.here
            .take_shared(&**shared, counted, (key, class), limit)
            .await
    }

    fn count_here(&self, key: KeyId, limits: OwnLimits, class: Class) -> Standing {
        self.here.take((key, class), limits.of(class))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rate::PerMinute;
    use crate::testing::{clock, key_id};

    #[test]
    fn keys_and_classes_have_budgets_of_their_own() {
        let requests = RequestLimits::new(clock(), None);
        let one = OwnLimits {
            reads: PerMinute::new(1).ok(),
            writes: PerMinute::new(1).ok(),
        };
        let admitted = |key, class| requests.count_here(key_id(key), one, class).is_admitted();
        assert!(admitted(1, Class::Read));
        assert!(admitted(1, Class::Write));
        assert!(admitted(2, Class::Read));
        assert!(!admitted(1, Class::Read));
        assert!(!admitted(1, Class::Write));
        assert!(admitted(2, Class::Write));
    }

    #[test]
    fn a_key_has_a_thousand_reads_and_five_hundred_writes() {
        let requests = RequestLimits::new(clock(), None);
        for (class, limit) in [(Class::Read, 1000), (Class::Write, 500)] {
            let none = OwnLimits::default();
            let mut standings = (0..=limit).map(|_| requests.count_here(key_id(1), none, class));
            let first = standings.next().expect("the first request");
            assert_eq!((first.limit, first.remaining), (limit, limit - 1));
            assert_eq!(
                standings.filter(Standing::is_admitted).count(),
                limit as usize - 1
            );
        }
    }
}
