//! The port's adapter.

use std::io;
use std::sync::{Arc, mpsc};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use org_auth::rate::{Counted, Heard, Known, SharedCounts, Taken, Taking};
use redis::{Client, RedisError};
use tokio::runtime;
use tokio::sync::oneshot;
use tokio::time::timeout;

use crate::figures::{Counters, Figures};
use crate::keeper::Keeper;
use crate::link::{Held, Link};
use crate::script::Script;

/// Counts in Redis, for as long as Redis answers soon.
pub struct SharedLimits {
    link: Arc<Link>,
    script: Arc<Script>,
    patience: Duration,
    counters: Counters,
    stop: Option<oneshot::Sender<()>>,
    keeper: Option<JoinHandle<()>>,
}

/// Why nothing is connected to, and never will be.
#[derive(Debug, thiserror::Error)]
pub enum NotConnected {
    /// Nothing can be found by this URL, which is not repeated: it may hold a password.
    #[error("this is not the URL of a Redis")]
    NoUrl,
    /// The system gives no thread.
    #[error("no thread to connect from")]
    NoThread(#[source] io::Error),
}

/// Why Redis was not heard.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Unheard {
    #[error("Redis did not answer within {} ms", .0.as_millis())]
    Slow(Duration),
    // Its own text tells its causes too.
    #[error("Redis did not do what it was asked: {0}")]
    Failed(RedisError),
}

impl From<RedisError> for Unheard {
    fn from(error: RedisError) -> Self {
        Self::Failed(error)
    }
}

/// Whether this is the URL of a Redis, whatever is there.
pub fn is_url(text: &str) -> bool {
    Client::open(text).is_ok()
}

impl SharedLimits {
    /// Connects to the Redis at `url` (`redis://`, `rediss://`, `unix://`), and waits a second at the most
    /// until that has succeeded or not; if not, it is tried again every second.
    ///
    /// A request waits for its count for `patience` at the longest.
    pub fn connect(url: &str, patience: Duration) -> Result<Self, NotConnected> {
        let client = Client::open(url).map_err(|_| NotConnected::NoUrl)?;
        let (link, script) = (Arc::<Link>::default(), Arc::new(Script::new()));
        let keeper = Keeper {
            client,
            script: Arc::clone(&script),
            link: Arc::clone(&link),
        };
        let (attempted, first_attempt) = mpsc::sync_channel(1);
        let (stop, stopped) = oneshot::channel();
        let runtime = runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(NotConnected::NoThread)?;
        let keeper = thread::Builder::new()
            .name("shared limits".to_owned())
            .spawn(move || {
                runtime.block_on(keeper.keep(attempted, stopped));
                // Nobody waits for a name that is still looked up.
                runtime.shutdown_background();
            })
            .map_err(NotConnected::NoThread)?;
        // A thread that has gone has attempted nothing, and is missed when it is joined.
        let _ = first_attempt.recv();
        Ok(Self {
            link,
            script,
            patience,
            counters: Counters::default(),
            stop: Some(stop),
            keeper: Some(keeper),
        })
    }

    /// What was counted where, and whether Redis is away.
    pub fn figures(&self) -> Figures {
        self.counters.figures(self.link.is_away())
    }

    async fn ask(&self, counted: Counted, limit: u32, known: Known) -> Heard {
        let Some(mut held) = self.link.held() else {
            return Heard::Away;
        };
        match self.ask_over(&mut held, counted, limit, known).await {
            Ok(taken) => {
                self.link.heard(&held);
                Heard::Taken(taken)
            }
            Err(why @ Unheard::Slow(_)) => {
                self.link.late(&held, &why);
                Heard::Late
            }
            Err(why @ Unheard::Failed(_)) => {
                self.link.lost(&held, &why);
                Heard::Away
            }
        }
    }

    async fn ask_over(
        &self,
        held: &mut Held,
        counted: Counted,
        limit: u32,
        known: Known,
    ) -> Result<Taken, Unheard> {
        let name = counted.to_string();
        let asking = self.script.take(&mut held.redis, &name, limit, known);
        let answer = timeout(self.patience, asking).await;
        Ok(answer.map_err(|_| Unheard::Slow(self.patience))??)
    }
}

impl SharedCounts for SharedLimits {
    fn take(&self, counted: Counted, limit: u32, known: Known) -> Taking<'_> {
        Box::pin(async move {
            let heard = self.ask(counted, limit, known).await;
            self.counters.count(matches!(heard, Heard::Taken(_)));
            heard
        })
    }
}

impl Drop for SharedLimits {
    fn drop(&mut self) {
        drop(self.stop.take());
        let ended = self.keeper.take().map(JoinHandle::join);
        if ended.is_some_and(|ended| ended.is_err()) {
            tracing::error!("the connection to Redis was kept by a thread that panicked");
        }
    }
}
