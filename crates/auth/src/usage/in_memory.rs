//! The store that tests stand on: beside the keys in memory.

use org_kernel::StoreError;
use org_kernel::id::{KeyId, OrgId};
use time::Date;

use super::{KeyDay, UsageStore};
use crate::key_store::{InMemoryKeys, lock};

impl UsageStore for InMemoryKeys {
    fn add(&self, days: &[KeyDay]) -> Result<(), StoreError> {
        for used in days {
            if let Some(org) = self.org_of(used.key) {
                let place = (org, used.day, used.key);
                *lock(&self.days).entry(place).or_default() += used.tally;
            }
        }
        Ok(())
    }

    fn of(&self, org: OrgId, since: Date) -> Result<Vec<KeyDay>, StoreError> {
        let days = lock(&self.days);
        let of_org = days
            .iter()
            .filter(|((owner, day, _), _)| *owner == org && *day >= since);
        let day = |(&(_, day, key), &tally): (&_, &_)| KeyDay { key, day, tally };
        Ok(of_org.map(day).collect())
    }

    fn of_key(&self, org: OrgId, key: KeyId, since: Date) -> Result<Vec<KeyDay>, StoreError> {
        let mut days = self.of(org, since)?;
        days.retain(|used| used.key == key);
        Ok(days)
    }
}
