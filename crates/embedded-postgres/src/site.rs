//! Where the cluster is: the base folder, and the home of the data, which is the same folder unless
//! PostgreSQL's user cannot get there.

use std::{
    fs::{self, DirBuilder, Permissions},
    os::unix::fs::{DirBuilderExt, PermissionsExt},
    path::{Path, PathBuf},
};

use crate::{
    account::Account,
    base::Base,
    error::{FileError, StartError},
    files::{read_pointer, write_pointer},
    upgrade,
};

/// The folder of the data, unless another one is in the making.
const DATA: &str = "data";

/// Where root keeps the data that PostgreSQL's user could not reach in the base folder.
const ELSEWHERE: &str = "/var/lib/org-embedded-postgres";

/// The places of one cluster, and who runs it.
#[derive(Clone, Debug)]
pub(crate) struct Site {
    base: Base,
    home: PathBuf,
    /// What the folder of the data is called.
    data: &'static str,
    account: Account,
}

impl Site {
    /// Where the cluster of `base` is, or would be. The caller holds the start lock.
    pub(crate) fn locate(base: Base) -> Result<Self, StartError> {
        let home = match read_pointer(&base.home_pointer())? {
            None => base.dir().to_owned(),
            Some(home) if home.is_dir() => home,
            Some(home) => {
                return Err(StartError::HomeGone {
                    base: base.dir().to_owned(),
                    home,
                });
            }
        };
        upgrade::settle(&home)?;
        let data = home.join(DATA);
        let account = if data.exists() {
            Account::owner_of(&data)?
        } else {
            Account::choose()?
        };
        Ok(Self {
            base,
            home,
            data: DATA,
            account,
        })
    }

    /// The same place with its data in another folder.
    pub(crate) fn with_data(&self, data: &'static str) -> Self {
        Self {
            data,
            ..self.clone()
        }
    }

    /// Moves the home of data that are yet to be made to where the account can reach them.
    pub(crate) fn make_reachable(&mut self) -> Result<(), StartError> {
        if self.account.can_enter(&self.home)? {
            return Ok(());
        }
        let moved = self.home != self.base.dir();
        if moved || self.data().exists() {
            return Err(self.cannot_enter(&self.home));
        }
        let home = make_elsewhere(self.base.dir())?;
        if !self.account.can_enter(&home)? {
            return Err(self.cannot_enter(&home));
        }
        write_pointer(&self.base.home_pointer(), &home)?;
        tracing::warn!(
            base = %self.base.dir().display(), home = %home.display(), uid = self.account.uid(),
            "PostgreSQL's user cannot enter the base folder: its data go elsewhere"
        );
        self.home = home;
        Ok(())
    }

    pub(crate) fn base(&self) -> &Base {
        &self.base
    }

    pub(crate) fn home(&self) -> &Path {
        &self.home
    }

    pub(crate) fn account(&self) -> Account {
        self.account
    }

    /// A whole cluster, or nothing.
    pub(crate) fn data(&self) -> PathBuf {
        self.home.join(self.data)
    }

    /// A cluster in the making, or what a crash left of one.
    pub(crate) fn unfinished_data(&self) -> PathBuf {
        self.home.join("data.new")
    }

    /// Makes a folder that only the account can enter.
    pub(crate) fn make_private(&self, dir: &Path) -> Result<(), FileError> {
        DirBuilder::new()
            .mode(0o700)
            .create(dir)
            .map_err(FileError::on("create", dir))?;
        self.account.give(dir)
    }

    fn cannot_enter(&self, dir: &Path) -> StartError {
        StartError::CannotEnter {
            uid: self.account.uid(),
            dir: dir.to_owned(),
        }
    }
}

/// Where the data of the cluster in `base` are, or would be. Looks, and changes nothing.
pub(crate) fn data_of(base: &Path) -> Result<PathBuf, FileError> {
    let home = read_pointer(&base.join(crate::base::HOME_POINTER))?;
    Ok(home.unwrap_or_else(|| base.to_owned()).join(DATA))
}

/// A new folder with an unguessable name, that others may pass through and only root may change.
fn make_elsewhere(base: &Path) -> Result<PathBuf, FileError> {
    let parent = Path::new(ELSEWHERE);
    DirBuilder::new()
        .recursive(true)
        .mode(0o711)
        .create(parent)
        .map_err(FileError::on("create", parent))?;
    let mut prefix = base.file_name().unwrap_or_default().to_owned();
    prefix.push("-");
    let home = tempfile::Builder::new().prefix(&prefix).tempdir_in(parent);
    let home = home
        .map_err(FileError::on("create a folder in", parent))?
        .keep();
    fs::set_permissions(&home, Permissions::from_mode(0o711))
        .map_err(FileError::on("open up", &home))?;
    Ok(home)
}
