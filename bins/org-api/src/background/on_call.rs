//! Work that is done when a bell is rung, and from time to time in case it was not.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use org_store::Bell;

use super::{Worker, unharmed};

/// When there is more to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum More {
    /// Once so much time is over, whoever rings: what comes meanwhile is done together.
    After(Duration),
    /// When the bell is rung.
    OnCall,
}

/// Does `work` at once, whenever the bell is rung, and `period` after it was last done. Work that takes long
/// asks in between whether it is to end: it is waited for.
pub(crate) fn on_call(
    name: &'static str,
    bell: Arc<Bell>,
    period: Duration,
    mut work: impl FnMut(&dyn Fn() -> bool) -> More + Send + 'static,
) -> io::Result<Worker> {
    let ended = Arc::<AtomicBool>::default();
    let (end, mut listener) = (Arc::clone(&ended), bell.listen());
    let until_told = move || {
        let ended = || end.load(Ordering::SeqCst);
        while !ended() {
            match unharmed(|| work(&ended)) {
                Some(More::After(pause)) => thread::sleep(pause),
                Some(More::OnCall) | None => drop(listener.wait(period)),
            }
        }
    };
    let tell = move || {
        ended.store(true, Ordering::SeqCst);
        bell.ring();
    };
    Worker::start(name, tell, until_told)
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::{self, Receiver};

    use super::*;

    const LONG: Duration = Duration::from_hours(1);

    /// Work that tells of each time that it is done, and has more to do the first `times`.
    fn telling(bell: &Arc<Bell>, mut times: u32) -> (Worker, Receiver<()>) {
        let (tell, told) = mpsc::channel();
        let work = move |_: &dyn Fn() -> bool| {
            tell.send(()).expect("the test listens");
            times = times.saturating_sub(1);
            match times {
                0 => More::OnCall,
                _ => More::After(Duration::ZERO),
            }
        };
        let worker = on_call("test", Arc::clone(bell), LONG, work).expect("a thread");
        (worker, told)
    }

    #[test]
    fn work_is_done_until_there_is_no_more_and_again_when_the_bell_is_rung() {
        let bell = Arc::<Bell>::default();
        let (_worker, told) = telling(&bell, 3);
        for _ in 0..3 {
            told.recv().expect("it is done");
        }
        bell.ring();
        told.recv().expect("it is done once more");
    }

    #[test]
    fn work_is_told_when_it_is_to_end() {
        let (tell, told) = mpsc::channel();
        let work = move |ended: &dyn Fn() -> bool| {
            tell.send(()).expect("the test listens");
            while !ended() {
                thread::yield_now();
            }
            More::OnCall
        };
        let worker = on_call("test", Arc::default(), LONG, work).expect("a thread");
        told.recv().expect("it has begun");
        drop(worker);
    }

    #[test]
    fn whoever_waits_for_the_bell_is_ended_at_once() {
        let bell = Arc::<Bell>::default();
        let (worker, told) = telling(&bell, 1);
        told.recv().expect("it is done");
        drop(worker);
    }
}
