//! Starts, shares and stops a private PostgreSQL cluster, so that a program that wants a database
//! needs nobody to set one up.
//!
//! ```no_run
//! let cluster = org_embedded_postgres::start(&org_embedded_postgres::Settings::new(".org-api"))?;
//! let url = cluster.url(org_embedded_postgres::APPLICATION_DATABASE);
//! // Connect to `url` with any PostgreSQL client …
//! cluster.stop()?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Who takes part
//!
//! - The **launchers**: processes that call [`start`], several at once on one folder if they like (a
//!   server, and a command beside it). Each holds a lease. Whoever comes first starts the server,
//!   the others attach, and the last to leave stops it.
//! - The **server**: PostgreSQL, as a child of the launcher that started it, in a process group of
//!   its own, so that Ctrl-C in a terminal leaves it to serve the requests that are being finished.
//! - The **server's user**: the launcher's own, but `postgres` or else `nobody` under a launcher that
//!   is root, because PostgreSQL does not run as root. It gets the data and the socket's folder, and
//!   nothing else. Root opens no file for writing where that user could have put a link, and signals
//!   no process in its own name whose number that user has written.
//! - The **application's role**, [`APPLICATION_ROLE`], as which [`Cluster::url`] connects. It owns
//!   [`APPLICATION_DATABASE`] and is neither superuser nor exempt from row-level security.
//!
//! # The base folder
//!
//! | file | what it is |
//! |---|---|
//! | `embedded-postgres` | the marker, without which a folder that is not empty is never touched |
//! | `start.lock` | held by the one launcher that is just starting or stopping the server |
//! | `lease` | held, shared, by every launcher that uses the cluster |
//! | `postgres.log` | the server's log, held by the server's processes: it is free when the last has gone |
//! | `postgres.log.1` | the log before it; the log begins anew every 8 MiB |
//! | `data` | the cluster, whole; only ever made by renaming `data.new` |
//! | `data.new` | a cluster in the making |
//! | `data.upgrade`, `data.upgraded`, `upgrade.dump` | a cluster of a later PostgreSQL in the making: see [`upgrade`] |
//! | `data.postgresql-…` | a cluster that made way for such a one; nothing ever looks at it again |
//! | `socket` | the folder of the Unix socket, mode 0700 |
//! | `data-is-in` | names the folder that has `data` and `socket` instead, if the server's user cannot enter this one |
//! | `socket-is-in` | names a folder in `/tmp`, if the path of `socket` does not do for a socket |
//! | `watchdog.lock` | held by the process that removes a cluster for tests: see [`testing`] |
//!
//! The locks are `flock`s: the kernel gives them back however a process ends, so none is ever stale.
//!
//! # What is guaranteed
//!
//! - Nobody but the server's user and root can connect: there is no TCP port, and the only socket is
//!   in a folder that nobody else can enter. In there, everybody is trusted.
//! - Two servers never run on the same data, and no server is stopped that somebody holds a lease on.
//! - After [`Cluster::stop`] has stopped the server, none of its processes is left, zombies included.
//! - With [`Durability::Safe`], what was committed survives every crash below.
//!
//! # What happens when something is killed
//!
//! - *A launcher that has others beside it*: nothing; they hold leases.
//! - *The last launcher*: the server stays, idle. The next start attaches to it, and stops it when it
//!   leaves.
//! - *A launcher while it makes a cluster*: the next start waits until the program it was running has
//!   ended too, removes `data.new`, and makes it anew.
//! - *A launcher while it starts or stops the server*: the next start waits to see what becomes of
//!   the server, then attaches to it or starts it again.
//! - *The server*: its children notice and end. The next start, also by a launcher that came later
//!   while others still hold leases, waits for that, clears away what names a dead process, and
//!   starts a server that recovers from its write-ahead log, on the same socket.
//! - *The machine*: the same. Process numbers begin anew then, so that those in old files are other
//!   programs'; they are believed only as long as something answers on the socket.

mod account;
mod base;
mod binaries;
mod cluster;
mod error;
mod files;
mod initialize;
mod locks;
mod log;
mod memory;
mod reaper;
mod server;
mod settings;
mod site;
mod socket;
mod start;
mod state;
pub mod testing;
mod tools;
mod upgrade;

pub use cluster::Cluster;
pub use error::{FileError, StartError, StopError, ToolError, UpgradeError};
pub use settings::{Durability, Settings};
pub use start::start;
pub use tools::{Brake, Target, Tools, made_by};
pub use upgrade::{Upgraded, upgrade};

/// The role that the application connects as.
pub const APPLICATION_ROLE: &str = "org_api";

/// The application's database, which that role owns.
pub const APPLICATION_DATABASE: &str = "org_api";

/// The role that made the cluster.
const SUPERUSER: &str = "postgres";
