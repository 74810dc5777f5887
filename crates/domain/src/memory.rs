//! A store that keeps everything in memory: for tests, and for programs that need no more.
//!
//! It answers queries from their own `matches` and `order`, so it is the measure that other stores
//! are held to by the contract tests. A transaction works on a copy, which replaces what all others
//! see when it commits; writers wait for one another, readers for nobody.

mod feed;
mod holdings;
mod lists;
mod references;
mod rows;
mod shelf;
mod trail;
mod transaction;
mod writes;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use org_kernel::StoreError;
use org_kernel::audit::{Entry, Origin};
use org_kernel::event::Event;
use org_kernel::id::{OrgId, ProductionId};

pub use self::rows::Rows;

use self::holdings::Holdings;
use self::transaction::Transaction;
use crate::import::{ImportStore, ImportTx, Mode};
use crate::library::Library;
use crate::organizations::{
    ChangeError, CreateError, Edit, Organization, OrganizationStore, Revision, Slug,
};
use crate::productions::ProductionDetail;
use crate::record::Record;
use crate::transaction::{self as port, End, Transactions};

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
    /// The audit trail of an organization, in the order in which it was written.
    pub fn entries(&self, org: OrgId) -> Vec<Entry> {
        self.holdings(org).entries.clone()
    }

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

    /// Runs `work` on a copy of what the organization holds, which then takes its place.
    fn transaction(
        &self,
        org: OrgId,
        origin: &Origin,
        work: impl FnOnce(&mut Transaction) -> Result<End, StoreError>,
    ) -> Result<(), StoreError> {
        let _writing = self.write();
        let mut world = World::clone(&self.world());
        if !world.organizations.contains_key(&org) {
            return Err(StoreError::failed("no organization has this id"));
        }
        let mut transaction = Transaction::on(Holdings::clone(&self.holdings(org)), origin);
        if work(&mut transaction)? == End::Commit {
            let holdings = Arc::new(transaction.into_holdings());
            world.holdings.insert(org, holdings);
            self.commit(world);
        }
        Ok(())
    }

    fn commit(&self, world: World) {
        let committed = self.committed.write();
        *committed.unwrap_or_else(PoisonError::into_inner) = Arc::new(world);
    }
}

impl OrganizationStore for InMemory {
    fn insert(
        &self,
        organization: &Record<Organization>,
        entry: &Entry,
    ) -> Result<(), CreateError> {
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
        let mut holdings = Holdings::default();
        holdings.entries.push(entry.clone());
        world.holdings.insert(id, Arc::new(holdings));
        self.commit(world);
        Ok(())
    }

    fn edit(&self, org: OrgId, edit: &mut Edit<'_>) -> Result<Record<Organization>, ChangeError> {
        let _writing = self.write();
        let mut world = World::clone(&self.world());
        let stored = world.organizations.get_mut(&org);
        let stored = stored.ok_or(ChangeError::NoSuchOrg)?;
        let Some(Revision {
            organization,
            entry,
        }) = edit(stored)?
        else {
            return Ok(stored.clone());
        };
        stored.clone_from(&organization);
        let holdings = world.holdings.entry(org).or_default();
        Arc::make_mut(holdings).entries.push(entry);
        self.commit(world);
        Ok(organization)
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
        origin: &Origin,
        mode: Mode,
        work: &mut dyn FnMut(&mut dyn ImportTx) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        self.transaction(org, origin, |tx| {
            work(tx)?;
            Ok(match mode {
                Mode::Keep => End::Commit,
                Mode::Rehearse => End::RollBack,
            })
        })
    }
}

impl Transactions for InMemory {
    fn transact(
        &self,
        org: OrgId,
        origin: &Origin,
        work: &mut dyn FnMut(&mut dyn port::Transaction) -> Result<End, StoreError>,
    ) -> Result<(), StoreError> {
        self.transaction(org, origin, |tx| work(tx))
    }
}
