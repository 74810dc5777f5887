//! What an attempt makes of its delivery.

use org_kernel::instant::Instant;

use super::{DeliveryStatus, Outcome};
use crate::retry::{Verdict, next_attempt};

/// What a delivery is once an attempt has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settled {
    /// How far it has come.
    pub status: DeliveryStatus,
    /// Its place in the schedule.
    pub failures: u32,
    /// When the next attempt is due.
    pub due_at: Option<Instant>,
    /// True when the receiver wants nothing more, so that its endpoint is to be disabled.
    pub gone: bool,
}

/// What an attempt that ended at `ended` makes of a delivery that had `failures` before it. `random`
/// spreads what is tried again; any number will do.
pub fn settle(failures: u32, outcome: &Outcome, ended: Instant, random: u16) -> Settled {
    let verdict = match outcome {
        Outcome::Answered {
            status,
            retry_after,
            ..
        } => Verdict::of_status(*status, *retry_after),
        Outcome::Failed { .. } => Verdict::Failed(None),
    };
    let (retry_after, gone) = match verdict {
        Verdict::Delivered => {
            return Settled {
                status: DeliveryStatus::Delivered,
                failures: 0,
                due_at: None,
                gone: false,
            };
        }
        Verdict::Gone => (None, true),
        Verdict::Failed(retry_after) => (retry_after, false),
    };
    let failures = failures.saturating_add(1);
    let made = usize::try_from(failures).unwrap_or(usize::MAX);
    let due_at = next_attempt(made, ended, retry_after, random);
    Settled {
        status: if due_at.is_some() {
            DeliveryStatus::Failed
        } else {
            DeliveryStatus::Exhausted
        },
        failures,
        due_at,
        gone,
    }
}

#[cfg(test)]
mod tests {
    use time::Duration;

    use super::*;
    use crate::testing::signed_at;

    fn answered(status: u16) -> Outcome {
        Outcome::Answered {
            status,
            body: String::new(),
            retry_after: Some(Duration::minutes(7)),
        }
    }

    #[test]
    fn success_ends_a_delivery_whatever_failed_before() {
        let settled = settle(7, &answered(204), signed_at(), 0);
        let delivered = Settled {
            status: DeliveryStatus::Delivered,
            failures: 0,
            due_at: None,
            gone: false,
        };
        assert_eq!(settled, delivered);
    }

    #[test]
    fn the_eighth_failure_is_the_last() {
        let failed = Outcome::Failed {
            error: "closed".to_owned(),
        };
        for failures in 0..7 {
            let settled = settle(failures, &failed, signed_at(), 0);
            assert_eq!(settled.status, DeliveryStatus::Failed, "{failures}");
            assert_eq!(settled.failures, failures + 1);
            assert!(settled.due_at.is_some_and(|due| due > signed_at()));
        }
        let settled = settle(7, &failed, signed_at(), 0);
        assert_eq!(settled.status, DeliveryStatus::Exhausted);
        assert_eq!(settled.due_at, None);
    }

    #[test]
    fn a_receiver_that_is_gone_or_busy_says_so() {
        let gone = settle(0, &answered(410), signed_at(), 0);
        assert!(gone.gone && gone.status == DeliveryStatus::Failed);
        let busy = settle(0, &answered(429), signed_at(), 0);
        let due = busy.due_at.expect("another attempt");
        assert_eq!(due.since(signed_at()), Duration::minutes(7));
        assert!(!busy.gone);
    }
}
