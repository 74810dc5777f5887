//! Where log lines go: to stderr, readable on a terminal and as JSON otherwise.
//!
//! A server does not wait for whoever reads its log. Its lines go to a thread of their own, by way of a
//! buffer of some thousands, and are written many at a time when there are many. If the reader stands still
//! until the buffer is full, lines are dropped, and counted: an answer that comes without its line is worth
//! more than a line without its answer. A command that does one thing writes its few lines itself.

use std::error::Error;
use std::io::{self, BufWriter, IsTerminal};
use std::sync::{Mutex, OnceLock, PoisonError};

use tracing_appender::non_blocking::{ErrorCounter, NonBlockingBuilder, WorkerGuard};
use tracing_subscriber::EnvFilter;
use tracing_subscriber::filter::LevelFilter;
use tracing_subscriber::fmt::writer::BoxMakeWriter;

use crate::failure::Failure;
use crate::settings::{LogFormat, Observing, wrong};

/// How many lines wait to be written: a few megabytes of them.
const LINES: usize = 8192;

/// How many bytes are written at a time at the most.
const BATCH: usize = 64 * 1024;

/// The thread that writes, until the log is ended.
static WRITING: Mutex<Option<WorkerGuard>> = Mutex::new(None);

/// The lines that were dropped.
static LOST: OnceLock<ErrorCounter> = OnceLock::new();

/// Begins the log of a server, from `info` on unless the settings say otherwise.
pub(crate) fn serve(settings: &Observing) -> Result<(), Failure> {
    let (writer, guard) = NonBlockingBuilder::default()
        .lossy(true)
        .buffered_lines_limit(LINES)
        .thread_name("log")
        .finish(BufWriter::with_capacity(BATCH, io::stderr()));
    LOST.get_or_init(|| writer.error_counter());
    *WRITING.lock().unwrap_or_else(PoisonError::into_inner) = Some(guard);
    start(settings, LevelFilter::INFO, BoxMakeWriter::new(writer))
}

/// Begins the log of a command that does one thing, from `warn` on unless the settings say otherwise.
pub(crate) fn quiet(settings: &Observing) -> Result<(), Failure> {
    start(settings, LevelFilter::WARN, BoxMakeWriter::new(io::stderr))
}

/// Writes what has been said, and ends the log. It waits for a second at the most.
pub(crate) fn end() {
    drop(
        WRITING
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take(),
    );
}

/// How many lines nobody took in time.
pub(crate) fn lost_lines() -> u64 {
    let lost = LOST.get().map_or(0, ErrorCounter::dropped_lines);
    lost.try_into().unwrap_or(u64::MAX)
}

fn start(settings: &Observing, usual: LevelFilter, writer: BoxMakeWriter) -> Result<(), Failure> {
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
