//! The folder of the server's Unix socket, which is the only way in.
//!
//! Whoever can enter that folder may connect as anyone, so nobody but the server's user (and root)
//! can. It is beside the data, unless the path would not do for a socket address; then it is a new
//! folder in `/tmp`, with an unguessable name, that a pointer in the base folder names.

mod listener;

use std::{
    fs::{self, Permissions},
    os::unix::{
        ffi::OsStrExt,
        fs::{MetadataExt, PermissionsExt},
    },
    path::{Path, PathBuf},
    time::Duration,
};

use crate::{
    error::FileError,
    files::{self, read_pointer, write_pointer},
    site::Site,
};

/// No port is listened on; the number is part of the socket's name.
pub(crate) const PORT: u16 = 5432;

/// What fits into a socket address on every system, its closing zero aside.
const LONGEST_PATH: usize = 103;

/// How long a server has to answer, before it is asked anew.
const PATIENCE: Duration = Duration::from_secs(5);

/// Short on every system; the temporary folder of macOS is not.
const TEMPORARY: &str = "/tmp";

/// The socket's folder; `None` if it is yet to be made.
pub(crate) fn locate(site: &Site) -> Result<Option<PathBuf>, FileError> {
    let beside = beside_the_data(site);
    if is_addressable(&beside) {
        Ok(Some(beside))
    } else {
        read_pointer(&site.base().socket_pointer())
    }
}

/// Makes the folder ready for a server that is about to start. The last one is used again if it can
/// be, because processes that outlived the last server connect to it there.
pub(crate) fn prepare(site: &Site) -> Result<PathBuf, FileError> {
    let dir = match locate(site)? {
        Some(dir) if is_private(&dir, site) => dir,
        _ => make(site)?,
    };
    // The lock beside the socket names a process too, and that number may be another program's now.
    for stale in [socket_file(&dir), dir.join(format!(".s.PGSQL.{PORT}.lock"))] {
        files::remove_file(&stale)?;
    }
    Ok(dir)
}

/// Removes a folder outside the base folder, once nothing listens there.
pub(crate) fn discard(site: &Site) -> Result<(), FileError> {
    let pointer = site.base().socket_pointer();
    let Some(dir) = read_pointer(&pointer)? else {
        return Ok(());
    };
    if is_private(&dir, site) {
        files::remove_folder(&dir)?;
    }
    files::remove_file(&pointer)
}

/// Whether somebody listens there; see [`listener::accepts`].
pub(crate) fn accepts(dir: &Path) -> bool {
    listener::accepts(&socket_file(dir))
}

/// Whether a server answers there; see [`listener::answers`].
pub(crate) fn answers(dir: &Path) -> bool {
    listener::answers(&socket_file(dir), PATIENCE)
}

fn make(site: &Site) -> Result<PathBuf, FileError> {
    let beside = beside_the_data(site);
    if is_addressable(&beside) {
        files::remove_folder(&beside)?;
        site.make_private(&beside)?;
        return Ok(beside);
    }
    let mut builder = tempfile::Builder::new();
    let made = builder
        .prefix("org-api-")
        .permissions(Permissions::from_mode(0o700))
        .tempdir_in(TEMPORARY);
    let made = made.map_err(FileError::on("create a folder in", Path::new(TEMPORARY)))?;
    site.account().give(made.path())?;
    write_pointer(&site.base().socket_pointer(), made.path())?;
    let dir = made.keep();
    tracing::info!(dir = %dir.display(), "the path of the data does not do for a socket: it goes elsewhere");
    Ok(dir)
}

fn beside_the_data(site: &Site) -> PathBuf {
    site.home().join("socket")
}

fn socket_file(dir: &Path) -> PathBuf {
    dir.join(format!(".s.PGSQL.{PORT}"))
}

/// Whether the system can bind, and clients can name, a socket in this folder: to libpq, a comma
/// separates two hosts.
fn is_addressable(dir: &Path) -> bool {
    let path = socket_file(dir);
    let bytes = path.as_os_str().as_bytes();
    bytes.len() <= LONGEST_PATH && !bytes.contains(&b',')
}

/// Whether the folder is still what we made: `/tmp` is cleaned now and then, and anybody may put
/// something else in the same place.
fn is_private(dir: &Path, site: &Site) -> bool {
    fs::symlink_metadata(dir).is_ok_and(|metadata| {
        metadata.is_dir()
            && metadata.uid() == site.account().uid()
            && metadata.mode() & 0o777 == 0o700
    })
}
