//! Verification: whose key is this, and may it still be used?
//!
//! Nearly every answer comes from memory, from [`KnownKeys`]: a key that the store told of lately.
//! The caller asks [`Verifier::recall`] first, which never blocks, and moves to a blocking thread
//! for [`Verifier::verify`] only when memory has no answer.
//!
//! What may be remembered, and for how long, is decided by revocation:
//!
//! - A revocation in this process forgets the key before it answers.
//! - One in another process arrives through a listener. While the listener is known to be alive, a
//!   memory is good for [`AGE_WHILE_LISTENING`]; while it is not, for [`AGE_WHILE_DEAF`], which is
//!   well within the second that a revocation may take.
//! - A key that is being loaded while any key is forgotten may have been read before the revocation
//!   that forgot it. Forgetting therefore begins a new generation, and what was loaded in an older
//!   one is answered once and not remembered.
//!
//! Expiry needs no news: it is judged by the clock at every request.

use std::sync::Arc;

use org_kernel::StoreError;
use org_kernel::clock::Clock;
use org_kernel::id::{KeyId, OrgId};

use crate::credential::Refusal;
use crate::key::PresentedKey;
use crate::key_store::KeyStore;
use crate::rate::OwnLimits;
use crate::scope::ScopeSet;

mod known_key;
mod known_keys;
#[cfg(test)]
mod tests;

use known_key::KnownKey;
pub use known_keys::{AGE_WHILE_DEAF, AGE_WHILE_LISTENING, CacheFigures, KnownKeys};

/// A key that may be used now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    /// The organization that it is for.
    pub org: OrgId,
    /// That organization's slug.
    pub org_slug: Arc<str>,
    /// Which key it is.
    pub key: KeyId,
    /// What it may do.
    pub scopes: ScopeSet,
    /// How often it may, where that differs from what all keys may.
    pub limits: OwnLimits,
}

impl Verified {
    /// Whose it is.
    pub const fn holder(&self) -> Holder {
        Holder {
            org: self.org,
            key: self.key,
        }
    }
}

/// What is known of a presented key.
pub type Verdict = Result<Verified, RefusedKey>;

/// A key that may not be used, or not any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RefusedKey {
    /// Why.
    pub refusal: Refusal,
    /// Whose it is, if it is anybody's.
    pub holder: Option<Holder>,
}

impl From<Refusal> for RefusedKey {
    /// A key that is nobody's.
    fn from(refusal: Refusal) -> Self {
        Self {
            refusal,
            holder: None,
        }
    }
}

/// A stored key, whether or not it may be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Holder {
    /// The organization that it is for.
    pub org: OrgId,
    /// Which key it is.
    pub key: KeyId,
}

/// Tells whose a presented key is.
pub struct Verifier {
    store: Arc<dyn KeyStore>,
    clock: Arc<dyn Clock>,
    known: Arc<KnownKeys>,
}

impl Verifier {
    /// `known` is shared with whoever hears of revocations.
    pub fn new(store: Arc<dyn KeyStore>, clock: Arc<dyn Clock>, known: Arc<KnownKeys>) -> Self {
        Self {
            store,
            clock,
            known,
        }
    }

    /// The verdict from memory, without blocking; `None` when the store has to be asked.
    pub fn recall(&self, key: &PresentedKey) -> Option<Verdict> {
        let now = self.clock.now();
        self.known.recall(key.hash(), now, |key| key.verdict(now))
    }

    /// The verdict from memory or else from the store, for which it blocks; nobody knows it when the
    /// store does not answer.
    ///
    /// A key that the store does not know is not remembered: whoever sends such keys, however many,
    /// gains no room here.
    pub fn verify(&self, key: &PresentedKey) -> Result<Verdict, StoreError> {
        if let Some(verdict) = self.recall(key) {
            return Ok(verdict);
        }
        let loading = self.known.begin_loading(self.clock.now());
        let Some(stored) = self.store.find(key.hash())? else {
            self.known.forget_hash(key.hash());
            return Ok(Err(Refusal::Invalid.into()));
        };
        let found = KnownKey::from(stored);
        let now = self.clock.now();
        let verdict = found.verdict(now);
        self.known.remember(*key.hash(), found, loading, now);
        Ok(verdict)
    }
}
