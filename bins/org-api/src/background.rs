//! Work that is done beside the requests, from time to time or when it is called for.

mod on_call;
mod worker;

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::Duration;

pub(crate) use on_call::{More, on_call};
pub(crate) use worker::{Worker, end};

/// Whether work is to be done again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Again {
    Yes,
    No,
}

/// Whether work is done once more when it is ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Last {
    Run,
    Skip,
}

/// Begins to do `work` every `period`, until it is told to end or says that it need not be done again.
pub(crate) fn periodic(
    name: &'static str,
    period: Duration,
    last: Last,
    mut work: impl FnMut() -> Again + Send + 'static,
) -> io::Result<Worker> {
    let (stop, stopped) = mpsc::channel::<()>();
    let until_told = move || {
        while stopped.recv_timeout(period) == Err(RecvTimeoutError::Timeout) {
            if unharmed(&mut work) == Some(Again::No) {
                return;
            }
        }
        if last == Last::Run {
            unharmed(&mut work);
        }
    };
    Worker::start(name, move || drop(stop), until_told)
}

/// Does work that is done again even if it panics, which the panic's own line in the log tells of: what
/// is wrong with one row, or with this minute, must not end forgetting for ever. What the work keeps from
/// one time to the next are only figures and what it last said.
fn unharmed<T>(work: impl FnOnce() -> T) -> Option<T> {
    catch_unwind(AssertUnwindSafe(work)).ok()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicU32, Ordering};
    use std::thread;

    use super::*;

    /// How often work is done that would be done again `until` so many times.
    fn done(period: Duration, last: Last, until: u32) -> u32 {
        let count = Arc::new(AtomicU32::new(0));
        let counted = Arc::clone(&count);
        let work = move || {
            let done = counted.fetch_add(1, Ordering::Relaxed) + 1;
            if done < until { Again::Yes } else { Again::No }
        };
        let worker = periodic("test", period, last, work).expect("a thread");
        if period.is_zero() {
            while count.load(Ordering::Relaxed) < until {
                thread::yield_now();
            }
        }
        drop(worker);
        count.load(Ordering::Relaxed)
    }

    #[test]
    fn work_is_done_once_more_at_the_end_if_it_has_a_last_run() {
        let hour = Duration::from_hours(1);
        assert_eq!(done(hour, Last::Run, 100), 1);
        assert_eq!(done(hour, Last::Skip, 100), 0);
    }

    #[test]
    fn work_that_panics_is_done_again() {
        let count = Arc::new(AtomicU32::new(0));
        let counted = Arc::clone(&count);
        let work = move || match counted.fetch_add(1, Ordering::Relaxed) {
            0 => panic!("on purpose"),
            _ => Again::No,
        };
        let worker = periodic("test", Duration::ZERO, Last::Skip, work).expect("a thread");
        while count.load(Ordering::Relaxed) < 2 {
            thread::yield_now();
        }
        drop(worker);
        assert_eq!(count.load(Ordering::Relaxed), 2);
    }

    #[test]
    fn work_that_need_not_be_done_again_is_not() {
        assert_eq!(done(Duration::ZERO, Last::Run, 3), 3);
    }
}
