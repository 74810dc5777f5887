//! What an answer means for a delivery, and when it is tried again.

use org_kernel::instant::Instant;
use time::Duration;

/// How long after the attempt before it each attempt is made; the first is made at once. After the
/// last, a delivery is exhausted.
pub const SCHEDULE: [Duration; 8] = [
    Duration::ZERO,
    Duration::seconds(5),
    Duration::minutes(5),
    Duration::minutes(30),
    Duration::hours(2),
    Duration::hours(5),
    Duration::hours(10),
    Duration::hours(10),
];

/// The longest that a receiver can ask to be left alone.
pub const LONGEST_RETRY_AFTER: Duration = Duration::HOUR;

/// How much longer a wait is at the most, in percent, so that what failed together is not tried again
/// together.
const JITTER_PERCENT: i32 = 20;

/// What came of one attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The receiver has it.
    Delivered,
    /// The receiver wants nothing more: its endpoint is disabled.
    Gone,
    /// It is to be tried again, and not before this time is over, if the receiver said so.
    Failed(Option<Duration>),
}

impl Verdict {
    /// What an answer means. `retry_after` is what its header `Retry-After` says, which counts for 429
    /// and 503 alone. A redirect is a failure: nobody follows it.
    pub fn of_status(status: u16, retry_after: Option<Duration>) -> Self {
        match status {
            200..=299 => Self::Delivered,
            410 => Self::Gone,
            429 | 503 => Self::Failed(retry_after.map(|wait| wait.min(LONGEST_RETRY_AFTER))),
            _ => Self::Failed(None),
        }
    }
}

/// When a delivery of which `made` attempts failed, the last at `ended`, is due again; `None` when it is
/// exhausted. `random` spreads the deliveries over the jitter; any number will do.
pub fn next_attempt(
    made: usize,
    ended: Instant,
    retry_after: Option<Duration>,
    random: u16,
) -> Option<Instant> {
    let scheduled = *SCHEDULE.get(made)?;
    let jitter = scheduled * JITTER_PERCENT / 100 * i32::from(random) / i32::from(u16::MAX);
    let wait = Duration::max(scheduled + jitter, retry_after.unwrap_or_default());
    Some(ended.saturating_add(wait))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn now() -> Instant {
        "2026-03-14T18:30:00Z".parse().expect("an instant")
    }

    #[test]
    fn only_success_is_delivered_and_only_gone_is_gone() {
        for status in 100..600 {
            let expected = match status {
                200..=299 => Verdict::Delivered,
                410 => Verdict::Gone,
                _ => Verdict::Failed(None),
            };
            assert_eq!(Verdict::of_status(status, None), expected, "{status}");
        }
    }

    #[test]
    fn a_receiver_is_left_alone_for_as_long_as_it_asks_up_to_an_hour() {
        for (status, asked, expected) in [
            (429, Duration::minutes(7), Some(Duration::minutes(7))),
            (503, Duration::days(7), Some(Duration::HOUR)),
            (500, Duration::minutes(7), None),
            (302, Duration::minutes(7), None),
        ] {
            let verdict = Verdict::of_status(status, Some(asked));
            assert_eq!(verdict, Verdict::Failed(expected), "{status}");
        }
    }

    #[test]
    fn a_delivery_is_tried_eight_times() {
        let due = |made| next_attempt(made, now(), None, 0).map(|due| due.since(now()));
        let waits: Vec<_> = (0..).map_while(due).collect();
        assert_eq!(waits, SCHEDULE);
    }

    proptest! {
        #[test]
        fn a_wait_is_as_scheduled_or_up_to_a_fifth_longer(
            made in 0_usize..8, random in any::<u16>(), asked in proptest::option::of(0_i64..3600)
        ) {
            let asked = asked.map(Duration::seconds);
            let due = next_attempt(made, now(), asked, random).expect("not exhausted");
            let (wait, least) = (due.since(now()), SCHEDULE[made]);
            let most = Duration::max(least + least / 5, asked.unwrap_or_default());
            prop_assert!(wait >= least.max(asked.unwrap_or_default()) && wait <= most, "{wait}");
        }
    }
}
