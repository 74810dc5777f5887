//! How much is served at once, for how long, and how serving ends.

use std::num::NonZeroUsize;
use std::time::Duration;

use super::reading::Reading;
use super::setting::{Setting, milliseconds, number, setting};
use crate::failure::Failure;

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

pub(super) const SETTINGS: &[Setting] = &[
    setting("workers", number(1, 1024), "N")
        .does("How many threads accept connections and answer")
        .usually("one for each core"),
    setting("max_connections", number(1, 1_000_000), "N")
        .usual("4096")
        .does("The most connections of clients, of all threads together; more wait to be accepted"),
    setting("max_in_flight", number(1, 1_000_000), "N")
        .usual("1024")
        .does("The most requests that are being answered; more are answered 503"),
    milliseconds("head_timeout_ms", 1, 600_000)
        .usual("5000")
        .does("How long a client may take to send the head of a request, in milliseconds"),
    milliseconds("request_timeout_ms", 1, 3_600_000)
        .usual("30000")
        .does("How long the body of a request and its answer may take, in milliseconds"),
    milliseconds("keep_alive_ms", 1, 3_600_000)
        .usual("75000")
        .does("How long a connection without a request is kept, in milliseconds"),
    milliseconds("stop_delay_ms", 0, 600_000)
        .usual("1000")
        .usually("1000; `dev`: 0")
        .does("How long a server that is told to stop goes on accepting, in milliseconds; it says at once that it is not ready"),
    milliseconds("stop_timeout_ms", 1, 3_600_000)
        .usual("30000")
        .does("How long what is being answered may take to end after that, in milliseconds"),
];

impl Serving {
    pub(super) fn read(from: &Reading) -> Result<Self, Failure> {
        let cores = std::thread::available_parallelism();
        Ok(Self {
            workers: from
                .number("workers")?
                .unwrap_or(cores.unwrap_or(NonZeroUsize::MIN)),
            max_connections: from.required_number("max_connections")?,
            max_in_flight: from.required_number("max_in_flight")?,
            head_timeout: from.milliseconds("head_timeout_ms")?,
            request_timeout: from.milliseconds("request_timeout_ms")?,
            keep_alive: from.milliseconds("keep_alive_ms")?,
            stop_delay: from.milliseconds("stop_delay_ms")?,
            stop_timeout: from.milliseconds("stop_timeout_ms")?,
        })
    }
}
