//! Figures of deliveries.

use std::collections::BTreeMap;

use org_kernel::StoreError;
use org_kernel::hour::Hour;
use org_kernel::id::{EndpointId, OrgId};
use org_kernel::instant::Instant;

use super::InMemory;
use crate::delivery::{Delivery, DeliveryStatus};
use crate::figures::{Deliveries, DeliveryFigures};

impl DeliveryFigures for InMemory {
    fn by_hour(&self, org: OrgId, since: Hour) -> Result<Vec<(Hour, Deliveries)>, StoreError> {
        let mut hours: BTreeMap<Hour, Deliveries> = BTreeMap::new();
        for delivery in self.real_deliveries(org) {
            let hour = Hour::of(delivery.created_at);
            if hour >= since {
                let counted = hours.entry(hour).or_default();
                *counted = *counted + one(delivery.status);
            }
        }
        Ok(hours.into_iter().collect())
    }

    fn newest(
        &self,
        org: OrgId,
        endpoints: &[EndpointId],
    ) -> Result<BTreeMap<EndpointId, Instant>, StoreError> {
        let mut newest = BTreeMap::new();
        let mut all = self.real_deliveries(org);
        all.retain(|delivery| endpoints.contains(&delivery.endpoint));
        for delivery in all {
            let made = newest
                .entry(delivery.endpoint)
                .or_insert(delivery.created_at);
            *made = delivery.created_at.max(*made);
        }
        Ok(newest)
    }
}

impl InMemory {
    /// Those of an organization that are no tests.
    fn real_deliveries(&self, org: OrgId) -> Vec<Delivery> {
        let state = self.lock();
        let all = state.deliveries.values().map(|stored| &stored.delivery);
        all.filter(|delivery| delivery.org == org)
            .filter(|delivery| delivery.status != DeliveryStatus::Simulated)
            .cloned()
            .collect()
    }
}

fn one(status: DeliveryStatus) -> Deliveries {
    let counted = |of| u64::from(status == of);
    Deliveries {
        delivered: counted(DeliveryStatus::Delivered),
        pending: counted(DeliveryStatus::Pending),
        failed: counted(DeliveryStatus::Failed),
        exhausted: counted(DeliveryStatus::Exhausted),
    }
}
