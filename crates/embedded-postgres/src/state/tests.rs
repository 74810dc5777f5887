//! What is read from `postmaster.pid`, and what is believed of it.

use std::process::Command;

use tempfile::TempDir;

use super::{Claim, is_server_on, parse};

const READY: &str = "4711\n/base/data\n1767323045\n5432\n/base/socket\n\n  123  4\nready   \n";

#[test]
fn a_server_that_is_ready_says_so_in_the_eighth_line() {
    assert_eq!(
        parse(READY),
        Claim {
            pid: Some(4711),
            ready: true
        }
    );
    assert_eq!(
        parse(&READY.replace("ready", "starting")),
        Claim {
            pid: Some(4711),
            ready: false
        }
    );
}

#[test]
fn a_file_in_the_making_claims_nothing_yet() {
    assert_eq!(parse(""), Claim::default());
    assert_eq!(
        parse("4711\n/base/data\n"),
        Claim {
            pid: Some(4711),
            ready: false
        }
    );
}

#[test]
fn a_number_that_would_signal_more_than_one_process_is_refused() {
    for number in ["0", "1", "-1", "-4711", "4711 1", "all"] {
        let text = READY.replace("4711\n", &format!("{number}\n"));
        assert_eq!(parse(&text).pid, None, "{number}");
    }
}

#[test]
fn another_program_is_not_the_server() {
    let data = TempDir::new().unwrap();
    assert!(!is_server_on(std::process::id(), data.path()));
}

#[test]
fn a_process_that_has_gone_is_not_the_server() {
    let data = TempDir::new().unwrap();
    let mut child = Command::new("true")
        .current_dir(data.path())
        .spawn()
        .unwrap();
    child.wait().unwrap();
    assert!(!is_server_on(child.id(), data.path()));
}

/// Elsewhere the name of its program has to do.
#[test]
#[cfg(target_os = "linux")]
fn a_process_that_works_in_the_data_is_taken_for_a_server() {
    let data = TempDir::new().unwrap();
    let dir = std::fs::canonicalize(data.path()).unwrap();
    let mut child = Command::new("cat")
        .current_dir(&dir)
        .stdin(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let believed = is_server_on(child.id(), &dir);
    drop(child.stdin.take());
    child.wait().unwrap();
    assert!(believed);
}
