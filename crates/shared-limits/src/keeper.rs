//! Connects, and connects again.

use std::sync::Arc;
use std::sync::mpsc::SyncSender;
use std::time::Duration;

use org_auth::rate::Known;
use redis::aio::MultiplexedConnection;
use redis::{AsyncConnectionConfig, Client};
use tokio::sync::oneshot;
use tokio::time::{sleep, timeout};

use crate::limits::Unheard;
use crate::link::{Link, tell_of_absence};
use crate::script::Script;

/// How long it is between two attempts.
const PAUSE: Duration = Duration::from_secs(1);

/// How long one attempt may take.
const ATTEMPT: Duration = Duration::from_secs(1);

/// Counts for nobody. Only a Redis that counts is one that is there: it may answer and be full, or a replica,
/// or not allow it to this user.
const PROBE: &str = "probe";

pub(crate) struct Keeper {
    pub(crate) client: Client,
    pub(crate) script: Arc<Script>,
    pub(crate) link: Arc<Link>,
}

impl Keeper {
    /// Keeps the link until it is told to stop, and says when the first attempt is over.
    pub(crate) async fn keep(&self, attempted: SyncSender<()>, stop: oneshot::Receiver<()>) {
        tokio::select! {
            () = self.keep_on(attempted) => {}
            // Closed or sent, it is the same.
            _ = stop => {}
        }
    }

    async fn keep_on(&self, attempted: SyncSender<()>) {
        let mut told = String::new();
        self.attempt(&mut told).await;
        // Whoever waits for it is there.
        let _ = attempted.send(());
        loop {
            self.link.until_lost().await;
            sleep(PAUSE).await;
            self.attempt(&mut told).await;
        }
    }

    /// Finds Redis, or tells why not, unless that is what was `told` last.
    async fn attempt(&self, told: &mut String) {
        match self.connect().await {
            Ok(redis) => {
                told.clear();
                self.link.found(redis);
            }
            Err(why) => {
                let reason = why.to_string();
                if *told != reason {
                    tell_of_absence(&why);
                    *told = reason;
                }
            }
        }
    }

    async fn connect(&self) -> Result<MultiplexedConnection, Unheard> {
        let attempt = async {
            // Requests have a time limit of their own, and this one has one in all.
            let config = AsyncConnectionConfig::new()
                .set_connection_timeout(None)
                .set_response_timeout(None);
            let connecting = self
                .client
                .get_multiplexed_async_connection_with_config(&config);
            let mut redis = connecting.await?;
            let known = Known::default();
            self.script.take(&mut redis, PROBE, u32::MAX, known).await?;
            Ok(redis)
        };
        timeout(ATTEMPT, attempt)
            .await
            .map_err(|_| Unheard::Slow(ATTEMPT))?
    }
}
