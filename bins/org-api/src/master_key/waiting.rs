//! Waiting for others, and not in silence.

use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

/// How long nobody wonders what is waited for.
const A_MOMENT: Duration = Duration::from_secs(1);

/// Does what may have to wait, and says so once if it has not come back after a moment.
pub(super) fn saying<T>(say: impl FnOnce() + Send, wait: impl FnOnce() -> T) -> T {
    let (done, is_done) = mpsc::channel::<()>();
    thread::scope(|threads| {
        threads.spawn(move || {
            if is_done.recv_timeout(A_MOMENT) == Err(RecvTimeoutError::Timeout) {
                say();
            }
        });
        let waited = wait();
        drop(done);
        waited
    })
}
