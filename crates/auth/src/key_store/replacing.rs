//! One key takes the place of another.

use org_kernel::StoreError;
use org_kernel::audit::Entry;
use org_kernel::id::KeyId;
use org_kernel::instant::Instant;

use super::InsertError;
use crate::api_key::{ApiKey, NewKey};

/// Makes the key that takes a key's place, or says why none may.
///
/// A store that has to begin a transaction again calls it again.
pub type Replace<'a> = dyn FnMut(&ApiKey) -> Result<Replacement, ReplaceError> + 'a;

/// A key in the place of another.
#[derive(Clone, Debug)]
pub struct Replacement {
    /// The new one, of the same organization.
    pub key: NewKey,
    /// From when on the old one is refused.
    pub old_until: Instant,
    /// What the audit trail tells: of the old one, and of the new one.
    pub entries: [Entry; 2],
}

/// Why no key took the place of another; nothing was stored.
#[derive(Debug, thiserror::Error)]
pub enum ReplaceError {
    /// No key has this id.
    #[error("there is no such key")]
    NoSuchKey,
    /// It was revoked.
    #[error("the key was revoked")]
    Revoked,
    /// Its time is over.
    #[error("the key has expired")]
    Expired,
    /// Another key has its place already.
    #[error("the key was replaced already")]
    Replaced {
        /// Which.
        by: KeyId,
    },
    /// The id that the new key was to have is that of another.
    #[error("the id of the new key is taken")]
    IdTaken,
    /// The store did not do it.
    #[error("the key was not replaced")]
    Store(#[from] StoreError),
}

impl From<InsertError> for ReplaceError {
    /// The new key was not stored. Its organization is gone with all its keys, when it is gone.
    fn from(error: InsertError) -> Self {
        match error {
            InsertError::NoSuchOrg => Self::NoSuchKey,
            InsertError::IdTaken => Self::IdTaken,
            InsertError::Store(cause) => Self::Store(cause),
        }
    }
}
