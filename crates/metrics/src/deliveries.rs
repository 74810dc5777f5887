//! Attempts to deliver, by what they made of their delivery.

use prometheus::{Error, IntCounter, IntCounterVec, Opts, Registry};

/// What an attempt made of its delivery.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attempt {
    /// The receiver has it.
    Delivered,
    /// It failed, and is tried again.
    Failed,
    /// It failed, and is not tried any more.
    Exhausted,
}

pub(crate) struct Deliveries {
    delivered: IntCounter,
    failed: IntCounter,
    exhausted: IntCounter,
}

impl Deliveries {
    pub(crate) fn new(registry: &Registry) -> Result<Self, Error> {
        let help = "Attempts of this server to deliver an event, by what became of the delivery.";
        let opts = Opts::new("org_api_webhook_attempts_total", help);
        let attempts = IntCounterVec::new(opts, &["outcome"])?;
        registry.register(Box::new(attempts.clone()))?;
        Ok(Self {
            delivered: attempts.with_label_values(&["delivered"]),
            failed: attempts.with_label_values(&["failed"]),
            exhausted: attempts.with_label_values(&["exhausted"]),
        })
    }

    pub(crate) fn count(&self, attempt: Attempt) {
        match attempt {
            Attempt::Delivered => self.delivered.inc(),
            Attempt::Failed => self.failed.inc(),
            Attempt::Exhausted => self.exhausted.inc(),
        }
    }
}
