//! The secrets of an endpoint.
//!
//! A secret is shown when it is made and never again. A rotation makes another one, which is the newest
//! from then on, and leaves the one before it valid for [`KEPT_FOR`], so that a receiver has a day to
//! learn of it; until then deliveries are signed with both. Who rotates again within the day ends the
//! older of the two old ones at once: there is one newest secret and at most one old one, and whoever
//! has lost a secret is rid of it by rotating twice.

use org_kernel::StoreError;
use org_kernel::audit::{Change, Entry, Origin};
use org_kernel::id::EndpointId;
use org_kernel::instant::Instant;
use time::Duration;
use uuid::Uuid;

use super::{Endpoints, NoSecret, RotateError, SecretsError};
use crate::endpoint_store::{Rotation, StoredSecret, Target};
use crate::secret::SigningSecret;

/// How long a secret stays valid once another has taken its place.
pub const KEPT_FOR: Duration = Duration::hours(24);

impl Endpoints {
    /// Makes a new secret, and answers the one sight of it. The one before it stays valid for
    /// [`KEPT_FOR`]; any older one ends at once.
    pub fn rotate(
        &self,
        target: impl Into<Target>,
        origin: &Origin,
    ) -> Result<SigningSecret, RotateError> {
        self.put_in_place_of(target.into(), None, origin)
    }

    /// Does what [`rotate`](Self::rotate) does, once: if the newest secret is the one of this id, as
    /// [`newest_secret`](Self::newest_secret) said.
    pub fn rotate_once(
        &self,
        target: impl Into<Target>,
        seen: Uuid,
        origin: &Origin,
    ) -> Result<SigningSecret, RotateError> {
        self.put_in_place_of(target.into(), Some(seen), origin)
    }

    /// The id of the newest secret; none where there is no such endpoint.
    pub fn newest_secret(&self, target: impl Into<Target>) -> Result<Option<Uuid>, StoreError> {
        let secrets = self.store.secrets(target.into())?;
        Ok(secrets.first().map(|newest| newest.id))
    }

    fn put_in_place_of(
        &self,
        target: Target,
        replaces: Option<Uuid>,
        origin: &Origin,
    ) -> Result<SigningSecret, RotateError> {
        let now = self.clock.now();
        let (secret, stored) = self.new_secret(target.id, now)?;
        let rotation = Rotation {
            secret: stored,
            old_until: now.saturating_add(KEPT_FOR),
            replaces,
        };
        let rotated = Change::new(self.ids.uuid(), now, "webhook_endpoint.rotated", target.id)
            .with("oldSecretValidUntil", rotation.old_until.to_string());
        let entry = Entry::of(rotated, origin);
        self.store.rotate(target, &rotation, &entry)?;
        Ok(secret)
    }

    /// The secrets that are valid at an instant, the newest first: what a delivery is signed with.
    ///
    /// One that does not open is an error, and not passed over: a receiver that knows no other secret
    /// would refuse the delivery and nobody would know why.
    pub fn secrets(
        &self,
        target: impl Into<Target>,
        now: Instant,
    ) -> Result<Vec<SigningSecret>, SecretsError> {
        let target = target.into();
        let stored = self.store.secrets(target).map_err(SecretsError::Store)?;
        if stored.is_empty() {
            return Err(SecretsError::NoSuchEndpoint);
        }
        let master_key = self.master_key.as_deref();
        let master_key = master_key.ok_or(SecretsError::NoMasterKey)?;
        Ok(master_key.open_valid(target.id, &stored, now)?)
    }

    pub(super) fn new_secret(
        &self,
        endpoint: EndpointId,
        now: Instant,
    ) -> Result<(SigningSecret, StoredSecret), NoSecret> {
        let master_key = self.master_key.as_deref();
        let master_key = master_key.ok_or(NoSecret::NoMasterKey)?;
        let entropy = self.entropy.as_ref();
        let secret = SigningSecret::generate(entropy)?;
        let stored = StoredSecret {
            id: self.ids.uuid(),
            sealed: master_key.seal(entropy, endpoint, &secret)?,
            created_at: now,
            expires_at: None,
        };
        Ok((secret, stored))
    }
}
