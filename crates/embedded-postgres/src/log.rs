//! PostgreSQL's log, `postgres.log` in the base folder: what it says, how long it gets, and whether
//! anyone can still write to it.
//!
//! The launcher opens the log, locks it, and gives it to PostgreSQL's programs as their standard
//! error. The lock belongs to the open file, which the server and each of its processes inherit; so
//! it is free exactly when the last of them has gone, and the kernel itself keeps that account. A
//! process number cannot tell as much: it may be another program's by now, or a zombie's, or mean
//! nothing in another container.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Read, Seek, SeekFrom},
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
    sync::mpsc::{self, RecvTimeoutError, Sender},
    thread,
    time::Duration,
};

use crate::{error::FileError, locks};

/// Past this many bytes the log begins anew; the one before it is kept.
const LONGEST: u64 = 8 << 20;

/// How long a [`Keeper`] pauses between two looks: no failing statement is fast enough to fill a disk
/// in that time.
pub(crate) const BETWEEN_TRIMS: Duration = Duration::from_secs(30);

/// How much of the end of the log is searched for a reason.
const TAIL: u64 = 64 << 10;

/// Opens and locks the log; `None` while a process of the server lives. The caller holds the start
/// lock, without which two launchers could take each other for a server.
pub(crate) fn try_lock(log: &Path) -> Result<Option<File>, FileError> {
    let file = OpenOptions::new()
        .append(true)
        .create(true)
        .mode(0o600)
        .open(log);
    let file = file.map_err(FileError::on("open", log))?;
    Ok(locks::try_exclusive(&file, log)?.then_some(file))
}

/// How long the log is, so that [`reason`] can be asked about what comes after.
pub(crate) fn length(log: &File, path: &Path) -> Result<u64, FileError> {
    Ok(log
        .metadata()
        .map_err(FileError::on("look at", path))?
        .len())
}

/// The line, of those written since the log was `since` bytes long, that tells best what went wrong.
pub(crate) fn reason(log: &Path, since: u64) -> String {
    let text = match tail(log, since) {
        Ok(text) => text,
        Err(error) => return format!("its log cannot be read, {error}"),
    };
    let fatal = |line: &&str| {
        ["FATAL:", "PANIC:", "error:"]
            .iter()
            .any(|word| line.contains(word))
    };
    let lines = || text.lines().filter(|line| !line.trim().is_empty());
    let line = lines().rfind(fatal).or_else(|| lines().next_back());
    line.map_or_else(
        || "it wrote nothing".to_owned(),
        |line| without_prefix(line).to_owned(),
    )
}

fn tail(log: &Path, since: u64) -> io::Result<String> {
    let mut file = File::open(log)?;
    let from = since.max(file.metadata()?.len().saturating_sub(TAIL));
    file.seek(SeekFrom::Start(from))?;
    let mut bytes = Vec::new();
    file.take(TAIL).read_to_end(&mut bytes)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// Cuts the time and process number off `2026-01-02 03:04:05.678 UTC [9] FATAL:  could not …`.
fn without_prefix(line: &str) -> &str {
    ["FATAL:", "PANIC:"]
        .iter()
        .find_map(|word| line.split_once(word))
        .map_or(line, |(_, text)| text)
        .trim()
}

/// Begins the log anew if it has grown too long. It stays the same file, because PostgreSQL, which
/// appends, has it open.
pub(crate) fn trim(log: &Path) -> Result<(), FileError> {
    if fs::metadata(log)
        .map_err(FileError::on("look at", log))?
        .len()
        <= LONGEST
    {
        return Ok(());
    }
    let before = log.with_extension("log.1");
    fs::copy(log, &before).map_err(FileError::on("write", &before))?;
    let file = OpenOptions::new().write(true).open(log);
    file.and_then(|file| file.set_len(0))
        .map_err(FileError::on("shorten", log))
}

/// Trims the log now and then until it is dropped.
#[derive(Debug)]
pub(crate) struct Keeper(
    #[expect(
        dead_code,
        reason = "the thread ends when this end of its channel is dropped"
    )]
    Sender<()>,
);

impl Keeper {
    pub(crate) fn of(log: PathBuf, pause: Duration) -> Result<Self, FileError> {
        let (alive, dropped) = mpsc::channel();
        let path = log.clone();
        let keep = move || {
            while dropped.recv_timeout(pause) == Err(RecvTimeoutError::Timeout) {
                if let Err(error) = trim(&log) {
                    tracing::warn!(%error, "PostgreSQL's log may grow without bound");
                }
            }
        };
        let spawned = thread::Builder::new()
            .name("postgres-log".into())
            .spawn(keep);
        spawned.map_err(FileError::on("watch", &path))?;
        Ok(Self(alive))
    }
}

#[cfg(test)]
mod tests;
