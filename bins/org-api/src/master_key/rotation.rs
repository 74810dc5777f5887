//! Another master key takes the place of the one there is.

use org_auth::entropy::SystemEntropy;
use org_kernel::audit::Origin;
use org_webhooks::sealing::MasterKey;

use super::file::KeyFile;
use super::{Keyring, Place};
use crate::failure::Failure;
use crate::settings::new_master_key;

/// By what the new key is given.
const NEW_MASTER_KEY: &str = "ORG_API_NEW_MASTER_KEY";

/// What a rotation came to.
pub(crate) struct Rotated {
    /// The id of the key that secrets are sealed under now.
    pub(crate) id: String,
    /// How many secrets were sealed anew.
    pub(crate) secrets: usize,
    /// Whether the key in the settings is still the old one.
    pub(crate) setting_is_old: bool,
}

impl Keyring {
    /// Seals every stored secret under another key: one that is made, where the key is in a file; that
    /// of [`NEW_MASTER_KEY`], where a setting gives it.
    pub(crate) fn rotate(&self) -> Result<Rotated, Failure> {
        match &self.place {
            Place::Setting(key) => {
                let old = key.as_deref().ok_or_else(nothing_to_rotate)?;
                self.to_given(old, &given()?)
            }
            Place::File(_) if new_master_key()?.is_some() => Err(usage(
                "counts where a setting gives the key; the key here is in a file, and another is made",
            )),
            Place::File(file) => self.to_generated(file),
        }
    }

    fn to_given(&self, old: &MasterKey, new: &MasterKey) -> Result<Rotated, Failure> {
        if new.id() == old.id() {
            return Err(usage("is the key that there is already"));
        }
        // It may have been killed before it could say that it was done.
        let is_done = self.keys.sealed_under_at_rest()?.as_deref() == Some(new.id());
        let secrets = if is_done { 0 } else { self.reseal(old, new)? };
        Ok(Rotated {
            id: new.id().to_owned(),
            secrets,
            setting_is_old: true,
        })
    }

    fn to_generated(&self, file: &KeyFile) -> Result<Rotated, Failure> {
        let files = file.lock()?;
        let old = self.settle(&files)?;
        let text = MasterKey::generate(&SystemEntropy::new())?;
        let new = MasterKey::parse(&text)?;
        files.write_new_key(&text)?;
        // Where this fails, nobody may know whether it was done: the new key stays, for who comes next.
        let secrets = self.reseal(&old, &new)?;
        files.take_new_key()?;
        Ok(Rotated {
            id: new.id().to_owned(),
            secrets,
            setting_is_old: false,
        })
    }

    fn reseal(&self, old: &MasterKey, new: &MasterKey) -> Result<usize, Failure> {
        let resealed = self.keys.rotate(old, new, &Origin::OPERATOR);
        resealed.map_err(|error| Failure::during("the master key was not rotated", &error))
    }
}

fn given() -> Result<MasterKey, Failure> {
    let text = new_master_key()?.ok_or_else(|| {
        usage("must be the key to change to, which `org-api master-key generate` makes")
    })?;
    MasterKey::parse(&text).map_err(usage)
}

fn nothing_to_rotate() -> Failure {
    Failure::Usage("setting `master_key`: there is none to rotate".to_owned())
}

fn usage(why: impl std::fmt::Display) -> Failure {
    Failure::Usage(format!("{NEW_MASTER_KEY}: {why}"))
}
