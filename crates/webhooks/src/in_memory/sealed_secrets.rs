//! All secrets at once.

use org_kernel::{StoreError, WriteError};

use super::{InMemory, State};
use crate::sealed_secrets::{NotResealed, Reseal, SealedSecrets};
use crate::sealing::Sealed;

impl State {
    fn sealed_under(&self) -> Option<&str> {
        let mut secrets = self.endpoints.values().flat_map(|(_, secrets)| secrets);
        secrets.next().map(|secret| secret.sealed.key_id.as_str())
    }

    /// Refuses a secret that is under another master key than those that are stored.
    pub(super) fn check_key(&self, sealed: &Sealed) -> Result<(), StoreError> {
        match self.sealed_under() {
            Some(key_id) if key_id != sealed.key_id => {
                Err(StoreError::failed("secrets are under another master key"))
            }
            _ => Ok(()),
        }
    }
}

impl SealedSecrets for InMemory {
    fn sealed_under(&self) -> Result<Option<String>, StoreError> {
        Ok(self.lock().sealed_under().map(str::to_owned))
    }

    /// Whoever reseals has the lock.
    fn sealed_under_at_rest(&self) -> Result<Option<String>, StoreError> {
        self.sealed_under()
    }

    fn reseal(&self, reseal: &mut Reseal<'_>) -> Result<usize, WriteError<NotResealed>> {
        let mut state = self.lock();
        let (mut endpoints, mut trail) = (state.endpoints.clone(), Vec::new());
        let mut number = 0;
        for (id, (endpoint, secrets)) in &mut endpoints {
            let sealed: Vec<_> = secrets.iter().map(|secret| secret.sealed.clone()).collect();
            let (resealed, entry) = reseal((*id).into(), &sealed).map_err(WriteError::Refused)?;
            for (secret, sealed) in secrets.iter_mut().zip(resealed) {
                secret.sealed = sealed;
                number += 1;
            }
            trail.push((endpoint.org, entry));
        }
        state.endpoints = endpoints;
        state.trail.append(&mut trail);
        Ok(number)
    }
}
