//! Advisory locks on files: `flock`, which the kernel gives back however a process ends.
//!
//! A lock belongs to an open file, not to a process. That is what lets PostgreSQL inherit one: see
//! [`crate::log`].

use std::{
    fs::{self, File, OpenOptions, TryLockError},
    io,
    os::unix::fs::{MetadataExt, OpenOptionsExt},
    path::Path,
    thread,
    time::{Duration, Instant},
};

use crate::error::FileError;

/// How long to wait between two looks at something that has no way to wake us.
pub(crate) const POLL: Duration = Duration::from_millis(2);

/// How long to wait for a process that is starting or stopping the cluster: longer than either takes.
pub(crate) const LOCK_PATIENCE: Duration = Duration::from_secs(150);

/// Why a lock was not had.
#[derive(Debug)]
pub(crate) enum NotTaken {
    /// The folder went away; a test cluster's does, when nobody uses it.
    Vanished,
    Busy,
    Failed(FileError),
}

/// Opens a file that is there to be locked; only its owner can.
pub(crate) fn open(path: &Path) -> io::Result<File> {
    OpenOptions::new()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .mode(0o600)
        .open(path)
}

/// Takes the exclusive lock on `path`, waiting for its holder as long as `patience`.
pub(crate) fn exclusive(path: &Path, patience: Duration) -> Result<File, NotTaken> {
    let deadline = Instant::now() + patience;
    loop {
        // Opened anew each time: the lock of a file that has been removed keeps nobody out.
        let file = open(path).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => NotTaken::Vanished,
            _ => NotTaken::Failed(FileError::on("open", path)(error)),
        })?;
        match file.try_lock() {
            Ok(()) if is_at(&file, path) => return Ok(file),
            Ok(()) => {}
            Err(TryLockError::WouldBlock) if Instant::now() >= deadline => {
                return Err(NotTaken::Busy);
            }
            Err(TryLockError::WouldBlock) => thread::sleep(POLL),
            Err(TryLockError::Error(error)) => {
                return Err(NotTaken::Failed(FileError::on("lock", path)(error)));
            }
        }
    }
}

/// Takes the exclusive lock on an open file if nobody has it.
pub(crate) fn try_exclusive(file: &File, path: &Path) -> Result<bool, FileError> {
    match file.try_lock() {
        Ok(()) => Ok(true),
        Err(TryLockError::WouldBlock) => Ok(false),
        Err(TryLockError::Error(error)) => Err(FileError::on("lock", path)(error)),
    }
}

fn is_at(file: &File, path: &Path) -> bool {
    let inode = |metadata: fs::Metadata| (metadata.dev(), metadata.ino());
    match (file.metadata(), fs::metadata(path)) {
        (Ok(opened), Ok(named)) => inode(opened) == inode(named),
        _ => false,
    }
}

#[cfg(test)]
mod tests;
