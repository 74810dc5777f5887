//! How far a replica is behind, by positions in the log and one clock.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use super::MOST_LAG;

/// What the primary had written, and when; the oldest first, and each once.
#[derive(Debug, Default)]
pub(super) struct Lag(VecDeque<(Instant, i64)>);

impl Lag {
    /// The primary had written so far at `now`. What is older than anybody may be behind is known only by
    /// the last of it.
    pub(super) fn wrote(&mut self, now: Instant, position: i64) {
        if self.0.back().is_none_or(|(_, last)| *last < position) {
            self.0.push_back((now, position));
        }
        let is_old = |(at, _): &(Instant, i64)| now.saturating_duration_since(*at) > 2 * MOST_LAG;
        while self.0.len() > 1 && self.0.front().is_some_and(is_old) {
            self.0.pop_front();
        }
    }

    /// For how long that has been written which a replica has not replayed that has come so far; at the
    /// most twice what it may be behind.
    pub(super) fn of(&mut self, now: Instant, replayed: i64) -> Duration {
        while self
            .0
            .front()
            .is_some_and(|(_, written)| *written <= replayed)
        {
            self.0.pop_front();
        }
        let oldest = self.0.front();
        oldest.map_or(Duration::ZERO, |(at, _)| now.saturating_duration_since(*at))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn second(number: u64) -> Duration {
        Duration::from_secs(number)
    }

    #[test]
    fn a_replica_is_as_late_as_the_oldest_that_it_has_not_replayed() {
        let (mut lag, began) = (Lag::default(), Instant::now());
        for number in 0..10 {
            lag.wrote(
                began + second(number),
                100 + i64::try_from(number).expect("small"),
            );
        }
        let now = began + second(10);
        assert_eq!(lag.of(now, 99), second(10));
        assert_eq!(lag.of(now, 104), second(5));
        assert_eq!(lag.of(now, 109), Duration::ZERO);
    }

    #[test]
    fn a_primary_that_writes_nothing_makes_nobody_late() {
        let (mut lag, began) = (Lag::default(), Instant::now());
        for number in 0..100 {
            lag.wrote(began + second(number), 7);
        }
        assert_eq!(lag.of(began + second(100), 7), Duration::ZERO);
    }

    #[test]
    fn what_is_known_is_bounded_and_a_replica_that_has_stopped_stays_late() {
        let (mut lag, began) = (Lag::default(), Instant::now());
        for number in 0..10_000 {
            lag.wrote(
                began + second(number),
                7 + i64::try_from(number).expect("small"),
            );
        }
        assert!(lag.0.len() <= 62, "{}", lag.0.len());
        assert!(lag.of(began + second(10_000), 6) > MOST_LAG);
    }
}
