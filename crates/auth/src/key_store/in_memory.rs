//! The key store that tests stand on.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard};

use org_kernel::StoreError;
use org_kernel::id::{KeyId, OrgId};
use org_kernel::instant::Instant;

use super::{InsertError, KeyStore, KeyUse, RevokeError};
use crate::api_key::{ApiKey, NewKey};
use crate::key::KeyHash;

/// Keys in memory, and the organizations that they may belong to.
#[derive(Debug, Default)]
pub struct InMemoryKeys {
    slugs: BTreeMap<OrgId, String>,
    keys: Mutex<BTreeMap<KeyId, (KeyHash, ApiKey)>>,
}

impl InMemoryKeys {
    /// A store without keys, for organizations with these ids and slugs.
    pub fn of(orgs: impl IntoIterator<Item = (OrgId, String)>) -> Self {
        Self {
            slugs: orgs.into_iter().collect(),
            keys: Mutex::default(),
        }
    }

    fn keys(&self) -> MutexGuard<'_, BTreeMap<KeyId, (KeyHash, ApiKey)>> {
        self.keys.lock().expect("no test panicked within the store")
    }
}

impl KeyStore for InMemoryKeys {
    fn find(&self, hash: &KeyHash) -> Result<Option<ApiKey>, StoreError> {
        let keys = self.keys();
        let found = keys.values().find(|(stored, _)| stored == hash);
        Ok(found.map(|(_, key)| key.clone()))
    }

    fn insert(&self, key: NewKey) -> Result<ApiKey, InsertError> {
        let slug = self.slugs.get(&key.org).ok_or(InsertError::NoSuchOrg)?;
        let mut keys = self.keys();
        let twice = keys.contains_key(&key.id) || keys.values().any(|(hash, _)| *hash == key.hash);
        if twice {
            return Err(StoreError::failed("the key is stored already").into());
        }
        let hash = key.hash;
        let stored = key.into_stored(slug.clone());
        keys.insert(stored.id, (hash, stored.clone()));
        Ok(stored)
    }

    fn list(&self, org: OrgId) -> Result<Vec<ApiKey>, StoreError> {
        let keys = self.keys();
        let of_org = keys.values().filter(|(_, key)| key.org == org);
        let mut listed: Vec<_> = of_org.map(|(_, key)| key.clone()).collect();
        listed.sort_by_key(|key| (key.created_at, key.id));
        Ok(listed)
    }

    fn revoke(&self, key: KeyId, at: Instant) -> Result<ApiKey, RevokeError> {
        let mut keys = self.keys();
        let (_, key) = keys.get_mut(&key).ok_or(RevokeError::NoSuchKey)?;
        key.revoked_at.get_or_insert(at);
        Ok(key.clone())
    }

    fn record_uses(&self, uses: &[KeyUse]) -> Result<(), StoreError> {
        let mut keys = self.keys();
        for used in uses {
            if let Some((_, key)) = keys.get_mut(&used.key) {
                key.last_used_at = key.last_used_at.max(Some(used.minute));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::key_store::contract::{ExistingOrg, Ground, key_store_contract};
    use crate::testing::{org, slug};

    struct InMemoryGround(InMemoryKeys);

    impl Ground for InMemoryGround {
        fn store(&self) -> &dyn KeyStore {
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
    fn the_fake_keeps_the_promises_of_the_port() {
        key_store_contract(|| {
            let orgs = [1, 2].map(|number| (org(number), slug(number)));
            InMemoryGround(InMemoryKeys::of(orgs))
        });
    }
}
