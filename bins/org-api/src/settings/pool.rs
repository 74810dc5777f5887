//! How the database is used, and how patiently; and the replica that it may have.

use std::num::{NonZeroU32, NonZeroUsize};
use std::time::Duration;

use org_store::DatabaseUrl;

use super::reading::Reading;
use super::setting::{Kind, Reach, Setting, milliseconds, number, setting};
use crate::failure::Failure;

/// Bounds of a server's connections to its database.
#[derive(Clone, Debug)]
pub(crate) struct Pool {
    pub(crate) connections: NonZeroU32,
    /// How long a request waits for a connection.
    pub(crate) wait: Duration,
    /// How many requests wait for one; more are answered 503 at once.
    pub(crate) queue: NonZeroUsize,
    /// How long PostgreSQL works on one statement before it gives up.
    pub(crate) statement_timeout: Duration,
    /// How long it lets a transaction idle before it ends the session.
    pub(crate) idle_in_transaction_timeout: Duration,
}

/// Where reads may go instead of to the database that is written to.
#[derive(Clone, Debug)]
pub(crate) struct Replica {
    pub(crate) url: Option<DatabaseUrl>,
    /// For how long the reads of a key that has written stay where it wrote.
    pub(crate) own_writes: Duration,
}

pub(super) const SETTINGS: &[Setting] = &[
    setting("database_url", Kind::Text, "URL")
        .of(Reach::All)
        .secret()
        .usually("none: embedded")
        .does("The PostgreSQL to use instead of an embedded one, version 15 or later"),
    setting("data_dir", Kind::Text, "FOLDER")
        .of(Reach::All)
        .usual(".org-api")
        .does("Where the embedded PostgreSQL keeps its data"),
    setting("database_connections", number(1, 1000), "N")
        .usually("five for each core, from 10 to 20")
        .does("The most connections to the database"),
    milliseconds("database_wait_ms", 1, 600_000)
        .usual("2000")
        .does("How long a request waits for a free connection, in milliseconds, before it is answered 503")
        .more(
            ". It waits so long for its turn at the database, and then again for a connection; both once \
             for its key, unless that is known from before, and once for what it asks. Three quarters of it \
             is how long a write waits for a record that another write or an import holds, before it is \
             answered 503; it should be more than PostgreSQL's `deadlock_timeout` (1 s), so that of two \
             writes that wait for each other one is run again instead",
        ),
    setting("database_queue", number(1, 1_000_000), "N")
        .usual("256")
        .does("The most requests that wait for a connection to the database; more are answered 503 at once"),
    milliseconds("statement_timeout_ms", 1, 3_600_000)
        .usual("10000")
        .does("How long PostgreSQL works on one statement before it gives up, in milliseconds")
        .more("; imports are not held to it"),
    milliseconds("idle_in_transaction_timeout_ms", 1, 3_600_000)
        .usual("60000")
        .does("How long PostgreSQL lets a transaction idle before it ends the session, in milliseconds"),
    setting("read_database_url", Kind::Text, "URL")
        .secret()
        .does("A replica of the database, for reads"),
    milliseconds("read_own_writes_ms", 0, 600_000)
        .usual("5000")
        .does("For how long the reads of a key that has written stay at the database it wrote to, in milliseconds"),
];

impl Pool {
    pub(super) fn read(from: &Reading) -> Result<Self, Failure> {
        Ok(Self {
            connections: from
                .number("database_connections")?
                .unwrap_or_else(connections),
            wait: from.milliseconds("database_wait_ms")?,
            queue: from.required_number("database_queue")?,
            statement_timeout: from.milliseconds("statement_timeout_ms")?,
            idle_in_transaction_timeout: from.milliseconds("idle_in_transaction_timeout_ms")?,
        })
    }
}

/// Requests that are at the database at the same time share its cores. Where they are many more than the cores,
/// all of them take longer, and no more are answered: on two cores and with 16, the slowest of a hundred
/// took twice as long as with 8. A quarter is for looking up keys, and stands still when they are known.
fn connections() -> NonZeroU32 {
    let cores = std::thread::available_parallelism().map_or(1, NonZeroUsize::get);
    let connections = u32::try_from(cores).unwrap_or(u32::MAX).saturating_mul(5);
    NonZeroU32::MIN.saturating_add(connections.clamp(10, 20) - 1)
}

impl Replica {
    pub(super) fn read(from: &Reading) -> Result<Self, Failure> {
        Ok(Self {
            url: from.optional("read_database_url", str::parse)?,
            own_writes: from.milliseconds("read_own_writes_ms")?,
        })
    }
}
