//! Where log lines go: to stderr, readable on a terminal and as JSON otherwise.

use std::io::{self, IsTerminal};

use tracing_subscriber::EnvFilter;
use tracing_subscriber::filter::LevelFilter;

use crate::failure::Failure;
use crate::settings::wrong;

/// The variable that says what is logged, in the syntax of `tracing`'s filters.
const VARIABLE: &str = "ORG_API_LOG";

/// Begins to log: everything from `level` on, unless the variable says otherwise.
pub(crate) fn start(level: LevelFilter) -> Result<(), Failure> {
    let wanted = std::env::var(VARIABLE).unwrap_or_default();
    let filter = EnvFilter::builder().with_default_directive(level.into());
    let filter = filter.parse(wanted).map_err(|error| wrong("log", error))?;
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
