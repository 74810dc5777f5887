//! The master key of this process: where it comes from, and whether it is the one that stored secrets
//! are sealed under.
//!
//! A setting gives it, or else, beside an embedded database, a file in its folder, which is made when
//! it is first needed. A rotation writes the new key beside the old one before it seals anything under
//! it, and puts it in the old one's place afterwards. What it was killed in the middle of is told by
//! what the stored secrets are sealed under: they change from one key to the other all at once.

mod file;
mod rotation;
mod waiting;

use std::sync::Arc;

use org_auth::entropy::SystemEntropy;
use org_webhooks::master_keys::{CheckError, MasterKeys};
use org_webhooks::sealing::MasterKey;

use self::file::{KeyFile, Locked};
use self::waiting::saying;
use crate::database::{Database, clock, ids};
use crate::failure::{Failure, Setback};
use crate::settings::Settings;

pub(crate) use self::rotation::Rotated;

/// Where the key is kept.
pub(crate) struct Keyring {
    place: Place,
    keys: MasterKeys,
}

enum Place {
    /// A setting gives it, or nothing does.
    Setting(Option<Arc<MasterKey>>),
    File(KeyFile),
}

impl Keyring {
    /// The keyring of these settings and their database.
    pub(crate) fn of(settings: &Settings, database: &Database) -> Self {
        let place = match &settings.master_key {
            None if database.is_embedded() => Place::File(KeyFile::within(&settings.data_dir)),
            given => Place::Setting(given.clone()),
        };
        let entropy = Arc::new(SystemEntropy::new());
        Self {
            place,
            keys: MasterKeys::new(database.store_aside(), clock(), ids(), entropy),
        }
    }

    /// The key, which is the one that stored secrets are sealed under if there are any; none when
    /// nothing gives one, and none is needed yet. Asks the database, which must have its schema.
    pub(crate) fn open(&self) -> Result<Option<Arc<MasterKey>>, Setback> {
        match &self.place {
            Place::Setting(key) => {
                self.keys.check(key.as_deref()).map_err(setback)?;
                Ok(key.clone())
            }
            Place::File(file) => {
                let key = self.settle(&file.lock()?)?;
                Ok(Some(Arc::new(key)))
            }
        }
    }

    /// The key where a setting gives it, as long as it cannot be looked at. A file's own key is not known
    /// before the database is asked; a database of this program's own making is there at once, or has
    /// failed.
    pub(crate) fn without_the_database(&self) -> Result<Option<Arc<MasterKey>>, Failure> {
        match &self.place {
            Place::Setting(key) => Ok(key.clone()),
            Place::File(_) => Err(Failure::Failed(
                "the embedded database is not ready; `org-api migrate` says more".to_owned(),
            )),
        }
    }

    /// The key in the files, when what was begun with them is ended.
    fn settle(&self, files: &Locked<'_>) -> Result<MasterKey, Setback> {
        // Whoever was killed may have left a rotation that is still to commit.
        let say = || tracing::warn!("waiting for a rotation of the master key to commit");
        let sealed_under = saying(say, || self.keys.sealed_under_at_rest())?;
        if let Some(new) = files.new_key()? {
            if sealed_under.as_deref() == Some(new.id()) {
                files.take_new_key()?;
                tracing::info!(id = new.id(), "the new master key is in its place");
            } else {
                files.set_new_key_aside()?;
            }
        }
        match (files.key()?, sealed_under) {
            (Some(key), _) => match self.keys.check(Some(&key)) {
                Ok(()) => Ok(key),
                Err(CheckError::Store(error)) => Err(error.into()),
                Err(refused) => Err(files.refuse(refused).into()),
            },
            (None, None) => Ok(make(files)?),
            (None, Some(sealed_under)) => {
                Err(files.refuse(CheckError::NoKey { sealed_under }).into())
            }
        }
    }
}

fn make(files: &Locked<'_>) -> Result<MasterKey, Failure> {
    let text = MasterKey::generate(&SystemEntropy::new())?;
    files.write_key(&text)?;
    Ok(MasterKey::parse(&text)?)
}

fn setback(error: CheckError) -> Setback {
    match error {
        CheckError::Store(error) => error.into(),
        refused => Setback::Failed(Failure::Failed(format!("master key: {refused}"))),
    }
}
