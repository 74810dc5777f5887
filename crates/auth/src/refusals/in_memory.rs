//! The log that tests stand on: the trail of the keys in memory.

use org_kernel::StoreError;
use org_kernel::instant::Instant;

use super::{RefusalLog, RefusedRequest};
use crate::key_store::{InMemoryKeys, lock};

impl RefusalLog for InMemoryKeys {
    fn append(&self, refused: &[RefusedRequest]) -> Result<(), StoreError> {
        let mut trail = lock(&self.trail);
        for refused in refused.iter().filter(|refused| self.knows(refused.org())) {
            let entry = refused.entry();
            if trail.iter().all(|(_, stored)| stored.id != entry.id) {
                trail.push((refused.org(), entry.clone()));
            }
        }
        Ok(())
    }

    fn forget_before(&self, before: Instant, most: u32) -> Result<u32, StoreError> {
        let mut forgotten = 0;
        lock(&self.trail).retain(|(_, entry)| {
            let old = RefusedRequest::ACTIONS.contains(&entry.action.as_str()) && entry.at < before;
            let forget = old && forgotten < most;
            forgotten += u32::from(forget);
            !forget
        });
        Ok(forgotten)
    }
}
