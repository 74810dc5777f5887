//! Where log lines go: to stderr, readable on a terminal and as JSON otherwise.
//!
//! A server does not wait for whoever reads its log. Its lines go to a thread of their own, by way of a
//! buffer of some megabytes, and are written many at a time when there are many. If the reader stands still
//! until the buffer is full, lines are dropped, and counted: an answer that comes without its line is worth
//! more than a line without its answer. A command that does one thing writes its few lines itself.

mod fields;
#[cfg(test)]
mod heard;
mod lines;
#[cfg(test)]
mod tests;

use std::io::{self, IsTerminal};
use std::sync::{Mutex, OnceLock, PoisonError};

use tracing::Subscriber;
use tracing_subscriber::filter::LevelFilter;
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{EnvFilter, Layer};

use crate::failure::Failure;
use crate::settings::{LogFormat, Observing, wrong};
use fields::AtOnce;
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
    let started = log(settings, usual, writer, io::stderr().is_terminal())?.try_init();
    started.map_err(|error| Failure::during("logging did not start", &error))
}

/// Writes what is logged, to a terminal or to something else.
fn log(
    settings: &Observing,
    usual: LevelFilter,
    writer: impl for<'a> MakeWriter<'a> + Send + Sync + 'static,
    terminal: bool,
) -> Result<impl Subscriber, Failure> {
    let filter = settings.log.as_deref().map(|text| {
        let filter = EnvFilter::builder().with_default_directive(usual.into());
        filter.parse(text).map_err(|error| wrong("log", error))
    });
    let filter = filter.transpose()?;
    // What is usual is decided once for each place that logs. A filter may name spans, so it is told of
    // each of them.
    let usual = filter.is_none().then_some(usual);
    // That a line cannot be written would be said on stderr, where it cannot be written.
    let lines = tracing_subscriber::fmt::layer().log_internal_errors(false);
    let lines = lines.with_writer(writer);
    let lines = if is_for_people(settings.log_format, terminal) {
        lines.with_ansi(terminal).compact().boxed()
    } else {
        let lines = lines.json().flatten_event(true);
        lines.fmt_fields(AtOnce).boxed()
    };
    let log = tracing_subscriber::registry().with(lines);
    Ok(log.with(filter).with(usual))
}

fn is_for_people(format: LogFormat, terminal: bool) -> bool {
    match format {
        LogFormat::Auto => terminal,
        LogFormat::Pretty => true,
        LogFormat::Json => false,
    }
}
