//! Deliveries go out, in threads of the server's own.

use std::io;
use std::thread::{self, JoinHandle};

use org_delivery::post::Poster;
use org_delivery::sender::{Ground, Sender, SenderLimits};
use tokio::runtime::{Builder, Runtime};
use tokio::sync::oneshot;

use crate::background::join;

/// How many threads wait for receivers and sign what goes to them.
const THREADS: usize = 2;

/// Sends until it is dropped, which waits until what is being sent has ended and is recorded.
pub(super) struct Sending {
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Sending {
    pub(super) fn start(poster: Poster, ground: Ground, limits: SenderLimits) -> io::Result<Self> {
        let runtime = runtime()?;
        let (stop, stopped) = oneshot::channel();
        let thread = thread::Builder::new()
            .name("sending".to_owned())
            .spawn(move || {
                runtime.block_on(async {
                    let sender = Sender::start(poster, ground, limits);
                    // Whoever is gone without a word wants it stopped as well.
                    let _ = stopped.await;
                    sender.stop().await;
                });
            })?;
        Ok(Self {
            stop: Some(stop),
            thread: Some(thread),
        })
    }
}

/// One visit to the store at a time is all that a sender makes.
fn runtime() -> io::Result<Runtime> {
    Builder::new_multi_thread()
        .worker_threads(THREADS)
        .thread_name("sender")
        .enable_all()
        .build()
}

impl Drop for Sending {
    fn drop(&mut self) {
        drop(self.stop.take());
        join(self.thread.take());
    }
}
