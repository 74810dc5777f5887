//! The reasons that are read from a log, its length, and its lock.

use std::{
    fs::{self, OpenOptions},
    io::Write,
    path::PathBuf,
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use tempfile::TempDir;

use super::{Keeper, LONGEST, reason, trim, try_lock};
use crate::locks::POLL;

struct Log {
    _dir: TempDir,
    path: PathBuf,
}

fn log(text: &str) -> Log {
    let dir = TempDir::new().unwrap();
    let path = dir.path().join("postgres.log");
    fs::write(&path, text).unwrap();
    Log { _dir: dir, path }
}

fn eventually(what: &str, holds: impl Fn() -> bool) {
    let deadline = Instant::now() + Duration::from_secs(10);
    while !holds() {
        assert!(Instant::now() < deadline, "still not so: {what}");
        thread::sleep(POLL);
    }
}

#[test]
fn the_last_fatal_line_is_the_reason() {
    let log = log(
        "2026-01-02 03:04:05.678 UTC [9] LOG:  starting PostgreSQL 15\n\
         2026-01-02 03:04:05.678 UTC [9] FATAL:  could not create shared memory segment\n\
         2026-01-02 03:04:05.678 UTC [9] LOG:  database system is shut down\n",
    );
    assert_eq!(
        reason(&log.path, 0),
        "could not create shared memory segment"
    );
}

#[test]
fn an_error_of_initdb_is_a_reason() {
    let log = log("initdb: error: invalid locale name \"x\"\ninitdb: hint: see its manual\n");
    assert_eq!(
        reason(&log.path, 0),
        "initdb: error: invalid locale name \"x\""
    );
}

#[test]
fn without_a_fatal_line_the_last_one_is_the_reason() {
    let log = log("cannot load libfoo.so\n\n");
    assert_eq!(reason(&log.path, 0), "cannot load libfoo.so");
}

#[test]
fn what_was_written_before_is_no_reason() {
    let old = "FATAL:  yesterday\n";
    let log = log(&format!("{old}today\n"));
    assert_eq!(reason(&log.path, old.len() as u64), "today");
    assert_eq!(
        reason(&log.path, log.path.metadata().unwrap().len()),
        "it wrote nothing"
    );
}

#[test]
fn a_short_log_is_left_alone() {
    let log = log("one line\n");
    trim(&log.path).unwrap();
    assert_eq!(fs::read_to_string(&log.path).unwrap(), "one line\n");
    assert!(!log.path.with_extension("log.1").exists());
}

#[test]
fn a_long_log_begins_anew_under_the_writer_that_has_it_open() {
    let log = log("");
    let mut writer = OpenOptions::new().append(true).open(&log.path).unwrap();
    writer
        .write_all(&vec![b'x'; usize::try_from(LONGEST).unwrap() + 1])
        .unwrap();

    trim(&log.path).unwrap();
    writer.write_all(b"next\n").unwrap();

    assert_eq!(fs::read_to_string(&log.path).unwrap(), "next\n");
    assert_eq!(
        fs::metadata(log.path.with_extension("log.1"))
            .unwrap()
            .len(),
        LONGEST + 1
    );
}

#[test]
fn a_log_that_grows_long_while_it_is_kept_begins_anew() {
    let log = log("");
    let keeper = Keeper::of(log.path.clone(), Duration::from_millis(1)).unwrap();
    fs::write(&log.path, vec![b'x'; usize::try_from(LONGEST).unwrap() + 1]).unwrap();
    eventually("the log is short", || {
        fs::metadata(&log.path).unwrap().len() == 0
    });
    drop(keeper);
}

#[test]
fn the_lock_stays_with_the_program_that_inherited_the_log() {
    let log = log("");
    let locked = try_lock(&log.path).unwrap().unwrap();
    let mut child = Command::new("cat")
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(locked)
        .spawn()
        .unwrap();
    assert!(try_lock(&log.path).unwrap().is_none());

    drop(child.stdin.take());
    child.wait().unwrap();
    // A neighbouring test that is just starting a program holds a copy for a moment.
    eventually("the lock is free", || {
        try_lock(&log.path).unwrap().is_some()
    });
}
