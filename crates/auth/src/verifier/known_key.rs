//! What verification needs of a stored key.

use org_kernel::id::KeyId;
use org_kernel::instant::Instant;

use super::{RefusedKey, Verdict, Verified};
use crate::api_key::ApiKey;
use crate::credential::Refusal;

/// A key that the store told of.
#[derive(Clone, Debug)]
pub(super) struct KnownKey {
    verified: Verified,
    revoked: bool,
    expires_at: Option<Instant>,
}

impl KnownKey {
    pub(super) fn id(&self) -> KeyId {
        self.verified.key
    }

    /// A key that is both revoked and expired is revoked: somebody meant it to end.
    pub(super) fn verdict(&self, now: Instant) -> Verdict {
        if self.revoked {
            Err(self.refused(Refusal::Revoked))
        } else if self.expires_at.is_some_and(|expiry| expiry <= now) {
            Err(self.refused(Refusal::Expired))
        } else {
            Ok(self.verified.clone())
        }
    }

    const fn refused(&self, refusal: Refusal) -> RefusedKey {
        RefusedKey {
            refusal,
            holder: Some(self.verified.holder()),
        }
    }
}

impl From<ApiKey> for KnownKey {
    fn from(key: ApiKey) -> Self {
        Self {
            verified: Verified {
                org: key.org,
                org_slug: key.org_slug.into(),
                key: key.id,
                scopes: key.scopes,
                limits: key.limits,
            },
            revoked: key.revoked_at.is_some(),
            expires_at: key.expires_at,
        }
    }
}
