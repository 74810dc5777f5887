//! Where log lines go: to stderr, readable on a terminal and as JSON otherwise.

use std::io::{self, IsTerminal};

use tracing_subscriber::EnvFilter;
use tracing_subscriber::filter::LevelFilter;

use crate::failure::Failure;
use crate::settings::wrong;

/// Begins to log: what `wanted` says, in the syntax of `tracing`'s filters; otherwise all from
/// `usual` on.
pub(crate) fn start(wanted: Option<&str>, usual: LevelFilter) -> Result<(), Failure> {
    let filter = EnvFilter::builder().with_default_directive(usual.into());
    let filter = filter.parse(wanted.unwrap_or_default());
    let filter = filter.map_err(|error| wrong("log", error))?;
    let lines = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(io::stderr);
    let started = if io::stderr().is_terminal() {
        lines.compact().try_init()
    } else {
        lines.json().flatten_event(true).try_init()
    };
    started.map_err(|error| Failure::during("logging did not start", &*error))
}
