//! A process's share in a running cluster.

use std::{
    fs::File,
    os::unix::ffi::OsStrExt,
    path::{Path, PathBuf},
    thread::JoinHandle,
};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_encode};

use crate::{
    APPLICATION_ROLE, SUPERUSER,
    error::{FileError, StopError},
    locks::{self, LOCK_PATIENCE, NotTaken},
    log, server,
    site::Site,
    socket::{self, PORT},
};

/// What a URL's parts may hold as it is.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// A lease on a running cluster. The last one to be given back, by [`Cluster::stop`], by dropping it,
/// or by the end of its process, lets the server go; the first two of these stop it.
#[derive(Debug)]
pub struct Cluster {
    pub(crate) site: Site,
    pub(crate) socket_dir: PathBuf,
    /// `None` once it has been given back.
    pub(crate) lease: Option<File>,
    /// Ends with the server, if this process started it.
    pub(crate) reaper: Option<JoinHandle<()>>,
    pub(crate) _keeper: log::Keeper,
}

impl Cluster {
    /// A URL for libpq that connects to `database` as the application's role. It stays good while
    /// anyone holds a lease, also when the server has to be started again.
    pub fn url(&self, database: &str) -> String {
        self.url_as(APPLICATION_ROLE, database)
    }

    /// The same as the superuser, whom row-level security does not hold.
    pub fn admin_url(&self, database: &str) -> String {
        self.url_as(SUPERUSER, database)
    }

    /// The base folder, as an absolute path.
    pub fn base_dir(&self) -> &Path {
        self.site.base().dir()
    }

    /// Where PostgreSQL writes its log.
    pub fn log(&self) -> PathBuf {
        self.site.base().log()
    }

    /// Gives the lease back, and stops the server if it was the last one.
    pub fn stop(mut self) -> Result<(), StopError> {
        self.leave()
    }

    fn url_as(&self, role: &str, database: &str) -> String {
        url_as(role, &self.socket_dir, database)
    }

    fn leave(&mut self) -> Result<(), StopError> {
        let Some(lease) = self.lease.take() else {
            return Ok(());
        };
        let base = self.site.base();
        let _stopping = match locks::exclusive(&base.start_lock(), LOCK_PATIENCE) {
            Ok(lock) => lock,
            // A server whose data have been removed ends by itself, within a minute.
            Err(NotTaken::Vanished) => return Ok(()),
            Err(NotTaken::Busy) => {
                return Err(StopError::Busy {
                    base: base.dir().to_owned(),
                    waited: LOCK_PATIENCE,
                });
            }
            Err(NotTaken::Failed(error)) => return Err(error.into()),
        };
        // Not merely closed: a program that another thread is starting may hold a copy for a moment.
        lease
            .unlock()
            .map_err(FileError::on("unlock", &base.lease()))?;
        if !locks::try_exclusive(&lease, &base.lease())? {
            return Ok(());
        }
        server::stop(&self.site)?;
        socket::discard(&self.site)?;
        if self
            .reaper
            .take()
            .is_some_and(|reaper| reaper.join().is_err())
        {
            tracing::error!("the thread that waits for PostgreSQL panicked");
        }
        tracing::info!(base = %base.dir().display(), "stopped PostgreSQL");
        Ok(())
    }
}

/// A URL for libpq of the server behind a socket.
pub(crate) fn url_as(role: &str, socket_dir: &Path, database: &str) -> String {
    let host = percent_encode(socket_dir.as_os_str().as_bytes(), ESCAPED);
    let database = percent_encode(database.as_bytes(), ESCAPED);
    format!("postgresql://{role}@{host}:{PORT}/{database}")
}

impl Drop for Cluster {
    fn drop(&mut self) {
        if let Err(error) = self.leave() {
            tracing::error!(
                error = &error as &dyn std::error::Error,
                "PostgreSQL may still be running"
            );
        }
    }
}
