//! Where new ids come from: the system's UUIDv7, or a known sequence.

use std::sync::atomic::{AtomicU64, Ordering};

use uuid::Uuid;

use crate::id::{Id, Kind};

/// Gives ids that were never given before.
pub trait IdSource: Send + Sync {
    /// The next UUID, a version 7.
    fn uuid(&self) -> Uuid;
}

impl dyn IdSource + '_ {
    /// The next id of the kind that the caller needs.
    pub fn next<K: Kind>(&self) -> Id<K> {
        Id::new(self.uuid())
    }
}

/// UUIDv7 of the machine's clock and randomness, rising within the process.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemIds;

impl IdSource for SystemIds {
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the one place that makes ids"
    )]
    fn uuid(&self) -> Uuid {
        Uuid::now_v7()
    }
}

/// Rising UUIDv7 of a fixed millisecond, for tests and for reproducible data.
#[derive(Debug)]
pub struct SequentialIds {
    millisecond: u64,
    given: AtomicU64,
}

impl SequentialIds {
    /// Ids that all bear `millisecond` (since 1970), told apart by a counter from 1.
    pub const fn at(millisecond: u64) -> Self {
        Self {
            millisecond,
            given: AtomicU64::new(0),
        }
    }
}

impl IdSource for SequentialIds {
    fn uuid(&self) -> Uuid {
        let number = self.given.fetch_add(1, Ordering::Relaxed) + 1;
        let mut tail = [0; 10];
        tail[2..].copy_from_slice(&number.to_be_bytes());
        uuid::Builder::from_unix_timestamp_millis(self.millisecond, &tail).into_uuid()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_rise_and_never_repeat() {
        let sources: [&dyn IdSource; 2] = [&SystemIds, &SequentialIds::at(1_700_000_000_000)];
        for source in sources {
            let ids: Vec<_> = (0..1000).map(|_| source.uuid()).collect();
            assert!(ids.windows(2).all(|pair| pair[0] < pair[1]));
            assert!(ids.iter().all(|id| id.get_version_num() == 7));
        }
    }
}
