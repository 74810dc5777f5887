//! Which receivers have done nothing but fail lately.
//!
//! To such a receiver one attempt is made at a time, until one succeeds: it is not helped by more of them,
//! and what they cost is the others' loss.
//!
//! An endpoint is forgotten when it is disabled, and when nothing has been heard of it for an hour:
//! somebody may have disabled or deleted it, which nobody tells the sender.

use std::collections::HashMap;
use std::time::Duration;

use org_kernel::id::EndpointId;
use org_webhooks::delivery::DeliveryStatus;
use org_webhooks::outgoing::Attempted;
use tokio::time::Instant;

/// How long an endpoint is remembered of which nothing is heard.
const REMEMBERED: Duration = Duration::from_hours(1);

/// How many failures there were at each endpoint since its last success.
#[derive(Debug)]
pub(super) struct Failing {
    most: u32,
    failures: HashMap<EndpointId, Failures>,
}

#[derive(Debug)]
struct Failures {
    number: u32,
    last: Instant,
}

impl Failing {
    /// Nobody fails. An endpoint does after so many failures in a row.
    pub(super) fn after(most: u32) -> Self {
        Self {
            most,
            failures: HashMap::new(),
        }
    }

    /// Takes note of how an attempt has ended by now.
    pub(super) fn note(&mut self, attempted: &Attempted, now: Instant) {
        if attempted.settled.status == DeliveryStatus::Delivered {
            self.forget(attempted.endpoint);
        } else {
            let failures = self.failures.entry(attempted.endpoint);
            let failures = failures.or_insert(Failures {
                number: 0,
                last: now,
            });
            failures.number = failures.number.saturating_add(1);
            failures.last = now;
        }
    }

    pub(super) fn forget(&mut self, endpoint: EndpointId) {
        self.failures.remove(&endpoint);
    }

    /// Forgets the endpoints of which nothing has been heard for long.
    pub(super) fn forget_old(&mut self, now: Instant) {
        self.failures
            .retain(|_, failures| now.duration_since(failures.last) < REMEMBERED);
    }

    /// The endpoints that fail.
    pub(super) fn endpoints(&self) -> impl Iterator<Item = EndpointId> + '_ {
        let failing = self.failures.iter();
        let failing = failing.filter(|(_, failures)| failures.number >= self.most);
        failing.map(|(endpoint, _)| *endpoint)
    }
}
