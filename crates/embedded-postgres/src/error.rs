//! What can go wrong, one line each: the thing, and what to do about it.

use std::{
    io,
    path::{Path, PathBuf},
    time::Duration,
};

use crate::binaries::OLDEST;

/// How to come by PostgreSQL's server programs, or to do without them.
const INSTALL: &str = "install it (Debian, Ubuntu: `apt install postgresql`; macOS: `brew install postgresql@17`), \
     name its folder of server programs in PG_BIN_DIR, or give DATABASE_URL";

/// Why no cluster could be had.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    #[error("no PostgreSQL {OLDEST} or later was found: {INSTALL}")]
    NoBinaries,
    #[error("PostgreSQL {major} in {} is too old, {OLDEST} or later is needed: {INSTALL}", dir.display())]
    TooOld { dir: PathBuf, major: u32 },
    #[error("{} holds no `{program}`: set PG_BIN_DIR to the folder of PostgreSQL's server programs, or unset it", dir.display())]
    NotABinDir { dir: PathBuf, program: &'static str },
    #[error("the cluster in {} was made by PostgreSQL {major}, which was not found: install that version, beside any other (`org-api upgrade` then brings the cluster to the latest), or give DATABASE_URL", base.display())]
    OtherMajor { base: PathBuf, major: u32 },
    #[error("{} is neither empty nor a cluster's folder: choose another folder", .0.display())]
    NotOurs(PathBuf),
    #[error("{} belongs to user {owner}, and this process runs as user {me}: run it as that user, or choose another folder", dir.display())]
    OtherOwner { dir: PathBuf, owner: u32, me: u32 },
    #[error("{path} is not a character device, so PostgreSQL cannot be set up: make it anew with `rm -f {path} && mknod -m 666 {path} c 1 3`", path = .0.display())]
    NullDevice(PathBuf),
    #[error(
        "PostgreSQL does not run as root, and there is neither a user `postgres` nor a user `nobody`: add one, or give DATABASE_URL"
    )]
    NoAccount,
    #[error("user {uid}, who runs PostgreSQL, can no longer enter {}: give it and the folders above it the mode o+x", dir.display())]
    CannotEnter { uid: u32, dir: PathBuf },
    #[error("the data of {} were in {}, which is gone: put them back, or remove {} to begin anew", base.display(), home.display(), base.display())]
    HomeGone { base: PathBuf, home: PathBuf },
    #[error("process {pid} is a PostgreSQL that this launcher did not start, on {}: stop it first", data.display())]
    ForeignServer { pid: u32, data: PathBuf },
    #[error("`{program}` failed: {reason} (see {})", log.display())]
    Program {
        program: &'static str,
        reason: String,
        log: PathBuf,
    },
    #[error("PostgreSQL did not start: {reason} (see {})", log.display())]
    Ended { reason: String, log: PathBuf },
    #[error("PostgreSQL was neither ready nor gone after {} s: try again later (see {})", waited.as_secs(), log.display())]
    Slow { waited: Duration, log: PathBuf },
    #[error("another process has been starting or stopping the cluster in {} for {} s: end that process, or try again", base.display(), waited.as_secs())]
    Busy { base: PathBuf, waited: Duration },
    #[error("what an upgrade has left cannot be cleared away")]
    Left(#[from] StopError),
    #[error(transparent)]
    File(#[from] FileError),
}

/// Why the cluster may still be running.
#[derive(Debug, thiserror::Error)]
pub enum StopError {
    #[error("PostgreSQL is still stopping, after every kind of request to: see {}", log.display())]
    StillRunning { log: PathBuf },
    #[error("another process has been starting or stopping the cluster in {} for {} s: it was left as it is", base.display(), waited.as_secs())]
    Busy { base: PathBuf, waited: Duration },
    #[error(transparent)]
    File(#[from] FileError),
}

/// Why a cluster was not upgraded; it is as it was.
#[derive(Debug, thiserror::Error)]
pub enum UpgradeError {
    #[error("{} holds no cluster that could be upgraded", .0.display())]
    NoCluster(PathBuf),
    #[error("the cluster in {} is in use: stop the programs that use it first", .0.display())]
    InUse(PathBuf),
    #[error(
        "the cluster was made by PostgreSQL {made_by}, and no later version was found: install one, or name its folder of server programs in PG_BIN_DIR"
    )]
    NothingNewer { made_by: u32 },
    #[error(transparent)]
    Start(#[from] StartError),
    #[error(transparent)]
    Stop(#[from] StopError),
    #[error(transparent)]
    Tool(#[from] ToolError),
    #[error(transparent)]
    File(#[from] FileError),
}

/// Why a dump was not made, or not read.
#[derive(Debug, thiserror::Error)]
pub enum ToolError {
    #[error("`{program}` failed: {reason}")]
    Failed {
        program: &'static str,
        reason: String,
    },
    /// By the [brake](crate::Brake).
    #[error("`{0}` was interrupted")]
    Interrupted(&'static str),
    /// The URL holds this parameter.
    #[error(
        "the URL's `{0}` would be shown to everybody on this machine: put it into a file of services \
         (`PGSERVICEFILE`), and name the service in the URL instead"
    )]
    Secret(&'static str),
    #[error(transparent)]
    File(#[from] FileError),
}

/// An operation on a file or a program that the operating system refused.
#[derive(Debug, thiserror::Error)]
#[error("cannot {doing} {}", path.display())]
pub struct FileError {
    doing: &'static str,
    path: PathBuf,
    #[source]
    source: io::Error,
}

impl FileError {
    /// For `map_err`: `doing` is an infinitive that goes before the path, such as "create".
    pub(crate) fn on(doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |source| Self {
            doing,
            path: path.to_owned(),
            source,
        }
    }
}
