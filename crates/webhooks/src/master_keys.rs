//! The master key in its place: whether it is the one that stored secrets are sealed under, and how
//! another one takes its place.

#[cfg(test)]
mod tests;

use std::sync::Arc;

use org_kernel::audit::{Change, Entry, Origin};
use org_kernel::clock::Clock;
use org_kernel::entropy::Entropy;
use org_kernel::id_source::IdSource;
use org_kernel::instant::Instant;
use org_kernel::{StoreError, WriteError};

use crate::sealed_secrets::{NotResealed, SealedSecrets};
use crate::sealing::{Holder, MasterKey, Sealed};

/// The master keys of one store of secrets. Every method asks the store, and blocks.
pub struct MasterKeys {
    store: Arc<dyn SealedSecrets>,
    clock: Arc<dyn Clock>,
    ids: Arc<dyn IdSource>,
    entropy: Arc<dyn Entropy>,
}

/// Why a program should not begin to work with the key that it was given.
#[derive(Debug, thiserror::Error)]
pub enum CheckError {
    /// There is no key, and there are secrets.
    #[error("secrets are stored, sealed under the master key {sealed_under}, and no key is given")]
    NoKey {
        /// The id of the key that opens them.
        sealed_under: String,
    },
    /// It is another key.
    #[error(
        "secrets are stored, sealed under the master key {sealed_under}; the one given is {given}"
    )]
    OtherKey {
        /// The id of the key that opens them.
        sealed_under: String,
        /// The id of the key that was given.
        given: String,
    },
    /// The store did not answer.
    #[error("what secrets are sealed under was not read")]
    Store(#[source] StoreError),
}

impl MasterKeys {
    /// The keys of the secrets in `store`.
    pub fn new(
        store: Arc<dyn SealedSecrets>,
        clock: Arc<dyn Clock>,
        ids: Arc<dyn IdSource>,
        entropy: Arc<dyn Entropy>,
    ) -> Self {
        Self {
            store,
            clock,
            ids,
            entropy,
        }
    }

    /// The id of the master key that stored secrets are sealed under; none while there are no secrets.
    /// Waits for a rotation that has begun, whose program may be gone.
    pub fn sealed_under_at_rest(&self) -> Result<Option<String>, StoreError> {
        self.store.sealed_under_at_rest()
    }

    /// Makes sure that stored secrets, if there are any, are sealed under this key.
    pub fn check(&self, key: Option<&MasterKey>) -> Result<(), CheckError> {
        let sealed_under = self.store.sealed_under().map_err(CheckError::Store)?;
        match (sealed_under, key) {
            (None, _) => Ok(()),
            (Some(sealed_under), None) => Err(CheckError::NoKey { sealed_under }),
            (Some(sealed_under), Some(key)) if sealed_under == key.id() => Ok(()),
            (Some(sealed_under), Some(key)) => Err(CheckError::OtherKey {
                sealed_under,
                given: key.id().to_owned(),
            }),
        }
    }

    /// Seals every stored secret, of whatever organization, under `new` instead of `old`, all or none,
    /// and answers how many those were.
    pub fn rotate(
        &self,
        old: &MasterKey,
        new: &MasterKey,
        origin: &Origin,
    ) -> Result<usize, WriteError<NotResealed>> {
        let now = self.clock.now();
        self.store.reseal(&mut |holder, secrets| {
            let resealed = secrets
                .iter()
                .map(|sealed| self.reseal(holder, sealed, (old, new)));
            let resealed = resealed.collect::<Result<Vec<_>, _>>()?;
            Ok((resealed, self.told(holder, now, (old, new), origin)))
        })
    }

    fn reseal(
        &self,
        holder: Holder,
        sealed: &Sealed,
        (old, new): (&MasterKey, &MasterKey),
    ) -> Result<Sealed, NotResealed> {
        let secret = old.open_bytes(holder, sealed);
        let secret = secret.map_err(|cause| NotResealed::NotOpened { holder, cause })?;
        Ok(new.seal_bytes(self.entropy.as_ref(), holder, &secret)?)
    }

    fn told(
        &self,
        holder: Holder,
        now: Instant,
        (old, new): (&MasterKey, &MasterKey),
        origin: &Origin,
    ) -> Entry {
        let action = match holder {
            Holder::Endpoint(_) => "webhook_endpoint.resealed",
            Holder::User(_) => "user.second_factor_resealed",
        };
        let resealed = Change::new(self.ids.uuid(), now, action, holder)
            .with("oldMasterKey", old.id())
            .with("newMasterKey", new.id());
        Entry::of(resealed, origin)
    }
}
