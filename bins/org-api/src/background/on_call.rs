//! Work that is done when a bell is rung, and from time to time in case it was not.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use org_store::Bell;

use super::{join, unharmed};

/// When there is more to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum More {
    /// Once so much time is over, whoever rings: what comes meanwhile is done together.
    After(Duration),
    /// When the bell is rung.
    OnCall,
}

/// A thread that waits for a bell until it is dropped.
pub(crate) struct OnCall {
    bell: Arc<Bell>,
    ended: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl OnCall {
    /// Does `work` at once, whenever the bell is rung, and `period` after it was last done. Work that takes
    /// long asks in between whether it is to end: whoever drops this waits for it.
    pub(crate) fn start(
        name: &str,
        bell: Arc<Bell>,
        period: Duration,
        mut work: impl FnMut(&dyn Fn() -> bool) -> More + Send + 'static,
    ) -> io::Result<Self> {
        let ended = Arc::<AtomicBool>::default();
        let (end, mut listener) = (Arc::clone(&ended), bell.listen());
        let thread = thread::Builder::new()
            .name(name.to_owned())
            .spawn(move || {
                let ended = || end.load(Ordering::SeqCst);
                while !ended() {
                    match unharmed(|| work(&ended)) {
                        Some(More::After(pause)) => thread::sleep(pause),
                        Some(More::OnCall) | None => drop(listener.wait(period)),
                    }
                }
            })?;
        Ok(Self {
            bell,
            ended,
            thread: Some(thread),
        })
    }
}

impl Drop for OnCall {
    fn drop(&mut self) {
        self.ended.store(true, Ordering::SeqCst);
        self.bell.ring();
        join(self.thread.take());
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::{self, Receiver};

    use super::*;

    const LONG: Duration = Duration::from_hours(1);

    /// Work that tells of each time that it is done, and has more to do the first `times`.
    fn telling(bell: &Arc<Bell>, mut times: u32) -> (OnCall, Receiver<()>) {
        let (tell, told) = mpsc::channel();
        let work = move |_: &dyn Fn() -> bool| {
            tell.send(()).expect("the test listens");
            times = times.saturating_sub(1);
            match times {
                0 => More::OnCall,
                _ => More::After(Duration::ZERO),
            }
        };
        let on_call = OnCall::start("test", Arc::clone(bell), LONG, work).expect("a thread");
        (on_call, told)
    }

    #[test]
    fn work_is_done_until_there_is_no_more_and_again_when_the_bell_is_rung() {
        let bell = Arc::<Bell>::default();
        let (_on_call, told) = telling(&bell, 3);
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
        let on_call = OnCall::start("test", Arc::default(), LONG, work).expect("a thread");
        told.recv().expect("it has begun");
        drop(on_call);
    }

    #[test]
    fn whoever_waits_for_the_bell_is_ended_at_once() {
        let bell = Arc::<Bell>::default();
        let (on_call, told) = telling(&bell, 1);
        told.recv().expect("it is done");
        drop(on_call);
    }
}
