//! Deliveries that are sent, counted as what they become is recorded.

use std::sync::Arc;

use org_kernel::StoreError;
use org_metrics::{Attempt, Metrics};
use org_webhooks::delivery::DeliveryStatus;
use org_webhooks::outgoing::{Attempted, Claim, Claimed, Outgoing, Recorded};

/// A store of deliveries of which each recorded attempt is counted once.
pub(super) struct Counted {
    outgoing: Arc<dyn Outgoing>,
    metrics: Arc<Metrics>,
}

impl Counted {
    /// The same store, counted if anybody counts.
    pub(super) fn of(
        outgoing: Arc<dyn Outgoing>,
        metrics: Option<Arc<Metrics>>,
    ) -> Arc<dyn Outgoing> {
        match metrics {
            Some(metrics) => Arc::new(Self { outgoing, metrics }),
            None => outgoing,
        }
    }
}

impl Outgoing for Counted {
    fn claim(&self, claim: &Claim<'_>) -> Result<Vec<Claimed>, StoreError> {
        self.outgoing.claim(claim)
    }

    fn record(&self, attempted: &[Attempted]) -> Result<Recorded, StoreError> {
        let recorded = self.outgoing.record(attempted)?;
        let kept = attempted
            .iter()
            .filter(|attempted| !recorded.left.contains(&attempted.id));
        for attempted in kept {
            self.metrics.attempted(match attempted.settled.status {
                DeliveryStatus::Delivered => Attempt::Delivered,
                DeliveryStatus::Exhausted => Attempt::Exhausted,
                DeliveryStatus::Pending | DeliveryStatus::Failed | DeliveryStatus::Simulated => {
                    Attempt::Failed
                }
            });
        }
        Ok(recorded)
    }
}
