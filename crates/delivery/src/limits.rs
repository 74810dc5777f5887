//! How long a receiver is waited for, and how much of it is read.

use std::time::Duration;

use org_webhooks::delivery::LONGEST_ANSWER;

/// What one attempt may take. The default is what receivers are promised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The longest that it takes to resolve the host, connect and agree on TLS, together.
    pub connect: Duration,
    /// The longest that the whole attempt takes, the answer's body included.
    pub total: Duration,
    /// The most bytes of an answer's body that are read and kept.
    pub body: usize,
    /// The most connections to one host that are kept open with nothing to do.
    pub idle_per_host: usize,
    /// How long such a connection is kept. Receivers close theirs too, many after five seconds; a
    /// message that crosses with that is lost, and so ours are closed before.
    pub idle: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(5),
            total: Duration::from_secs(15),
            body: LONGEST_ANSWER,
            idle_per_host: 8,
            idle: Duration::from_secs(4),
        }
    }
}
