//! The places, and what waits for one, in the order in which it came.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::interrupted::Interrupted;

/// Something that is done in a place, and then told. Neither panics.
pub(super) trait Work: Send {
    fn run(&mut self);

    /// Says what came of it, once the place is somebody else's.
    fn tell(self: Box<Self>);
}

/// So many places, and a queue that ends.
pub(super) struct Places {
    most_waiting: usize,
    state: Mutex<State>,
}

struct State {
    free: usize,
    /// With the numbers under which they wait, which only grow.
    waiting: VecDeque<(u64, Box<dyn Work>)>,
    next_number: u64,
}

/// What becomes of work that comes in.
pub(super) enum Entered {
    /// It has a place; whoever brought it finds a thread for it.
    Begins(Place, Box<dyn Work>),
    /// It is done when it is its turn.
    Waits(Waiting),
}

impl Places {
    pub(super) fn new(places: usize, most_waiting: usize) -> Arc<Self> {
        let state = State {
            free: places,
            waiting: VecDeque::new(),
            next_number: 0,
        };
        Arc::new(Self {
            most_waiting,
            state: Mutex::new(state),
        })
    }

    pub(super) fn waiting(&self) -> usize {
        self.state().waiting.len()
    }

    pub(super) fn enter(self: &Arc<Self>, work: Box<dyn Work>) -> Result<Entered, Interrupted> {
        let mut state = self.state();
        if state.free > 0 {
            state.free -= 1;
            let place = Place {
                places: Arc::clone(self),
                is_left: false,
            };
            return Ok(Entered::Begins(place, work));
        }
        if state.waiting.len() >= self.most_waiting {
            return Err(Interrupted::Full);
        }
        let number = state.next_number;
        state.next_number += 1;
        state.waiting.push_back((number, work));
        Ok(Entered::Waits(Waiting {
            places: Arc::clone(self),
            number,
        }))
    }

    /// What has waited longest; without any, a place is free again. Both are one step, so that nothing
    /// begins to wait between them.
    fn next(&self) -> Option<Box<dyn Work>> {
        let mut state = self.state();
        let next = state.waiting.pop_front();
        if next.is_none() {
            state.free += 1;
        }
        next.map(|(_, work)| work)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // Nothing in here panics.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A place that is taken.
pub(super) struct Place {
    places: Arc<Places>,
    is_left: bool,
}

impl Place {
    /// Does this work, and then what waits, until nothing does.
    pub(super) fn work_off(mut self, first: Box<dyn Work>) {
        let mut next = Some(first);
        while let Some(mut work) = next {
            work.run();
            next = self.places.next();
            self.is_left = next.is_none();
            work.tell();
        }
    }
}

impl Drop for Place {
    /// A worker that is at its end begins nothing any more.
    fn drop(&mut self) {
        if !self.is_left {
            self.places.state().free += 1;
        }
    }
}

/// Work that waits, or has been begun; if its client goes away first, it is not done.
pub(super) struct Waiting {
    places: Arc<Places>,
    number: u64,
}

impl Waiting {
    /// Takes the work back; false if it has been begun.
    pub(super) fn give_up(&self) -> bool {
        let taken = {
            let mut state = self.places.state();
            let place = state
                .waiting
                .binary_search_by_key(&self.number, |(number, _)| *number);
            place.ok().and_then(|place| state.waiting.remove(place))
        };
        taken.is_some()
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        self.give_up();
    }
}
