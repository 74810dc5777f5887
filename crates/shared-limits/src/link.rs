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
    /// How many times in a row an answer was late.
    late: u32,
}

/// How many answers in a row may be late, each asked for after the one before it was: one stall of either
/// side, or of the way between, makes many late at once, and is no reason to do without Redis for a second.
const LATE: u32 = 3;

/// A connection, and which one it is.
pub(crate) struct Held {
    pub(crate) redis: MultiplexedConnection,
    number: u64,
    late: u32,
}

impl Link {
    /// The connection, if there is one. Nobody waits for one.
    pub(crate) fn held(&self) -> Option<Held> {
        let state = self.state();
        let redis = state.redis.clone()?;
        Some(Held {
            redis,
            number: state.number,
            late: state.late,
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
        state.late = 0;
        drop(state);
        tracing::info!("limits are counted in Redis, with other servers");
    }

    /// An answer came over this connection soon enough.
    pub(crate) fn heard(&self, held: &Held) {
        let mut state = self.state();
        if state.number == held.number {
            state.late = 0;
        }
    }

    /// An answer did not: the connection is lost if that was so several times in a row.
    pub(crate) fn late(&self, held: &Held, why: &(dyn Error + 'static)) {
        let mut state = self.state();
        if state.number != held.number || state.late != held.late {
            return;
        }
        state.late += 1;
        let lost = state.late == LATE;
        drop(state);
        if lost {
            self.lost(held, why);
        }
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

    /// Waits until there is no connection. A wake-up that was meant for an earlier one says nothing.
    pub(crate) async fn until_lost(&self) {
        while !self.is_away() {
            self.lost.notified().await;
        }
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

#[cfg(test)]
mod tests {
    use std::io;

    use redis::Client;

    use super::*;
    use crate::testing::TestRedis;

    async fn connect(redis: &TestRedis) -> MultiplexedConnection {
        let client = Client::open(redis.url()).expect("a URL");
        let connecting = client.get_multiplexed_async_connection();
        connecting.await.expect("it is there")
    }

    fn why() -> io::Error {
        io::Error::other("a test says so")
    }

    /// Whether it is waited for a connection to be lost.
    async fn waits(link: &Link) -> bool {
        tokio::select! {
            biased;
            () = link.until_lost() => false,
            () = tokio::task::yield_now() => true,
        }
    }

    #[tokio::test]
    async fn a_loss_that_nobody_waited_for_is_not_one_of_the_next_connection() {
        let (redis, link) = (TestRedis::start(), Link::default());
        link.found(connect(&redis).await);
        let first = link.held().expect("a connection");
        link.lost(&first, &why());
        assert!(!waits(&link).await);
        link.found(connect(&redis).await);
        assert!(waits(&link).await);
        link.lost(&first, &why());
        assert!(!link.is_away(), "another is there");
    }

    #[tokio::test]
    async fn a_connection_is_lost_when_answers_are_late_one_after_another() {
        let (redis, link) = (TestRedis::start(), Link::default());
        link.found(connect(&redis).await);
        let held = || link.held().expect("a connection");
        for round in [LATE - 1, LATE] {
            for _ in 0..round {
                let asked = [held(), held(), held()];
                for held in &asked {
                    link.late(held, &why());
                }
            }
            assert_eq!(link.is_away(), round == LATE);
            if !link.is_away() {
                link.heard(&held());
            }
        }
    }
}
