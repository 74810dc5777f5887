//! A key store in which something can happen while it is asked, or that fails.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use org_kernel::StoreError;
use org_kernel::audit::Entry;
use org_kernel::hour::Hour;
use org_kernel::id::{KeyId, OrgId};
use org_kernel::instant::Instant;
use time::Date;

use crate::api_key::{ApiKey, NewKey};
use crate::key::KeyHash;
use crate::key_store::{
    InMemoryKeys, InsertError, KeyStore, KeyUse, Replace, ReplaceError, RevokeError, Target,
};
use crate::refusals::{RefusalLog, RefusedRequest};
use crate::traffic::{OrgHour, Traffic, TrafficStore};
use crate::usage::{KeyDay, UsageStore};

type Hook = Box<dyn FnOnce(&InMemoryKeys) + Send>;

pub(crate) struct HookedStore {
    inner: InMemoryKeys,
    hook: Mutex<Option<Hook>>,
    failing: AtomicBool,
    finds: AtomicUsize,
}

impl HookedStore {
    pub(crate) fn new(inner: InMemoryKeys) -> Self {
        Self {
            inner,
            hook: Mutex::default(),
            failing: AtomicBool::default(),
            finds: AtomicUsize::default(),
        }
    }

    /// Lets `hook` run once, after the next `find` has read and before it answers.
    pub(crate) fn during_next_find(&self, hook: impl FnOnce(&InMemoryKeys) + Send + 'static) {
        *self.hook.lock().expect("not poisoned") = Some(Box::new(hook));
    }

    /// From now on, every call fails, or none.
    pub(crate) fn fail(&self, failing: bool) {
        self.failing.store(failing, Ordering::SeqCst);
    }

    /// The store behind it, whether or not it fails.
    pub(crate) fn inner(&self) -> &InMemoryKeys {
        &self.inner
    }

    /// How many times a key was looked up.
    pub(crate) fn finds(&self) -> usize {
        self.finds.load(Ordering::SeqCst)
    }

    fn reach(&self) -> Result<&InMemoryKeys, StoreError> {
        if self.failing.load(Ordering::SeqCst) {
            return Err(StoreError::unavailable("the test cut the connection"));
        }
        Ok(&self.inner)
    }
}

impl KeyStore for HookedStore {
    fn find(&self, hash: &KeyHash) -> Result<Option<ApiKey>, StoreError> {
        self.finds.fetch_add(1, Ordering::SeqCst);
        let found = self.reach()?.find(hash);
        let hook = self.hook.lock().expect("not poisoned").take();
        if let Some(hook) = hook {
            hook(&self.inner);
        }
        found
    }

    fn get(&self, org: OrgId, key: KeyId) -> Result<Option<ApiKey>, StoreError> {
        self.reach()?.get(org, key)
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

impl RefusalLog for HookedStore {
    fn append(&self, refused: &[RefusedRequest]) -> Result<(), StoreError> {
        self.reach()?.append(refused)
    }

    fn forget_before(&self, before: Instant, most: u32) -> Result<u32, StoreError> {
        self.reach()?.forget_before(before, most)
    }
}

impl UsageStore for HookedStore {
    fn add(&self, days: &[KeyDay]) -> Result<(), StoreError> {
        self.reach()?.add(days)
    }

    fn of(&self, org: OrgId, since: Date) -> Result<Vec<KeyDay>, StoreError> {
        self.reach()?.of(org, since)
    }

    fn of_key(&self, org: OrgId, key: KeyId, since: Date) -> Result<Vec<KeyDay>, StoreError> {
        self.reach()?.of_key(org, key, since)
    }
}

impl TrafficStore for HookedStore {
    fn add_traffic(&self, hours: &[OrgHour]) -> Result<(), StoreError> {
        self.reach()?.add_traffic(hours)
    }

    fn traffic(&self, org: OrgId, since: Hour) -> Result<Vec<(Hour, Traffic)>, StoreError> {
        self.reach()?.traffic(org, since)
    }

    fn forget_traffic_before(&self, before: Instant, most: u32) -> Result<u32, StoreError> {
        self.reach()?.forget_traffic_before(before, most)
    }
}
