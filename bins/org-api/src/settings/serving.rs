//! How much is served at once, for how long, and how serving ends.

use std::num::NonZeroUsize;
use std::time::Duration;

/// Bounds of a server's sockets and requests.
#[derive(Clone, Debug)]
pub(crate) struct Serving {
    /// Threads that accept and answer.
    pub(crate) workers: NonZeroUsize,
    /// Open sockets of clients, in all workers together.
    pub(crate) max_connections: NonZeroUsize,
    /// Requests that are being answered; more are answered 503.
    pub(crate) max_in_flight: NonZeroUsize,
    /// The time a client has to send the head of a request.
    pub(crate) head_timeout: Duration,
    /// The time for the body of a request and for its answer.
    pub(crate) request_timeout: Duration,
    /// How long a connection without a request is kept.
    pub(crate) keep_alive: Duration,
    /// How long a server that is told to stop goes on accepting, having said that it is not ready.
    pub(crate) stop_delay: Duration,
    /// How long what is being answered may take to end after that.
    pub(crate) stop_timeout: Duration,
}
