//! Signals for a command that has something to put away before it ends.

use std::io;
use std::thread;

use org_embedded_postgres::Tools;
use tokio::runtime;
use tokio::signal::unix::{SignalKind, signal};

/// From now on a signal that asks this process to end stops PostgreSQL's programs instead: the command fails
/// at the one that runs, or at the next, and puts away what it has begun.
pub(super) fn stops(tools: &Tools) -> io::Result<()> {
    let runtime = runtime::Builder::new_current_thread().enable_io().build()?;
    let mut signals = {
        let _entered = runtime.enter();
        [
            signal(SignalKind::terminate())?,
            signal(SignalKind::interrupt())?,
            signal(SignalKind::hangup())?,
        ]
    };
    let brake = tools.brake();
    let listen = move || {
        runtime.block_on(async {
            let [terminate, interrupt, hang_up] = &mut signals;
            loop {
                tokio::select! {
                    _ = terminate.recv() => {}
                    _ = interrupt.recv() => {}
                    _ = hang_up.recv() => {}
                }
                brake.pull();
            }
        });
    };
    thread::Builder::new()
        .name("signals".to_owned())
        .spawn(listen)
        .map(drop)
}
