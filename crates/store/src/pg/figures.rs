//! How the pool fares: who had to wait for a connection, for how long, and who got none.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use diesel::PgConnection;
use diesel::r2d2::{ConnectionManager, Pool, PoolError, PooledConnection};

/// What is known of a pool at one moment. What counts, counts from the beginning of the process.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PoolFigures {
    /// Connections that are open.
    pub connections: u32,
    /// Those of them that nobody uses.
    pub idle: u32,
    /// How often somebody found no connection free.
    pub waits: u64,
    /// How long all of these waited together.
    pub waited: Duration,
    /// How many of them waited in vain.
    pub timeouts: u64,
}

/// Counts. Whoever finds a connection free costs it nothing, not even a look at the clock.
#[derive(Debug, Default)]
pub(super) struct Waits {
    number: AtomicU64,
    nanoseconds: AtomicU64,
    timeouts: AtomicU64,
}

impl Waits {
    /// A connection of the pool, for which nobody waits longer than so long.
    pub(super) fn take(
        &self,
        pool: &Pool<ConnectionManager<PgConnection>>,
        patience: Duration,
    ) -> Result<PooledConnection<ConnectionManager<PgConnection>>, PoolError> {
        if let Some(free) = pool.try_get() {
            return Ok(free);
        }
        let began = Instant::now();
        let taken = pool.get_timeout(patience);
        self.note(began.elapsed(), taken.is_err());
        taken
    }

    fn note(&self, waited: Duration, in_vain: bool) {
        let nanoseconds = u64::try_from(waited.as_nanos()).unwrap_or(u64::MAX);
        self.number.fetch_add(1, Ordering::Relaxed);
        self.nanoseconds.fetch_add(nanoseconds, Ordering::Relaxed);
        self.timeouts.fetch_add(in_vain.into(), Ordering::Relaxed);
    }

    pub(super) fn figures(&self, pool: &Pool<ConnectionManager<PgConnection>>) -> PoolFigures {
        let state = pool.state();
        PoolFigures {
            connections: state.connections,
            idle: state.idle_connections,
            waits: self.number.load(Ordering::Relaxed),
            waited: Duration::from_nanos(self.nanoseconds.load(Ordering::Relaxed)),
            timeouts: self.timeouts.load(Ordering::Relaxed),
        }
    }
}
