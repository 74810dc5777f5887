//! The port to wherever keys are stored.

use org_kernel::StoreError;
use org_kernel::audit::Entry;
use org_kernel::id::{KeyId, OrgId};
use org_kernel::instant::Instant;

use crate::api_key::{ApiKey, NewKey};
use crate::key::KeyHash;

#[cfg(any(test, feature = "contract"))]
pub mod contract;
#[cfg(any(test, feature = "fakes"))]
mod in_memory;
mod replacing;

#[cfg(any(test, feature = "fakes"))]
pub use in_memory::InMemoryKeys;
#[cfg(any(test, feature = "fakes"))]
pub(crate) use in_memory::lock;
pub use replacing::{Replace, ReplaceError, Replacement};

/// Stores keys. Every method blocks until the store has answered, and each is one transaction.
///
/// What is promised here is tested by the suite in `contract`, which every adapter runs.
pub trait KeyStore: Send + Sync {
    /// The key of this hash, revoked and expired ones included.
    fn find(&self, hash: &KeyHash) -> Result<Option<ApiKey>, StoreError>;

    /// The key of this organization that has this id, revoked and expired ones included.
    fn get(&self, org: OrgId, key: KeyId) -> Result<Option<ApiKey>, StoreError>;

    /// Stores a new key, and `entry` in its organization's audit trail, and answers the key with its
    /// organization's slug.
    ///
    /// An id that any key has already is refused, a hash is a failure, and both leave what is stored as
    /// it was.
    fn insert(&self, key: NewKey, entry: &Entry) -> Result<ApiKey, InsertError>;

    /// All keys of one organization in the order in which they were made (then by id), revoked and
    /// expired ones included; none for an organization that does not exist.
    fn list(&self, org: OrgId) -> Result<Vec<ApiKey>, StoreError>;

    /// Those of these keys that are of this organization, in no order.
    fn some(&self, org: OrgId, keys: &[KeyId]) -> Result<Vec<ApiKey>, StoreError>;

    /// The keys of one organization that were made last, the latest first, `most` of them at the most.
    fn latest(&self, org: OrgId, most: u32) -> Result<Vec<ApiKey>, StoreError>;

    /// Revokes a key as of `at`, adds `entry` to its organization's audit trail, and answers the key
    /// as it is then.
    ///
    /// A key that is revoked already keeps its first time, also when two revoke it at once, and the
    /// trail has the one who was first.
    fn revoke(&self, target: Target, at: Instant, entry: &Entry) -> Result<ApiKey, RevokeError>;

    /// Stores the key that `make` makes to take the place of another, ends that one, adds both entries to
    /// the trail, and answers the new key; or does nothing of it.
    ///
    /// A key is replaced once: for one that was replaced before, `make` is not asked. Of two who replace
    /// a key at once, the one waits for what the other does, and then is told of it.
    fn replace(&self, target: Target, make: &mut Replace<'_>) -> Result<ApiKey, ReplaceError>;

    /// Moves the times of last use forward, never back, all of them or none.
    ///
    /// A key stands in `uses` at most once; a key that does not exist is passed over.
    fn record_uses(&self, uses: &[KeyUse]) -> Result<(), StoreError>;
}

/// Which key is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Target {
    /// The organization that it must be of: another's does not exist. None for whoever runs the server,
    /// who may mean any.
    pub org: Option<OrgId>,
    /// Its id.
    pub id: KeyId,
}

impl From<KeyId> for Target {
    /// The key of whatever organization.
    fn from(id: KeyId) -> Self {
        Self { org: None, id }
    }
}

impl From<(OrgId, KeyId)> for Target {
    /// The key, if it is of this organization.
    fn from((org, id): (OrgId, KeyId)) -> Self {
        Self { org: Some(org), id }
    }
}

/// That a key was used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeyUse {
    /// Which key.
    pub key: KeyId,
    /// The minute in which it was used, as the instant of its beginning.
    pub minute: Instant,
}

/// Why a key was not stored.
#[derive(Debug, thiserror::Error)]
pub enum InsertError {
    /// The organization does not exist, or does no longer.
    #[error("there is no such organization")]
    NoSuchOrg,
    /// The id is that of another key.
    #[error("the id of the key is taken")]
    IdTaken,
    /// The store did not do it.
    #[error("the key was not stored")]
    Store(#[from] StoreError),
}

/// Why a key was not revoked.
#[derive(Debug, thiserror::Error)]
pub enum RevokeError {
    /// No key has this id.
    #[error("there is no such key")]
    NoSuchKey,
    /// The store did not do it, or cannot say that it did.
    #[error("the key was not revoked")]
    Store(#[from] StoreError),
}
