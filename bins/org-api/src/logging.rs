//! Where log lines go: to stderr, readable on a terminal and as JSON otherwise.
//!
//! A server does not wait for whoever reads its log. Its lines go to a thread of their own, by way of a
//! buffer of some megabytes, and are written many at a time when there are many. If the reader stands still
//! until the buffer is full, lines are dropped, and counted: an answer that comes without its line is worth
//! more than a line without its answer. A command that does one thing writes its few lines itself.

mod lines;

use std::error::Error;
use std::io::{self, IsTerminal};
use std::sync::{Mutex, OnceLock, PoisonError};

use tracing_subscriber::EnvFilter;
use tracing_subscriber::filter::LevelFilter;
use tracing_subscriber::fmt::MakeWriter;

use crate::failure::Failure;
use crate::settings::{LogFormat, Observing, wrong};
use lines::{Lines, Writing};

/// The thread that writes, until the log is ended.
static WRITING: Mutex<Option<Writing>> = Mutex::new(None);

/// The lines of a server.
static LINES: OnceLock<Lines> = OnceLock::new();

/// Begins the log of a server, from `info` on unless the settings say otherwise.
pub(crate) fn serve(settings: &Observing) -> Result<(), Failure> {
    let lines = LINES.get_or_init(Lines::default).clone();
    let writing = lines.write_to(io::stderr());
    let writing = writing.map_err(|error| Failure::during("logging did not start", &error))?;
    *WRITING.lock().unwrap_or_else(PoisonError::into_inner) = Some(writing);
    start(settings, LevelFilter::INFO, lines)
}

/// Begins the log of a command that does one thing, from `warn` on unless the settings say otherwise.
pub(crate) fn quiet(settings: &Observing) -> Result<(), Failure> {
    start(settings, LevelFilter::WARN, io::stderr)
}

/// Writes what has been said, and ends the log. It waits for a second at the most.
pub(crate) fn end() {
    let writing = WRITING
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .take();
    if let Some(writing) = writing {
        writing.end();
    }
}

/// How many lines nobody took in time.
pub(crate) fn lost_lines() -> u64 {
    LINES.get().map_or(0, Lines::lost)
}

fn start(
    settings: &Observing,
    usual: LevelFilter,
    writer: impl for<'a> MakeWriter<'a> + Send + Sync + 'static,
) -> Result<(), Failure> {
    let filter = EnvFilter::builder().with_default_directive(usual.into());
    let filter = filter.parse(settings.log.as_deref().unwrap_or_default());
    let filter = filter.map_err(|error| wrong("log", error))?;
    let lines = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(writer);
    let terminal = io::stderr().is_terminal();
    let started = if is_for_people(settings.log_format, terminal) {
        lines.with_ansi(terminal).compact().try_init()
    } else {
        lines.json().flatten_event(true).try_init()
    };
    started.map_err(|error: Box<dyn Error + Send + Sync>| {
        Failure::during("logging did not start", &*error)
    })
}

fn is_for_people(format: LogFormat, terminal: bool) -> bool {
    match format {
        LogFormat::Auto => terminal,
        LogFormat::Pretty => true,
        LogFormat::Json => false,
    }
}
