//! What the caller decides, and the server settings that follow.

use std::{
    env,
    ffi::{OsStr, OsString},
    path::{Path, PathBuf},
};

use crate::memory;
use crate::socket::PORT;

/// What a crash of the machine may cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Durability {
    /// What was committed stays.
    Safe,
    /// Everything may be lost, and is written faster. The application's role may make databases, if
    /// the cluster was made so.
    ForTests,
}

/// Which cluster to start, and how.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The cluster's folder: one that is ours, empty, or not there yet. It wants a local disk, whose
    /// file locks the processes of a program inherit; network file systems do not have these.
    pub base_dir: PathBuf,
    pub durability: Durability,
    /// The only folder to look for PostgreSQL's programs in. Without it the usual places are tried:
    /// what `pg_config` says, `PATH`, and where packages go, newest version first.
    pub bin_dir: Option<PathBuf>,
}

impl Settings {
    /// A cluster that keeps its data in `base_dir`, run by the programs in `PG_BIN_DIR` if that is
    /// set.
    pub fn new(base_dir: impl Into<PathBuf>) -> Self {
        let bin_dir = env::var_os("PG_BIN_DIR")
            .filter(|dir| !dir.is_empty())
            .map(PathBuf::from);
        Self {
            base_dir: base_dir.into(),
            durability: Durability::Safe,
            bin_dir,
        }
    }

    #[must_use]
    pub fn durability(mut self, durability: Durability) -> Self {
        self.durability = durability;
        self
    }
}

/// Nobody administers an embedded server, so that every setting that matters is given here, on the
/// command line, where no file in the data folder can differ.
const ALWAYS: [(&str, &str); 12] = [
    ("listen_addresses", ""),
    ("unix_socket_permissions", "0700"),
    ("max_connections", "100"),
    // Compiling a query costs more than the short queries of an API take.
    ("jit", "off"),
    ("timezone", "UTC"),
    ("log_timezone", "UTC"),
    ("logging_collector", "off"),
    ("log_destination", "stderr"),
    ("log_checkpoints", "off"),
    // What was in a statement stays out of the log: the details of an error may be personal data.
    ("log_error_verbosity", "terse"),
    ("log_min_error_statement", "panic"),
    ("cluster_name", "embedded"),
];

const FOR_TESTS: [(&str, &str); 5] = [
    // There are many clusters at a time, and each holds little.
    ("shared_buffers", "128MB"),
    ("fsync", "off"),
    ("synchronous_commit", "off"),
    ("full_page_writes", "off"),
    ("max_wal_size", "256MB"),
];

/// The arguments of `postgres`.
pub(crate) fn arguments(data: &Path, socket_dir: &Path, durability: Durability) -> Vec<OsString> {
    let pages = format!("{}MB", memory::for_pages());
    let safe = [
        ("shared_buffers", pages.as_str()),
        ("fsync", "on"),
        ("full_page_writes", "on"),
    ];
    let durability: &[_] = match durability {
        Durability::Safe => &safe,
        Durability::ForTests => &FOR_TESTS,
    };
    let mut arguments = vec!["-D".into(), data.into()];
    for (name, value) in ALWAYS.iter().chain(durability) {
        arguments.extend(["-c".into(), format!("{name}={value}").into()]);
    }
    arguments.extend([
        "-p".into(),
        PORT.to_string().into(),
        "-k".into(),
        quoted(socket_dir.as_os_str()),
    ]);
    arguments
}

/// The setting is a list, in which only a quoted name may have blanks and the like.
fn quoted(name: &OsStr) -> OsString {
    use std::os::unix::ffi::{OsStrExt, OsStringExt};
    let mut quoted = vec![b'"'];
    for &byte in name.as_bytes() {
        quoted.extend(std::iter::repeat_n(byte, if byte == b'"' { 2 } else { 1 }));
    }
    quoted.push(b'"');
    OsString::from_vec(quoted)
}
