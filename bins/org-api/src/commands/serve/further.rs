//! A signal that comes when nothing is served any more.
//!
//! What is left to do then is bounded, but a database that stands still can make it long. Nobody who asks
//! once more is to be kept waiting for it.

use std::io;
use std::process;
use std::thread;
use std::time::Instant;

use org_kernel::chain;
use tokio::runtime::Builder;
use tokio::signal::unix::{SignalKind, signal};

use super::stopping::ONE_REQUEST;
use crate::logging;

/// From now on, a signal that does not belong to one before it ends the process at once.
pub(super) fn end_at_a_further_signal() {
    let listening = thread::Builder::new().name("signals".to_owned());
    let listening = listening.spawn(|| match a_further_signal() {
        Ok(()) => {
            tracing::warn!("another signal: all that has not ended is left");
            logging::end();
            process::exit(1);
        }
        Err(error) => tell(&error),
    });
    if let Err(error) = listening {
        tell(&error);
    }
}

/// Waits, on a runtime of its own: that of the server is about to end.
fn a_further_signal() -> io::Result<()> {
    let runtime = Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let mut terminate = signal(SignalKind::terminate())?;
        let mut interrupt = signal(SignalKind::interrupt())?;
        let since = Instant::now();
        loop {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = interrupt.recv() => {}
            }
            if since.elapsed() >= ONE_REQUEST {
                return Ok(());
            }
        }
    })
}

fn tell(error: &io::Error) {
    tracing::error!(error = chain(error), "signals are not heard any more");
}
