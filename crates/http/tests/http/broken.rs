//! Stores that fail when they are told to.

use std::sync::atomic::{AtomicU8, Ordering};

use org_auth::api_key::{ApiKey, NewKey};
use org_auth::key::KeyHash;
use org_auth::key_store::{
    InMemoryKeys, InsertError, KeyStore, KeyUse, Replace, ReplaceError, RevokeError, Target,
};
use org_domain::Record;
use org_domain::library::Library;
use org_domain::memory::InMemory;
use org_domain::organizations::{
    ChangeError, CreateError, Edit, Organization, OrganizationStore, Slug,
};
use org_domain::productions::ProductionDetail;
use org_domain::query::{Lists, Query};
use org_domain::transaction::{End, Transaction, Transactions};
use org_http::Readiness;
use org_kernel::StoreError;
use org_kernel::audit::{Entry, Origin};
use org_kernel::event::{EventFeed, FeedError, FeedPage};
use org_kernel::id::{EventId, KeyId, OrgId, ProductionId};
use org_kernel::instant::Instant;
use org_kernel::page::{Page, PageRequest};

/// How a store is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Health {
    Well,
    Unreachable,
    Failing,
    Panicking,
}

/// Words that no client may ever read.
pub(crate) const SECRET: &str = "connection string postgres://admin:hunter2@db";

/// A store that is as well as it was last told to be.
pub(crate) struct Moody<S> {
    pub(crate) inner: S,
    health: AtomicU8,
}

impl<S> Moody<S> {
    pub(crate) fn well(inner: S) -> Self {
        Self {
            inner,
            health: AtomicU8::new(Health::Well as u8),
        }
    }

    pub(crate) fn falls(&self, health: Health) {
        self.health.store(health as u8, Ordering::SeqCst);
    }

    fn reach(&self) -> Result<&S, StoreError> {
        match self.health.load(Ordering::SeqCst) {
            0 => Ok(&self.inner),
            1 => Err(StoreError::unavailable(SECRET)),
            2 => Err(StoreError::failed(SECRET)),
            _ => panic!("{SECRET}"),
        }
    }
}

impl<S: Send + Sync> Readiness for Moody<S> {
    fn check(&self) -> Result<(), StoreError> {
        self.reach().map(drop)
    }
}

impl<Q: Query> Lists<Q> for Moody<InMemory>
where
    InMemory: Lists<Q>,
{
    fn list(&self, org: OrgId, query: &Q, page: PageRequest) -> Result<Page<Q::Item>, StoreError> {
        self.reach()?.list(org, query, page)
    }
}

impl OrganizationStore for Moody<InMemory> {
    fn insert(
        &self,
        organization: &Record<Organization>,
        entry: &Entry,
    ) -> Result<(), CreateError> {
        self.reach()?.insert(organization, entry)
    }

    fn edit(&self, org: OrgId, edit: &mut Edit<'_>) -> Result<Record<Organization>, ChangeError> {
        self.reach()?.edit(org, edit)
    }

    fn by_id(&self, org: OrgId) -> Result<Option<Record<Organization>>, StoreError> {
        self.reach()?.by_id(org)
    }

    fn by_slug(&self, slug: &Slug) -> Result<Option<Record<Organization>>, StoreError> {
        self.reach()?.by_slug(slug)
    }
}

impl Library for Moody<InMemory> {
    fn production(
        &self,
        org: OrgId,
        id: ProductionId,
    ) -> Result<Option<ProductionDetail>, StoreError> {
        self.reach()?.production(org, id)
    }
}

impl Transactions for Moody<InMemory> {
    fn transact(
        &self,
        org: OrgId,
        origin: &Origin,
        work: &mut dyn FnMut(&mut dyn Transaction) -> Result<End, StoreError>,
    ) -> Result<(), StoreError> {
        self.reach()?.transact(org, origin, work)
    }
}

impl EventFeed for Moody<InMemory> {
    fn after(&self, org: OrgId, event: Option<EventId>, limit: u32) -> Result<FeedPage, FeedError> {
        self.reach()?.after(org, event, limit)
    }
}

impl KeyStore for Moody<InMemoryKeys> {
    fn find(&self, hash: &KeyHash) -> Result<Option<ApiKey>, StoreError> {
        self.reach()?.find(hash)
    }

    fn insert(&self, key: NewKey, entry: &Entry) -> Result<ApiKey, InsertError> {
        self.reach()?.insert(key, entry)
    }

    fn list(&self, org: OrgId) -> Result<Vec<ApiKey>, StoreError> {
        self.reach()?.list(org)
    }

    fn some(&self, org: OrgId, keys: &[KeyId]) -> Result<Vec<ApiKey>, StoreError> {
        self.reach()?.some(org, keys)
    }

    fn latest(&self, org: OrgId, most: u32) -> Result<Vec<ApiKey>, StoreError> {
        self.reach()?.latest(org, most)
    }

    fn get(&self, org: OrgId, key: KeyId) -> Result<Option<ApiKey>, StoreError> {
        self.reach()?.get(org, key)
    }

    fn revoke(&self, target: Target, at: Instant, entry: &Entry) -> Result<ApiKey, RevokeError> {
        self.reach()?.revoke(target, at, entry)
    }

    fn replace(&self, target: Target, make: &mut Replace<'_>) -> Result<ApiKey, ReplaceError> {
        self.reach()?.replace(target, make)
    }

    fn record_uses(&self, uses: &[KeyUse]) -> Result<(), StoreError> {
        self.reach()?.record_uses(uses)
    }
}
