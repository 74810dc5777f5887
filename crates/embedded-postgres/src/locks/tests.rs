//! Who gets a lock, and when.

use std::{fs, thread, time::Duration};

use tempfile::TempDir;

use super::{NotTaken, exclusive, is_at, open};

const MOMENT: Duration = Duration::from_millis(20);
const AGE: Duration = Duration::from_secs(30);

#[test]
fn a_lock_that_is_held_is_busy() {
    let dir = TempDir::new().unwrap();
    let path = dir.path().join("lock");
    let _held = exclusive(&path, MOMENT).unwrap();
    assert!(matches!(exclusive(&path, MOMENT), Err(NotTaken::Busy)));
}

#[test]
fn a_lock_is_had_when_its_holder_lets_go() {
    let dir = TempDir::new().unwrap();
    let path = &dir.path().join("lock");
    let held = exclusive(path, MOMENT).unwrap();
    thread::scope(|scope| {
        let waiting = scope.spawn(|| exclusive(path, AGE).map(drop));
        drop(held);
        waiting.join().unwrap().unwrap();
    });
}

#[test]
fn a_folder_that_has_gone_is_no_failure() {
    let dir = TempDir::new().unwrap();
    let path = dir.path().join("gone/lock");
    assert!(matches!(exclusive(&path, MOMENT), Err(NotTaken::Vanished)));
}

/// Whoever waited for the old file must not think itself alone because that one is free now.
#[test]
fn the_lock_of_a_file_that_was_replaced_is_not_the_lock() {
    let dir = TempDir::new().unwrap();
    let path = &dir.path().join("lock");
    let old = open(path).unwrap();
    assert!(is_at(&old, path));

    fs::remove_file(path).unwrap();
    assert!(!is_at(&old, path));

    let new = open(path).unwrap();
    assert!(!is_at(&old, path));
    assert!(is_at(&new, path));
}
