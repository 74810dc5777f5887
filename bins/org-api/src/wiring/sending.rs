//! Deliveries go out, in threads of the server's own.

use std::io;
use std::time::Duration;

use org_delivery::sender::{Ground, Post, Sender, SenderLimits};
use tokio::runtime::{Builder, Runtime};
use tokio::sync::watch;

use crate::background::Worker;

/// How many threads wait for receivers and sign what goes to them.
const THREADS: usize = 2;

/// How long it waits, once it waits for no receiver any more, for the visit to the store that is made.
const LAST_VISIT: Duration = Duration::from_secs(5);

/// What is wanted of the sender.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Wanted {
    Sending,
    /// That it ends what it has begun.
    Finishing,
    /// That it ends.
    Leaving,
}

/// Sends until it is dropped, which finishes what is being sent, as far as that can be waited for.
pub(super) struct Sending {
    ending: Ending,
    worker: Worker,
}

/// Ends the sending of deliveries, from wherever it is known that it is to end.
#[derive(Clone)]
pub(crate) struct Ending {
    wanted: watch::Sender<Wanted>,
    /// Closed once nothing is sent any more.
    ended: watch::Receiver<()>,
}

impl Ending {
    /// That of a server that sends nothing.
    pub(super) fn of_nothing() -> Self {
        Self {
            wanted: watch::Sender::new(Wanted::Sending),
            ended: watch::channel(()).1,
        }
    }

    /// Nothing more is begun.
    pub(crate) fn finish(&self) {
        self.want(Wanted::Finishing);
    }

    /// Nobody waits any longer for what is being sent: when its leases end, it is sent again.
    pub(crate) fn leave(&self) {
        self.want(Wanted::Leaving);
    }

    /// Waits until nothing is sent any more.
    pub(crate) async fn ended(&self) {
        let mut ended = self.ended.clone();
        while ended.changed().await.is_ok() {}
    }

    fn want(&self, more: Wanted) {
        self.wanted
            .send_modify(|wanted| *wanted = more.max(*wanted));
    }
}

impl Sending {
    pub(super) fn start(
        poster: impl Post,
        ground: Ground,
        limits: SenderLimits,
    ) -> io::Result<Self> {
        let runtime = runtime()?;
        let (wanted, mut heard) = watch::channel(Wanted::Sending);
        let (end, ended) = watch::channel(());
        let ending = Ending { wanted, ended };
        let told = ending.clone();
        let worker = Worker::start(
            "sending",
            move || told.finish(),
            move || {
                runtime.block_on(async {
                    let sender = Sender::start(poster, ground, limits);
                    until(&mut heard, Wanted::Finishing).await;
                    tokio::select! {
                        () = sender.stop() => {}
                        () = until(&mut heard, Wanted::Leaving) => {
                            tracing::warn!("what is being sent is left: it will be sent again");
                        }
                    }
                });
                runtime.shutdown_timeout(LAST_VISIT);
                drop(end);
            },
        )?;
        Ok(Self { ending, worker })
    }

    pub(super) fn into_worker(self) -> Worker {
        self.worker
    }

    pub(super) fn ending(&self) -> Ending {
        self.ending.clone()
    }
}

/// Waits until so much is wanted. Whoever started the sender is there until it has ended.
async fn until(heard: &mut watch::Receiver<Wanted>, least: Wanted) {
    let wanted = heard.wait_for(|wanted| *wanted >= least).await;
    drop(wanted);
}

/// One visit to the store at a time is all that a sender makes.
fn runtime() -> io::Result<Runtime> {
    Builder::new_multi_thread()
        .worker_threads(THREADS)
        .thread_name("sender")
        .enable_all()
        .build()
}
