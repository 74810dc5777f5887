//! The key store that tests stand on.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard};

use org_kernel::StoreError;
use org_kernel::audit::{AuditTrail, Entry, EntryQuery};
use org_kernel::hour::Hour;
use org_kernel::id::{KeyId, OrgId};
use org_kernel::instant::Instant;
use time::Date;

use super::{
    InsertError, KeyStore, KeyUse, Replace, ReplaceError, Replacement, RevokeError, Target,
};
use crate::api_key::{ApiKey, NewKey};
use crate::key::KeyHash;
use crate::traffic::Traffic;
use crate::usage::Tally;

type Keys = BTreeMap<KeyId, (KeyHash, ApiKey)>;

/// Keys in memory, the organizations that they may belong to, and what is written of both.
#[derive(Debug, Default)]
pub struct InMemoryKeys {
    slugs: BTreeMap<OrgId, String>,
    keys: Mutex<Keys>,
    /// Taken after `keys`, when both are.
    pub(crate) trail: Mutex<Vec<(Option<OrgId>, Entry)>>,
    pub(crate) days: Mutex<BTreeMap<(OrgId, Date, KeyId), Tally>>,
    pub(crate) traffic: Mutex<BTreeMap<(OrgId, Hour), Traffic>>,
}

impl InMemoryKeys {
    /// A store without keys, for organizations with these ids and slugs.
    pub fn of(orgs: impl IntoIterator<Item = (OrgId, String)>) -> Self {
        Self {
            slugs: orgs.into_iter().collect(),
            ..Self::default()
        }
    }

    /// True for an organization that exists, and for none at all.
    pub(crate) fn knows(&self, org: Option<OrgId>) -> bool {
        org.is_none_or(|org| self.slugs.contains_key(&org))
    }

    /// The organization of a key that exists.
    pub(crate) fn org_of(&self, key: KeyId) -> Option<OrgId> {
        lock(&self.keys).get(&key).map(|(_, key)| key.org)
    }
}

/// Takes the lock of a part of the store.
pub(crate) fn lock<T>(part: &Mutex<T>) -> MutexGuard<'_, T> {
    part.lock().expect("no test panicked within the store")
}

impl KeyStore for InMemoryKeys {
    fn find(&self, hash: &KeyHash) -> Result<Option<ApiKey>, StoreError> {
        let keys = lock(&self.keys);
        let found = keys.values().find(|(stored, _)| stored == hash);
        Ok(found.map(|(_, key)| key.clone()))
    }

    fn get(&self, org: OrgId, key: KeyId) -> Result<Option<ApiKey>, StoreError> {
        let keys = lock(&self.keys);
        let found = keys.get(&key).filter(|(_, key)| key.org == org);
        Ok(found.map(|(_, key)| key.clone()))
    }

    fn insert(&self, key: NewKey, entry: &Entry) -> Result<ApiKey, InsertError> {
        let slug = self.slugs.get(&key.org).ok_or(InsertError::NoSuchOrg)?;
        let mut keys = lock(&self.keys);
        let stored = add(&mut keys, key, slug)?;
        lock(&self.trail).push((Some(stored.org), entry.clone()));
        Ok(stored)
    }

    fn list(&self, org: OrgId) -> Result<Vec<ApiKey>, StoreError> {
        let keys = lock(&self.keys);
        let of_org = keys.values().filter(|(_, key)| key.org == org);
        let mut listed: Vec<_> = of_org.map(|(_, key)| key.clone()).collect();
        listed.sort_by_key(|key| (key.created_at, key.id));
        Ok(listed)
    }

    fn some(&self, org: OrgId, keys: &[KeyId]) -> Result<Vec<ApiKey>, StoreError> {
        let mut found = self.list(org)?;
        found.retain(|key| keys.contains(&key.id));
        Ok(found)
    }

    fn latest(&self, org: OrgId, most: u32) -> Result<Vec<ApiKey>, StoreError> {
        let mut found = self.list(org)?;
        found.reverse();
        found.truncate(usize::try_from(most).unwrap_or(usize::MAX));
        Ok(found)
    }

    fn revoke(&self, target: Target, at: Instant, entry: &Entry) -> Result<ApiKey, RevokeError> {
        let mut keys = lock(&self.keys);
        let key = meant(&mut keys, target).ok_or(RevokeError::NoSuchKey)?;
        if key.revoked_at.is_none() {
            key.revoked_at = Some(at);
            lock(&self.trail).push((Some(key.org), entry.clone()));
        }
        Ok(key.clone())
    }

    fn replace(&self, target: Target, make: &mut Replace<'_>) -> Result<ApiKey, ReplaceError> {
        let mut keys = lock(&self.keys);
        let old = meant(&mut keys, target).ok_or(ReplaceError::NoSuchKey)?;
        if let Some(by) = old.replaced_by {
            return Err(ReplaceError::Replaced { by });
        }
        let Replacement {
            key,
            old_until,
            entries,
        } = make(old)?;
        let (org, slug) = (old.org, old.org_slug.clone());
        let stored = add(&mut keys, key, &slug)?;
        if let Some(old) = meant(&mut keys, target) {
            old.replaced_by = Some(stored.id);
            old.expires_at = Some(old_until);
        }
        let told = entries.into_iter().map(|entry| (Some(org), entry));
        lock(&self.trail).extend(told);
        Ok(stored)
    }

    fn record_uses(&self, uses: &[KeyUse]) -> Result<(), StoreError> {
        let mut keys = lock(&self.keys);
        for used in uses {
            if let Some((_, key)) = keys.get_mut(&used.key) {
                key.last_used_at = key.last_used_at.max(Some(used.minute));
            }
        }
        Ok(())
    }
}

/// Stores a key that has its id and its hash for itself.
fn add(keys: &mut Keys, key: NewKey, slug: &str) -> Result<ApiKey, InsertError> {
    if keys.contains_key(&key.id) {
        return Err(InsertError::IdTaken);
    }
    if keys.values().any(|(hash, _)| *hash == key.hash) {
        return Err(StoreError::failed("the hash is stored already").into());
    }
    let hash = key.hash;
    let stored = key.into_stored(slug.to_owned());
    keys.insert(stored.id, (hash, stored.clone()));
    Ok(stored)
}

fn meant(keys: &mut Keys, target: Target) -> Option<&mut ApiKey> {
    let (_, key) = keys.get_mut(&target.id)?;
    target.org.is_none_or(|org| org == key.org).then_some(key)
}

impl AuditTrail for InMemoryKeys {
    fn entries(&self, query: &EntryQuery) -> Result<Vec<Entry>, StoreError> {
        let trail = lock(&self.trail);
        let asked_for = trail.iter().filter(|(org, _)| *org == query.org);
        Ok(query.find(asked_for.map(|(_, entry)| entry)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::{ExistingOrg, Ground, Ports, contract};
    use crate::testing::{org, slug};

    struct InMemoryGround(InMemoryKeys);

    impl Ground for InMemoryGround {
        fn store(&self) -> &dyn Ports {
            &self.0
        }

        fn orgs(&self) -> [ExistingOrg; 2] {
            [1, 2].map(|number| ExistingOrg {
                id: org(number),
                slug: slug(number),
            })
        }
    }

    #[test]
    fn the_fake_keeps_the_promises_of_the_ports() {
        contract(|| {
            let orgs = [1, 2].map(|number| (org(number), slug(number)));
            InMemoryGround(InMemoryKeys::of(orgs))
        });
    }
}
