//! Waiting for what is expected to happen.

use std::thread;
use std::time::{Duration, Instant};

use crate::server::PATIENCE;

/// How often there is a look whether it has happened.
const MOMENT: Duration = Duration::from_millis(5);

/// Waits until something holds; fails with what it is when that takes too long.
pub(crate) fn until(what: &str, mut holds: impl FnMut() -> bool) {
    let deadline = Instant::now() + PATIENCE;
    while !holds() {
        assert!(Instant::now() < deadline, "not in time: {what}");
        thread::sleep(MOMENT);
    }
}
