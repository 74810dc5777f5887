//! Which receivers have done nothing but fail lately.
//!
//! To such a receiver one attempt is made at a time, until one succeeds: it is not helped by more of them,
//! and what they cost is the others' loss.

use std::collections::HashMap;

use org_kernel::id::EndpointId;
use org_webhooks::delivery::DeliveryStatus;
use org_webhooks::outgoing::Attempted;

/// How many failures there were at each endpoint since its last success.
#[derive(Debug)]
pub(super) struct Failing {
    most: u32,
    failures: HashMap<EndpointId, u32>,
}

impl Failing {
    /// Nobody fails. An endpoint does after so many failures in a row.
    pub(super) fn after(most: u32) -> Self {
        Self {
            most,
            failures: HashMap::new(),
        }
    }

    /// Takes note of how an attempt has ended.
    pub(super) fn note(&mut self, attempted: &Attempted) {
        if attempted.settled.status == DeliveryStatus::Delivered {
            self.failures.remove(&attempted.endpoint);
        } else {
            let failures = self.failures.entry(attempted.endpoint).or_default();
            *failures = failures.saturating_add(1);
        }
    }

    /// The endpoints that fail.
    pub(super) fn endpoints(&self) -> impl Iterator<Item = EndpointId> + '_ {
        let failing = self.failures.iter();
        let failing = failing.filter(|(_, failures)| **failures >= self.most);
        failing.map(|(endpoint, _)| *endpoint)
    }
}
