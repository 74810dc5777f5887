//! The store that tests stand on: beside the keys in memory.

use org_kernel::StoreError;
use org_kernel::hour::Hour;
use org_kernel::id::OrgId;
use org_kernel::instant::Instant;

use super::{OrgHour, Traffic, TrafficStore};
use crate::key_store::{InMemoryKeys, lock};

impl TrafficStore for InMemoryKeys {
    fn add_traffic(&self, hours: &[OrgHour]) -> Result<(), StoreError> {
        let known = hours.iter().filter(|hour| self.knows(Some(hour.org)));
        let mut stored = lock(&self.traffic);
        for OrgHour { org, hour, traffic } in known {
            *stored.entry((*org, *hour)).or_default() += *traffic;
        }
        Ok(())
    }

    fn traffic(&self, org: OrgId, since: Hour) -> Result<Vec<(Hour, Traffic)>, StoreError> {
        let stored = lock(&self.traffic);
        let of_org = stored.range((org, since)..);
        let of_org = of_org.take_while(|((owner, _), _)| *owner == org);
        Ok(of_org
            .map(|(&(_, hour), &traffic)| (hour, traffic))
            .collect())
    }

    fn forget_traffic_before(&self, before: Instant, most: u32) -> Result<u32, StoreError> {
        let mut forgotten = 0;
        lock(&self.traffic).retain(|(_, hour), _| {
            let forget = hour.begins() < before && forgotten < most;
            forgotten += u32::from(forget);
            !forget
        });
        Ok(forgotten)
    }
}
