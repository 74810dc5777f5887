//! The audit trail, read, and the answers that are kept, forgotten.

use std::sync::Arc;

use org_kernel::StoreError;
use org_kernel::audit::{AuditTrail, Entry, EntryQuery};
use org_kernel::idempotency::{IdempotencyKey, KeptAnswers};
use org_kernel::instant::Instant;

use super::holdings::Holdings;
use super::{InMemory, World};

impl AuditTrail for InMemory {
    /// Nothing is here of whom nothing is known.
    fn entries(&self, query: &EntryQuery) -> Result<Vec<Entry>, StoreError> {
        let Some(org) = query.org else {
            return Ok(Vec::new());
        };
        Ok(query.find(&self.holdings(org).entries))
    }
}

impl KeptAnswers for InMemory {
    fn forget_expired(&self, now: Instant, most: u32) -> Result<u32, StoreError> {
        let _writing = self.write();
        let mut world = World::clone(&self.world());
        let mut left = most;
        for holdings in world.holdings.values_mut() {
            for key in due(holdings, now, left) {
                Arc::make_mut(holdings).answers.remove(&key);
                left -= 1;
            }
        }
        self.commit(world);
        Ok(most - left)
    }
}

/// At most `most` of the keys whose time was over at `now`.
fn due(holdings: &Holdings, now: Instant, most: u32) -> Vec<IdempotencyKey> {
    let answers = holdings.answers.iter();
    answers
        .filter(|(_, kept)| kept.expires_at <= now)
        .take(most as usize)
        .map(|(key, _)| key.clone())
        .collect()
}
