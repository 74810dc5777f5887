//! The line from the database to the listener: whether it stands, and what goes over it.

use std::fmt;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::News;

/// For how long the server may say nothing.
const SILENCE: Duration = Duration::from_millis(500);

/// How often the watch looks.
const LOOK: Duration = Duration::from_millis(50);

type Listener = Box<dyn Fn(News) + Send + Sync>;

/// The state of the line. Whoever changes it holds its lock while the listener is told, so that the
/// news come in the order of what they tell of.
pub(super) struct Line {
    state: Mutex<State>,
    closed: Condvar,
    listener: Listener,
}

#[derive(Debug)]
enum State {
    /// Nothing is heard.
    Down,
    /// Everything is heard; when the server has last answered.
    Up(Instant),
    /// Nobody listens any longer.
    Closed,
}

impl Line {
    pub(super) fn new(listener: Listener) -> Self {
        Self {
            state: Mutex::new(State::Down),
            closed: Condvar::new(),
            listener,
        }
    }

    /// The server has answered on a connection that hears everything. False when the line is closed.
    pub(super) fn answered(&self) -> bool {
        let mut state = self.lock();
        match *state {
            State::Closed => return false,
            State::Down => (self.listener)(News::Up),
            State::Up(_) => {}
        }
        *state = State::Up(Instant::now());
        true
    }

    /// Something was heard of. While the line is down nobody relies on hearing of everything.
    pub(super) fn heard(&self, news: News) {
        let state = self.lock();
        if matches!(*state, State::Up(_)) {
            (self.listener)(news);
        }
    }

    /// The connection has failed.
    pub(super) fn failed(&self) {
        let mut state = self.lock();
        if matches!(*state, State::Up(_)) {
            (self.listener)(News::Down);
            *state = State::Down;
        }
    }

    /// Nothing more is told once this returns.
    pub(super) fn close(&self) {
        *self.lock() = State::Closed;
        self.closed.notify_all();
    }

    /// Waits; false when the line was closed before the time was over.
    pub(super) fn wait(&self, time: Duration) -> bool {
        let is_open = |state: &mut State| !matches!(state, State::Closed);
        let waited = self.closed.wait_timeout_while(self.lock(), time, is_open);
        let (state, _) = waited.unwrap_or_else(PoisonError::into_inner);
        !matches!(*state, State::Closed)
    }

    /// Tells when the server has fallen silent, until the line is closed.
    pub(super) fn watch(&self) {
        while self.wait(LOOK) {
            let silent = match *self.lock() {
                State::Up(answered) => answered.elapsed() > SILENCE,
                State::Down | State::Closed => false,
            };
            if silent {
                tracing::warn!("the database is silent: news of keys and events may be missed");
                self.failed();
            }
        }
    }

    /// A listener that panicked has heard the news all the same.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Line")
            .field("state", &self.state)
            .finish_non_exhaustive()
    }
}
