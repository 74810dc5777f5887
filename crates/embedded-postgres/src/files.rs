//! Files that name another folder, and files that may be gone already.

use std::{
    ffi::OsString,
    fs::{self, File},
    io::{self, Write},
    os::unix::ffi::{OsStrExt, OsStringExt},
    path::{Path, PathBuf},
};

use crate::error::FileError;

/// Writes a pointer so that it is there whole, or not at all, whatever crashes.
pub(crate) fn write_pointer(pointer: &Path, target: &Path) -> Result<(), FileError> {
    let unfinished = pointer.with_extension("new");
    let write = || {
        let mut file = File::create(&unfinished)?;
        file.write_all(target.as_os_str().as_bytes())?;
        file.sync_all()?;
        fs::rename(&unfinished, pointer)
    };
    write().map_err(FileError::on("write", pointer))?;
    pointer.parent().map_or(Ok(()), sync_folder)
}

/// What a pointer says; `None` when there is none.
pub(crate) fn read_pointer(pointer: &Path) -> Result<Option<PathBuf>, FileError> {
    match fs::read(pointer) {
        Ok(bytes) => Ok(Some(OsString::from_vec(bytes).into())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(FileError::on("read", pointer)(error)),
    }
}

/// Makes what was created, renamed or removed in a folder outlive a crash of the machine.
pub(crate) fn sync_folder(dir: &Path) -> Result<(), FileError> {
    File::open(dir)
        .and_then(|dir| dir.sync_all())
        .map_err(FileError::on("sync", dir))
}

/// Removes a file, if it is there.
pub(crate) fn remove_file(file: &Path) -> Result<(), FileError> {
    unless_gone(fs::remove_file(file)).map_err(FileError::on("remove", file))
}

/// Removes a folder with all that is in it, if it is there. Links are removed, not followed.
pub(crate) fn remove_folder(dir: &Path) -> Result<(), FileError> {
    unless_gone(fs::remove_dir_all(dir)).map_err(FileError::on("remove", dir))
}

fn unless_gone(removed: io::Result<()>) -> io::Result<()> {
    match removed {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other,
    }
}
