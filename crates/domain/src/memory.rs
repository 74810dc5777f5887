//! A store that keeps everything in memory: for tests, and for programs that need no more.
//!
//! It answers queries from their own `matches` and `order`, so it is the measure that other stores
//! are held to by the contract tests. A transaction works on a copy, which replaces what all others
//! see when it commits; writers wait for one another, readers for nobody.

mod holdings;
mod lists;
mod references;
mod rows;
mod shelf;
mod transaction;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use org_kernel::StoreError;
use org_kernel::event::Event;
use org_kernel::id::{OrgId, ProductionId};

pub use self::rows::Rows;

use self::holdings::Holdings;
use self::transaction::Transaction;
use crate::import::{ImportStore, ImportTx, Mode};
use crate::library::Library;
use crate::organizations::{CreateError, Organization, OrganizationStore, Slug};
use crate::productions::ProductionDetail;
use crate::record::Record;

/// A store in memory.
#[derive(Debug, Default)]
pub struct InMemory {
    committed: RwLock<Arc<World>>,
    writing: Mutex<()>,
}

#[derive(Clone, Debug, Default)]
struct World {
    organizations: BTreeMap<OrgId, Record<Organization>>,
    holdings: BTreeMap<OrgId, Arc<Holdings>>,
}

impl InMemory {
    /// The events of an organization, in the order in which they were appended.
    pub fn events(&self, org: OrgId) -> Vec<Event> {
        self.holdings(org).events.clone()
    }

    fn world(&self) -> Arc<World> {
        let committed = self.committed.read();
        Arc::clone(&committed.unwrap_or_else(PoisonError::into_inner))
    }

    fn holdings(&self, org: OrgId) -> Arc<Holdings> {
        let world = self.world();
        world.holdings.get(&org).cloned().unwrap_or_default()
    }

    /// Keeps other writers out. What is committed is replaced whole, so that a writer that panicked
    /// has left nothing behind.
    fn write(&self) -> MutexGuard<'_, ()> {
        self.writing.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn commit(&self, world: World) {
        let committed = self.committed.write();
        *committed.unwrap_or_else(PoisonError::into_inner) = Arc::new(world);
    }
}

impl OrganizationStore for InMemory {
    fn insert(&self, organization: &Record<Organization>) -> Result<(), CreateError> {
        let _writing = self.write();
        let mut world = World::clone(&self.world());
        let mut others = world.organizations.values();
        if others.any(|other| other.facts.slug == organization.facts.slug) {
            return Err(CreateError::SlugTaken);
        }
        let id = organization.id;
        if world
            .organizations
            .insert(id, organization.clone())
            .is_some()
        {
            return Err(StoreError::failed("an organization has this id").into());
        }
        self.commit(world);
        Ok(())
    }

    fn by_id(&self, org: OrgId) -> Result<Option<Record<Organization>>, StoreError> {
        Ok(self.world().organizations.get(&org).cloned())
    }

    fn by_slug(&self, slug: &Slug) -> Result<Option<Record<Organization>>, StoreError> {
        let world = self.world();
        let mut organizations = world.organizations.values();
        Ok(organizations.find(|one| one.facts.slug == *slug).cloned())
    }
}

impl Library for InMemory {
    fn production(
        &self,
        org: OrgId,
        id: ProductionId,
    ) -> Result<Option<ProductionDetail>, StoreError> {
        Ok(self.holdings(org).production(id))
    }
}

impl ImportStore for InMemory {
    fn transact(
        &self,
        org: OrgId,
        mode: Mode,
        work: &mut dyn FnMut(&mut dyn ImportTx) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let _writing = self.write();
        let mut world = World::clone(&self.world());
        if !world.organizations.contains_key(&org) {
            return Err(StoreError::failed("no organization has this id"));
        }
        let mut transaction = Transaction::on(Holdings::clone(&self.holdings(org)));
        work(&mut transaction)?;
        if mode == Mode::Keep {
            let holdings = Arc::new(transaction.into_holdings());
            world.holdings.insert(org, holdings);
            self.commit(world);
        }
        Ok(())
    }
}
