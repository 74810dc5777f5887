//! The connection to Redis, while there is one.

use std::error::Error;
use std::sync::{Mutex, MutexGuard, PoisonError};

use org_kernel::chain;
use redis::aio::MultiplexedConnection;
use tokio::sync::Notify;

/// What requests go over. All of them share one connection, on which they are sent without waiting for each
/// other's answers.
#[derive(Default)]
pub(crate) struct Link {
    state: Mutex<State>,
    lost: Notify,
}

#[derive(Default)]
struct State {
    /// How many connections there have been.
    number: u64,
    redis: Option<MultiplexedConnection>,
}

/// A connection, and which one it is.
pub(crate) struct Held {
    pub(crate) redis: MultiplexedConnection,
    number: u64,
}

impl Link {
    /// The connection, if there is one. Nobody waits for one.
    pub(crate) fn held(&self) -> Option<Held> {
        let state = self.state();
        let redis = state.redis.clone()?;
        Some(Held {
            redis,
            number: state.number,
        })
    }

    pub(crate) fn is_away(&self) -> bool {
        self.state().redis.is_none()
    }

    /// From now on requests go over this connection.
    pub(crate) fn found(&self, redis: MultiplexedConnection) {
        let mut state = self.state();
        state.number += 1;
        state.redis = Some(redis);
        drop(state);
        tracing::info!("limits are counted in Redis, with other servers");
    }

    /// Nobody uses this connection any more. Of all that have failed on it, the first one tells.
    pub(crate) fn lost(&self, held: &Held, why: &(dyn Error + 'static)) {
        let mut state = self.state();
        if state.number != held.number || state.redis.take().is_none() {
            return;
        }
        drop(state);
        tell_of_absence(why);
        self.lost.notify_one();
    }

    /// Waits until a connection is lost.
    pub(crate) async fn until_lost(&self) {
        self.lost.notified().await;
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

pub(crate) fn tell_of_absence(why: &(dyn Error + 'static)) {
    tracing::warn!(
        error = chain(why),
        "limits cannot be counted in Redis; this server limits by itself until it is back"
    );
}
