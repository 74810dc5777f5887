//! A thread of the background: it is told to end and then waited for, but not for ever.
//!
//! Work in the background asks the database, and a database that stands still neither answers nor fails.
//! Whoever waits for such a thread waits for as long as that takes, and a process that is told to end has
//! to. So a thread that does not end in time is left to the end of the process, which says so.

use std::io;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// How long all work in the background together may take to end: more than a visit to a database that
/// answers takes, and less than whoever supervises the process waits before it kills it.
const PATIENCE: Duration = Duration::from_secs(5);

/// A thread that is told to end, and waited for, when it is dropped.
pub(crate) struct Worker {
    name: &'static str,
    tell: Option<Box<dyn FnOnce() + Send>>,
    thread: Option<JoinHandle<()>>,
    /// Closed once the work has ended, however it did.
    ended: Receiver<()>,
}

impl Worker {
    /// Begins to do `work`, which ends some time after `tell` was called.
    ///
    /// Fails when the system gives no thread.
    pub(crate) fn start(
        name: &'static str,
        tell: impl FnOnce() + Send + 'static,
        work: impl FnOnce() + Send + 'static,
    ) -> io::Result<Self> {
        let (end, ended) = mpsc::channel();
        let thread = thread::Builder::new()
            .name(name.to_owned())
            .spawn(move || {
                let _end: mpsc::Sender<()> = end;
                work();
            })?;
        Ok(Self {
            name,
            tell: Some(Box::new(tell)),
            thread: Some(thread),
            ended,
        })
    }

    /// Tells it that it is to end, and does not wait for that.
    fn tell(&mut self) {
        if let Some(tell) = self.tell.take() {
            tell();
        }
    }

    /// Waits until it has ended. If it has not by then, it is left, which is said, and the answer is no.
    fn has_ended(&mut self, by: Instant) -> bool {
        let Some(thread) = self.thread.take() else {
            return true;
        };
        let left = by.saturating_duration_since(Instant::now());
        if self.ended.recv_timeout(left) == Err(RecvTimeoutError::Timeout) {
            tracing::error!(
                work = self.name,
                "work in the background does not end, and is left with what it has not stored"
            );
            return false;
        }
        if thread.join().is_err() {
            tracing::error!(work = self.name, "work in the background panicked");
        }
        true
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.tell();
        self.has_ended(Instant::now() + PATIENCE);
    }
}

/// Ends all of them within one time, and answers whether all have ended. What has not is left, and said.
pub(crate) fn end(workers: impl IntoIterator<Item = Worker>) -> bool {
    end_within(PATIENCE, workers)
}

fn end_within(patience: Duration, workers: impl IntoIterator<Item = Worker>) -> bool {
    let mut workers: Vec<_> = workers.into_iter().collect();
    workers.iter_mut().for_each(Worker::tell);
    let by = Instant::now() + patience;
    let mut all_ended = true;
    for worker in &mut workers {
        all_ended &= worker.has_ended(by);
    }
    all_ended
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, Ordering};

    use super::*;

    /// Work that ends when it is told to.
    fn obedient() -> Worker {
        let (tell, told) = mpsc::channel::<()>();
        let work = move || assert!(told.recv().is_err(), "nothing is sent");
        Worker::start("obedient", move || drop(tell), work).expect("a thread")
    }

    /// Work that ends when the answer is let go of, whatever it is told.
    fn stuck() -> (Worker, mpsc::Sender<()>) {
        let (release, released) = mpsc::channel::<()>();
        let work = move || assert!(released.recv().is_err(), "nothing is sent");
        let worker = Worker::start("stuck", || (), work).expect("a thread");
        (worker, release)
    }

    #[test]
    fn who_ends_when_told_to_is_waited_for() {
        assert!(end_within(
            Duration::from_hours(1),
            [obedient(), obedient()]
        ));
    }

    #[test]
    fn who_is_stuck_is_left_and_keeps_nobody_from_being_told() {
        let told = Arc::<AtomicBool>::default();
        let (last, tell) = (Arc::clone(&told), move || {
            told.store(true, Ordering::SeqCst);
        });
        let (worker, _release) = stuck();
        let last_one = Worker::start("last", tell, || ()).expect("a thread");
        assert!(!end_within(Duration::from_millis(20), [worker, last_one]));
        assert!(last.load(Ordering::SeqCst));
    }

    #[test]
    fn work_that_panics_has_ended() {
        let worker = Worker::start("panics", || (), || panic!("on purpose")).expect("a thread");
        assert!(end_within(Duration::from_hours(1), [worker]));
    }
}
