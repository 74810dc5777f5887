//! How the database is used, and how patiently; and the replica that it may have.

use std::num::{NonZeroU32, NonZeroUsize};
use std::time::Duration;

use org_store::DatabaseUrl;

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
