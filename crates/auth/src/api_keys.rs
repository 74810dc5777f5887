//! Issuing, listing, rotating and revoking keys.

use std::sync::Arc;

use org_kernel::StoreError;
use org_kernel::audit::{Change, Entry, Origin};
use org_kernel::clock::Clock;
use org_kernel::entropy::{Entropy, NoEntropy};
use org_kernel::id::{KeyId, OrgId};
use org_kernel::id_source::IdSource;
use org_kernel::instant::Instant;

use crate::api_key::{ApiKey, KeyName, NewKey};
use crate::key::KeySecret;
use crate::key_store::{InsertError, KeyStore, RevokeError, Target};
use crate::rate::OwnLimits;
use crate::scope::ScopeSet;
use crate::verifier::KnownKeys;
use told::Told;

mod rotate;
#[cfg(test)]
mod tests;
mod told;

pub use rotate::{Overlap, RotateError, RotateRequest};

/// The keys of every organization.
pub struct ApiKeys {
    store: Arc<dyn KeyStore>,
    clock: Arc<dyn Clock>,
    ids: Arc<dyn IdSource>,
    entropy: Arc<dyn Entropy>,
    known: Arc<KnownKeys>,
}

/// What somebody wants a key to be.
#[derive(Clone, Debug)]
pub struct KeyRequest {
    /// The id of the key to be, where it is known before: asked for a second time, it is refused.
    pub id: Option<KeyId>,
    /// The organization that it is for.
    pub org: OrgId,
    /// What people will call it.
    pub name: KeyName,
    /// What it may do; with no scope, nothing.
    pub scopes: ScopeSet,
    /// How often it may, where that differs from what all keys may.
    pub limits: OwnLimits,
    /// From when on it is refused, if ever; any instant, so a key may be expired from its beginning.
    pub expires_at: Option<Instant>,
}

/// A key that was just made, and the one sight of its secret.
#[derive(Debug)]
pub struct IssuedKey {
    /// The key as it is stored.
    pub key: ApiKey,
    /// Its secret, which is stored nowhere.
    pub secret: KeySecret,
}

/// Why no key was issued.
#[derive(Debug, thiserror::Error)]
pub enum IssueError {
    /// The organization does not exist.
    #[error("there is no such organization")]
    NoSuchOrg,
    /// This very request was done already, or the id that it brings is that of another key.
    #[error("the key was issued already")]
    AlreadyIssued,
    /// There was nothing to make a secret of.
    #[error("no secret could be made")]
    NoEntropy(#[from] NoEntropy),
    /// The store did not do it.
    #[error("the key was not stored")]
    Store(#[source] StoreError),
}

impl From<InsertError> for IssueError {
    fn from(error: InsertError) -> Self {
        match error {
            InsertError::NoSuchOrg => Self::NoSuchOrg,
            InsertError::IdTaken => Self::AlreadyIssued,
            InsertError::Store(cause) => Self::Store(cause),
        }
    }
}

impl ApiKeys {
    /// `known` is what this process's [`Verifier`](crate::verifier::Verifier) remembers, so that a
    /// key revoked here is refused here at once; a process that verifies nothing gives an empty one.
    pub fn new(
        store: Arc<dyn KeyStore>,
        clock: Arc<dyn Clock>,
        ids: Arc<dyn IdSource>,
        entropy: Arc<dyn Entropy>,
        known: Arc<KnownKeys>,
    ) -> Self {
        Self {
            store,
            clock,
            ids,
            entropy,
            known,
        }
    }

    /// Makes a key, stores it, and answers it with its secret.
    pub fn issue(&self, request: KeyRequest, origin: &Origin) -> Result<IssuedKey, IssueError> {
        let now = self.clock.now();
        let secret = KeySecret::generate(self.entropy.as_ref())?;
        let key = NewKey {
            id: request.id.unwrap_or_else(|| self.ids.next()),
            org: request.org,
            hash: secret.hash(),
            prefix: secret.prefix(),
            name: request.name,
            scopes: request.scopes,
            limits: request.limits,
            expires_at: request.expires_at,
            created_at: now,
            created_by: origin.actor,
        };
        let created = Change::new(self.ids.uuid(), now, "api_key.created", key.id)
            .between(None, &Told::of(&key), &[])
            .map_err(IssueError::Store)?;
        let key = self.store.insert(key, &Entry::of(created, origin))?;
        Ok(IssuedKey { key, secret })
    }

    /// All keys of an organization in the order in which they were made, revoked and expired ones
    /// included.
    pub fn list(&self, org: OrgId) -> Result<Vec<ApiKey>, StoreError> {
        self.store.list(org)
    }

    /// Those of these keys that are of this organization, revoked and expired ones included, in no order.
    pub fn some(&self, org: OrgId, keys: &[KeyId]) -> Result<Vec<ApiKey>, StoreError> {
        self.store.some(org, keys)
    }

    /// The keys of an organization that were made last, the latest first, `most` of them at the most; revoked
    /// and expired ones included.
    pub fn latest(&self, org: OrgId, most: u32) -> Result<Vec<ApiKey>, StoreError> {
        self.store.latest(org, most)
    }

    /// The key of this organization that has this id, revoked and expired ones included.
    pub fn find(&self, org: OrgId, key: KeyId) -> Result<Option<ApiKey>, StoreError> {
        self.store.get(org, key)
    }

    /// Revokes a key for good, an id alone meaning that of whatever organization; one that is revoked already keeps its first time.
    ///
    /// When this answers, no verifier of this process lets the key in any more.
    pub fn revoke(
        &self,
        target: impl Into<Target>,
        origin: &Origin,
    ) -> Result<ApiKey, RevokeError> {
        let (now, target) = (self.clock.now(), target.into());
        let revoked = Change::new(self.ids.uuid(), now, "api_key.revoked", target.id);
        let entry = Entry::of(revoked, origin);
        let revoked = self.store.revoke(target, now, &entry);
        // After a failure too: a store that lost its connection may have revoked it all the same.
        self.known.forget(target.id);
        revoked
    }
}
