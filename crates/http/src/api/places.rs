//! How the store's connections are shared out among the requests.

use std::num::NonZeroU32;

/// How many pieces of work of each sort may be at the store at a time.
///
/// A flood of made-up keys, each of which the store has to be asked about, must leave connections
/// for what good keys ask. So a quarter of the connections, and at least one, is for looking up
/// keys, and all others are for what good keys ask. A single connection cannot be shared out; for
/// that one, a key and a call wait in the store. So does, for a moment, whoever has a place while the server
/// itself uses a connection: it stores what requests leave, forgets what is old, and sees whether the
/// store answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Places {
    pub(crate) key_lookups: usize,
    pub(crate) calls: usize,
}

impl Places {
    pub(crate) fn among(connections: NonZeroU32) -> Self {
        let connections = connections.get() as usize;
        let key_lookups = (connections / 4).max(1);
        Self {
            key_lookups,
            calls: (connections - key_lookups).max(1),
        }
    }

    /// How many requests wait for a place of each sort, where `waiting` may in all: the queue is shared
    /// out as the places are, so that a flood of made-up keys does not fill it for the good ones either.
    pub(crate) fn queues_of(waiting: usize) -> Self {
        let key_lookups = waiting / 4;
        Self {
            key_lookups,
            calls: waiting - key_lookups,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(connections: u32) -> Places {
        Places::among(NonZeroU32::new(connections).expect("not 0"))
    }

    #[test]
    fn every_connection_has_one_place_and_most_are_for_calls() {
        for connections in (2..=1000).chain([u32::MAX]) {
            let Places { key_lookups, calls } = places(connections);
            assert_eq!(key_lookups + calls, connections as usize);
            assert!(key_lookups >= 1 && calls >= key_lookups, "{connections}");
        }
        let usual = places(16);
        assert_eq!((usual.key_lookups, usual.calls), (4, 12));
    }

    #[test]
    fn as_many_wait_as_may_in_all() {
        for (waiting, key_lookups, calls) in [(0, 0, 0), (1, 0, 1), (7, 1, 6), (256, 64, 192)] {
            let queues = Places { key_lookups, calls };
            assert_eq!(Places::queues_of(waiting), queues);
        }
    }

    #[test]
    fn a_single_connection_serves_both_by_turns() {
        let single = places(1);
        assert_eq!((single.key_lookups, single.calls), (1, 1));
    }
}
