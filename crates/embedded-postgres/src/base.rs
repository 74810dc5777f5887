//! The base folder: whose it is, and the names of the files in it.
//!
//! A folder is ours when it bears the marker, and becomes ours only when it is empty: nothing that
//! somebody else put there is ever touched. The marker is the first file written, so that a second
//! process, which comes a moment later, never sees our files without it.

use std::{
    fs::{self, DirBuilder, File, Metadata, Permissions},
    io::{self, Write},
    os::unix::fs::{DirBuilderExt, MetadataExt, PermissionsExt},
    path::{Path, PathBuf},
};

use crate::{
    account,
    error::{FileError, StartError},
};

/// Names the folder of the data, when it is not the base folder.
pub(crate) const HOME_POINTER: &str = "data-is-in";

const MARKER: &str = "embedded-postgres";
const MARKER_TEXT: &str = "This folder holds a private PostgreSQL cluster. \
     Stop the programs that use it before you move, copy or remove it.\n";

/// A folder that is known to be ours, by its absolute path.
#[derive(Debug, Clone)]
pub(crate) struct Base {
    dir: PathBuf,
}

impl Base {
    /// Makes `dir` ours, or finds that it already is.
    pub(crate) fn claim(dir: &Path) -> Result<Self, StartError> {
        // Root lets the server's user through to `data`, and to nothing else.
        let mode = if account::is_root() { 0o711 } else { 0o700 };
        DirBuilder::new()
            .recursive(true)
            .mode(mode)
            .create(dir)
            .map_err(FileError::on("create", dir))?;
        let dir = &fs::canonicalize(dir).map_err(FileError::on("find", dir))?;
        let metadata = fs::metadata(dir).map_err(FileError::on("look at", dir))?;
        let (owner, me) = (metadata.uid(), account::me());
        if owner != me {
            return Err(StartError::OtherOwner {
                dir: dir.clone(),
                owner,
                me,
            });
        }
        let base = Self { dir: dir.clone() };
        base.mark()?;
        base.restrict(&metadata, mode)?;
        Ok(base)
    }

    pub(crate) fn dir(&self) -> &Path {
        &self.dir
    }

    /// Held by whoever is starting or stopping the cluster.
    pub(crate) fn start_lock(&self) -> PathBuf {
        self.dir.join("start.lock")
    }

    /// Held, shared, by everyone who uses the cluster.
    pub(crate) fn lease(&self) -> PathBuf {
        self.dir.join("lease")
    }

    /// Held by PostgreSQL's own processes, for as long as any of them lives.
    pub(crate) fn log(&self) -> PathBuf {
        self.dir.join("postgres.log")
    }

    /// Names the folder of the data, when it is not this one.
    pub(crate) fn home_pointer(&self) -> PathBuf {
        self.dir.join(HOME_POINTER)
    }

    /// Names the folder of the socket, when it is not beside the data.
    pub(crate) fn socket_pointer(&self) -> PathBuf {
        self.dir.join("socket-is-in")
    }

    /// Held by the process that cleans up after tests.
    pub(crate) fn watchdog_lock(&self) -> PathBuf {
        self.dir.join("watchdog.lock")
    }

    fn mark(&self) -> Result<(), StartError> {
        let entries = fs::read_dir(&self.dir).map_err(FileError::on("list", &self.dir))?;
        let empty = entries.count() == 0;
        let marker = self.dir.join(MARKER);
        if empty {
            match File::create_new(&marker)
                .and_then(|mut file| file.write_all(MARKER_TEXT.as_bytes()))
            {
                Ok(()) => Ok(()),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
                Err(error) => Err(FileError::on("create", &marker)(error).into()),
            }
        } else if marker.is_file() {
            Ok(())
        } else {
            Err(StartError::NotOurs(self.dir.clone()))
        }
    }

    /// Somebody else's hand in this folder would be a hand in our files.
    fn restrict(&self, metadata: &Metadata, mode: u32) -> Result<(), FileError> {
        if metadata.mode() & 0o777 == mode {
            return Ok(());
        }
        fs::set_permissions(&self.dir, Permissions::from_mode(mode))
            .map_err(FileError::on("protect", &self.dir))
    }
}

#[cfg(test)]
mod tests;
