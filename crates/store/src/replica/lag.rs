//! How far a replica is behind, by positions in the log and one clock.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use super::MOST_LAG;

/// What the primary was seen to have written, each with when it was seen last to have written no more; the
/// oldest first.
#[derive(Debug, Default)]
pub(super) struct Lag(VecDeque<(Instant, i64)>);

/// How far a replica is behind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Late {
    /// What it has not replayed was written no longer ago.
    AtMost(Duration),
    /// It has not replayed what was seen to be written so long ago, nor anything known to be older.
    AtLeast(Duration),
}

impl Lag {
    /// The primary has written so far, and had not written more when it was asked. What is older than
    /// anybody may be behind is forgotten.
    pub(super) fn wrote(&mut self, asked: Instant, position: i64) {
        match self.0.back_mut() {
            Some((at, last)) if *last == position => *at = asked,
            Some((_, last)) if *last > position => {}
            _ => self.0.push_back((asked, position)),
        }
        let is_old = |(at, _): &(Instant, i64)| asked.saturating_duration_since(*at) > 2 * MOST_LAG;
        while self.0.len() > 1 && self.0.front().is_some_and(is_old) {
            self.0.pop_front();
        }
    }

    /// For a replica that has replayed so far.
    pub(super) fn of(&mut self, now: Instant, replayed: i64) -> Late {
        while self.0.get(1).is_some_and(|(_, next)| *next <= replayed) {
            self.0.pop_front();
        }
        match self.0.front() {
            None => Late::AtLeast(Duration::ZERO),
            Some((at, position)) => {
                let since = now.saturating_duration_since(*at);
                if *position <= replayed {
                    Late::AtMost(since)
                } else {
                    Late::AtLeast(since)
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn second(number: u64) -> Duration {
        Duration::from_secs(number)
    }

    /// A primary that writes one byte a second, of which it has written 100 at the beginning.
    fn busy_for(began: Instant, seconds: u16) -> Lag {
        let mut lag = Lag::default();
        for number in 0..seconds {
            lag.wrote(began + second(number.into()), 100 + i64::from(number));
        }
        lag
    }

    #[test]
    fn what_was_not_replayed_is_no_older_than_the_last_look_at_what_was() {
        let began = Instant::now();
        let mut lag = busy_for(began, 10);
        let now = began + second(10);
        assert_eq!(lag.of(now, 104), Late::AtMost(second(6)));
        assert_eq!(lag.of(now, 108), Late::AtMost(second(2)));
        assert_eq!(lag.of(now, 109), Late::AtMost(second(1)));
    }

    #[test]
    fn a_replica_that_was_never_seen_to_keep_up_is_late_by_nobody_knows_how_much() {
        let began = Instant::now();
        let mut lag = Lag::default();
        assert_eq!(lag.of(began, 99), Late::AtLeast(Duration::ZERO));
        lag.wrote(began, 100);
        assert_eq!(lag.of(began, 99), Late::AtLeast(Duration::ZERO));
        assert_eq!(lag.of(began + second(3), 99), Late::AtLeast(second(3)));
    }

    #[test]
    fn a_primary_that_writes_nothing_makes_nobody_late() {
        let (mut lag, began) = (Lag::default(), Instant::now());
        for number in 0..=100 {
            lag.wrote(began + second(number), 7);
        }
        assert_eq!(lag.of(began + second(100), 7), Late::AtMost(Duration::ZERO));
    }

    #[test]
    fn a_primary_that_does_not_answer_may_have_written() {
        let began = Instant::now();
        let mut lag = busy_for(began, 2);
        assert_eq!(lag.of(began + second(9), 101), Late::AtMost(second(8)));
    }

    #[test]
    fn what_is_known_is_bounded_and_a_replica_that_has_stopped_stays_late() {
        let began = Instant::now();
        let mut lag = busy_for(began, 10_000);
        assert!(lag.0.len() <= 62, "{}", lag.0.len());
        let Late::AtLeast(behind) = lag.of(began + second(10_000), 100) else {
            panic!("nothing that it has replayed is remembered");
        };
        assert!(behind > MOST_LAG);
    }
}
