//! The threads, and what waits for one, in the order in which it came.

use std::collections::VecDeque;
use std::io;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

use crate::interrupted::Interrupted;

/// Something that is done on a thread, and then told. Neither panics.
pub(super) trait Work: Send {
    fn run(&mut self);

    /// Says what came of it, once the thread is free for somebody else's.
    fn tell(self: Box<Self>);
}

/// So many threads at the most, each begun when there is work and none of the others is free, and a queue
/// that ends. A clone shares them.
#[derive(Clone)]
pub(super) struct Threads(Arc<Shared>);

struct Shared {
    most: usize,
    most_waiting: usize,
    state: Mutex<State>,
    /// There is work for a thread that sleeps, or never will be again.
    called: Condvar,
    begin: Begin,
}

/// Begins a thread that works off what there is.
type Begin = fn(Threads) -> io::Result<()>;

#[derive(Default)]
struct State {
    threads: usize,
    asleep: usize,
    /// A thread was called that is not awake yet. It calls the next, if there is work for it: by the time
    /// that it runs, those that were busy may have done all of it.
    is_calling: bool,
    at_work: usize,
    /// With the numbers under which they came, which only grow.
    queue: VecDeque<(u64, Box<dyn Work>)>,
    next_number: u64,
    is_ended: bool,
}

impl Threads {
    pub(super) fn new(most: usize, most_waiting: usize) -> Self {
        Self::begun_by(begin, most, most_waiting)
    }

    fn begun_by(begin: Begin, most: usize, most_waiting: usize) -> Self {
        Self(Arc::new(Shared {
            most,
            most_waiting,
            state: Mutex::default(),
            called: Condvar::new(),
            begin,
        }))
    }

    /// How much work there is that no thread is free for.
    pub(super) fn waiting(&self) -> usize {
        let state = self.state();
        state.queue.len().saturating_sub(self.free(&state))
    }

    /// Takes work in, to be done when it is its turn.
    pub(super) fn enter(&self, work: Box<dyn Work>) -> Result<Waiting, Interrupted> {
        let mut state = self.state();
        if state.queue.len() >= self.free(&state) + self.0.most_waiting {
            return Err(Interrupted::Full);
        }
        let waiting = Waiting {
            threads: self.clone(),
            number: state.add(work),
        };
        if !self.call(state) && waiting.give_up() {
            return Err(Interrupted::Busy);
        }
        Ok(waiting)
    }

    /// How many threads have nothing to do, or could be begun.
    fn free(&self, state: &State) -> usize {
        self.0.most - state.at_work
    }

    /// Has a thread come for what is in the queue, if one is free or can be begun. False if there is none at
    /// all; what none can be begun for is done by those that there are.
    fn call(&self, mut state: MutexGuard<'_, State>) -> bool {
        if state.is_calling {
            return true;
        }
        if state.asleep > 0 {
            state.is_calling = true;
            drop(state);
            self.0.called.notify_one();
        } else if state.threads < self.0.most {
            state.threads += 1;
            drop(state);
            if let Err(error) = (self.0.begin)(self.clone()) {
                tracing::warn!(%error, "no thread could be begun for work that blocks");
                let mut state = self.state();
                state.threads -= 1;
                return state.threads > 0;
            }
        }
        true
    }

    /// Ends the threads, each when there is nothing more to do.
    pub(super) fn end(&self) {
        self.state().is_ended = true;
        self.0.called.notify_all();
    }

    fn work_off(&self) {
        let mut next = self.wait();
        while let Some(mut work) = next {
            work.run();
            let following = self.follow();
            work.tell();
            next = following.or_else(|| self.wait());
        }
    }

    /// What has waited longest; without any, the thread is free. Both are one step, so that nothing begins
    /// to wait between them.
    fn follow(&self) -> Option<Box<dyn Work>> {
        let mut state = self.state();
        state.at_work -= 1;
        state.take()
    }

    /// Sleeps until there is work, or is none any more.
    fn wait(&self) -> Option<Box<dyn Work>> {
        let mut state = self.state();
        while state.queue.is_empty() && !state.is_ended {
            state.asleep += 1;
            let woken = self.0.called.wait(state);
            state = woken.unwrap_or_else(PoisonError::into_inner);
            state.asleep -= 1;
            // Also where there is nothing to do any more: whoever has work next calls again.
            state.is_calling = false;
        }
        let work = state.take();
        if !state.queue.is_empty() {
            self.call(state);
        }
        work
    }

    /// Takes work out of the queue; false if it has been begun.
    fn take_back(&self, number: u64) -> bool {
        let taken = {
            let queue = &mut self.state().queue;
            let place = queue.binary_search_by_key(&number, |(number, _)| *number);
            place.ok().and_then(|place| queue.remove(place))
        };
        taken.is_some()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // Nothing in here panics.
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// Puts work at the end of the queue, and answers its number there.
    fn add(&mut self, work: Box<dyn Work>) -> u64 {
        let number = self.next_number;
        self.next_number += 1;
        self.queue.push_back((number, work));
        number
    }

    /// Takes the work at the head of the queue for a thread that does it now.
    fn take(&mut self) -> Option<Box<dyn Work>> {
        let (_, work) = self.queue.pop_front()?;
        self.at_work += 1;
        Some(work)
    }
}

fn begin(threads: Threads) -> io::Result<()> {
    let thread = thread::Builder::new().name("blocking".to_owned());
    thread.spawn(move || threads.work_off()).map(drop)
}

/// Work that waits, or has been begun; if its client goes away first, it is not done.
pub(super) struct Waiting {
    threads: Threads,
    number: u64,
}

impl Waiting {
    /// Takes the work back; false if it has been begun.
    pub(super) fn give_up(&self) -> bool {
        self.threads.take_back(self.number)
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        self.give_up();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::sync::mpsc::{Sender, channel};

    use super::*;

    struct Told(Sender<()>);

    impl Work for Told {
        fn run(&mut self) {}

        fn tell(self: Box<Self>) {
            // Whoever gave up does not listen.
            let _ = self.0.send(());
        }
    }

    fn refused(_threads: Threads) -> io::Result<()> {
        Err(io::ErrorKind::WouldBlock.into())
    }

    #[test]
    fn work_that_no_thread_can_be_begun_for_is_refused_and_not_kept() {
        let threads = Threads::begun_by(refused, 2, 5);
        let (told, _) = channel();
        let entered = threads.enter(Box::new(Told(told)));
        assert_eq!(entered.map(drop), Err(Interrupted::Busy));
        assert_eq!(threads.state().queue.len(), 0);
    }

    #[test]
    fn what_no_further_thread_can_be_begun_for_is_done_by_those_that_there_are() {
        static IS_BEGUN: AtomicBool = AtomicBool::new(false);
        let one = |threads| {
            if IS_BEGUN.swap(true, Ordering::SeqCst) {
                refused(threads)
            } else {
                begin(threads)
            }
        };
        let threads = Threads::begun_by(one, 4, 0);
        let (told, done) = channel();
        let enter = |_| threads.enter(Box::new(Told(told.clone())));
        let entered: Vec<_> = (0..4).map(enter).collect();
        for waiting in &entered {
            assert!(waiting.is_ok());
            done.recv().expect("it is told");
        }
        threads.end();
    }
}
