//! A key as it is stored: everything but its secret.

use org_kernel::actor::Actor;
use org_kernel::id::{KeyId, OrgId};
use org_kernel::instant::Instant;
use org_kernel::text::Line;

use crate::key::{KeyHash, KeyPrefix};
use crate::rate::OwnLimits;
use crate::scope::ScopeSet;

mod status;

pub use status::{KeyStatus, SOON};

/// What people call a key.
pub type KeyName = Line<120>;

/// A key that is about to be stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewKey {
    /// Its id.
    pub id: KeyId,
    /// The one organization that it is for.
    pub org: OrgId,
    /// By which it is found.
    pub hash: KeyHash,
    /// What is shown of its secret.
    pub prefix: KeyPrefix,
    /// What people call it.
    pub name: KeyName,
    /// What it may do.
    pub scopes: ScopeSet,
    /// How often it may, where that differs from what all keys may.
    pub limits: OwnLimits,
    /// From when on it is refused, if ever.
    pub expires_at: Option<Instant>,
    /// When it was made.
    pub created_at: Instant,
    /// Who made it; an author who is gone is still named.
    pub created_by: Actor,
}

impl NewKey {
    /// The stored key that this one becomes in an organization whose slug is `org_slug`.
    pub fn into_stored(self, org_slug: String) -> ApiKey {
        ApiKey {
            id: self.id,
            org: self.org,
            org_slug,
            prefix: self.prefix,
            name: self.name,
            scopes: self.scopes,
            limits: self.limits,
            expires_at: self.expires_at,
            created_at: self.created_at,
            created_by: self.created_by,
            last_used_at: None,
            revoked_at: None,
            replaced_by: None,
        }
    }
}

/// A stored key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiKey {
    /// Its id.
    pub id: KeyId,
    /// The one organization that it is for.
    pub org: OrgId,
    /// That organization's slug, by which it is known in paths.
    pub org_slug: String,
    /// What is shown of its secret.
    pub prefix: KeyPrefix,
    /// What people call it.
    pub name: KeyName,
    /// What it may do.
    pub scopes: ScopeSet,
    /// How often it may, where that differs from what all keys may.
    pub limits: OwnLimits,
    /// From when on it is refused, if ever.
    pub expires_at: Option<Instant>,
    /// When it was made.
    pub created_at: Instant,
    /// Who made it.
    pub created_by: Actor,
    /// The minute in which it was last used, if it was.
    pub last_used_at: Option<Instant>,
    /// When it was revoked, if it was.
    pub revoked_at: Option<Instant>,
    /// The key that was made to take its place, if one was.
    pub replaced_by: Option<KeyId>,
}
