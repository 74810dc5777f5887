//! The store in memory, put to the test like any other.

use std::sync::Arc;

use org_kernel::audit::AuditTrail;
use org_kernel::event::EventFeed;
use org_kernel::id::OrgId;
use org_kernel::idempotency::KeptAnswers;

use super::Subject;
use crate::import::ImportStore;
use crate::library::Library;
use crate::memory::InMemory;
use crate::transaction::Transactions;

impl Subject for Arc<InMemory> {
    fn library(&self) -> Arc<dyn Library> {
        Self::clone(self)
    }

    fn imports(&self) -> Arc<dyn ImportStore> {
        Self::clone(self)
    }

    fn feed(&self) -> Arc<dyn EventFeed> {
        Self::clone(self)
    }

    /// What is committed is dispatched.
    fn dispatch(&self) {}

    fn payloads(&self, org: OrgId) -> Vec<String> {
        let mut events = self.events(org);
        events.sort_by_key(|event| event.id);
        events.into_iter().map(|event| event.payload).collect()
    }

    fn transactions(&self) -> Arc<dyn Transactions> {
        Self::clone(self)
    }

    fn trail(&self) -> Arc<dyn AuditTrail> {
        Self::clone(self)
    }

    fn answers(&self) -> Arc<dyn KeptAnswers> {
        Self::clone(self)
    }
}
