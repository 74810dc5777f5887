//! Stops the program that runs, from another thread than the one that waits for it.

use std::{
    io,
    process::{Child, Command, ExitStatus},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use rustix::process::{Pid, Signal, kill_process};

/// Ends what runs now, and lets nothing begin after it.
#[derive(Debug, Clone, Default)]
pub struct Brake(Arc<Mutex<State>>);

#[derive(Debug, Default)]
struct State {
    /// What runs. It is not waited for while it is here, so that its id stays its own.
    running: Option<Pid>,
    is_pulled: bool,
}

impl Brake {
    /// Tells the program that runs, if one does, to break off; so it tells its server to. Whoever waits for
    /// it, and whoever wants to begin another, is told that it was interrupted.
    pub fn pull(&self) {
        let mut state = self.state();
        state.is_pulled = true;
        let ended = state.running.map(|pid| kill_process(pid, Signal::TERM));
        if let Some(Err(error)) = ended {
            tracing::warn!(%error, "a program of PostgreSQL is not to be stopped");
        }
    }

    /// Whether somebody has pulled it.
    pub(super) fn is_pulled(&self) -> bool {
        self.state().is_pulled
    }

    /// Begins a program; none if it must not begin.
    pub(super) fn spawn(&self, command: &mut Command) -> io::Result<Option<Child>> {
        let mut state = self.state();
        if state.is_pulled {
            return Ok(None);
        }
        let child = command.spawn()?;
        state.running = i32::try_from(child.id()).ok().and_then(Pid::from_raw);
        Ok(Some(child))
    }

    /// Waits for the end of a program that has said all that it had to say.
    pub(super) fn wait(&self, child: &mut Child) -> io::Result<ExitStatus> {
        self.state().running = None;
        child.wait()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
