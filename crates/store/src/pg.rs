//! The adapter: a pool of connections, and the ways to use one.
//!
//! A pool holds connections that may have died since they were last used. To ask each one before it
//! is used would double the round trips of every read, so reads take what the pool has and, when it
//! turns out to be dead, run once more on a connection that has just answered. Writes must not run
//! twice. A transaction's `BEGIN` is the question: where it is not answered nothing was done, and it is
//! asked of another connection. A statement by itself runs on a connection that has answered, which is
//! a round trip less than a `BEGIN` and a `COMMIT` around it.

mod figures;
mod patience;
mod pool;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use diesel::prelude::*;
use diesel::r2d2::{ConnectionManager, Pool, PooledConnection, R2D2Connection};
use org_kernel::StoreError;

pub use self::figures::PoolFigures;
use self::figures::Waits;
pub(crate) use self::patience::Patience;
use crate::bell::Bell;
use crate::error::{failure, is_disconnect};
use crate::listing::{Totals, TotalsFigures};
use crate::settings::Settings;

/// A connection out of the pool.
pub(crate) type Pooled = PooledConnection<ConnectionManager<PgConnection>>;

/// Every port of the domain and of auth, on PostgreSQL. Clones share their connections.
#[derive(Clone)]
pub struct Pg {
    pool: Pool<ConnectionManager<PgConnection>>,
    wait: Duration,
    held: Arc<AtomicBool>,
    bell: Arc<Bell>,
    waits: Arc<Waits>,
    totals: Totals,
}

/// The store was told to wait.
#[derive(Debug, thiserror::Error)]
#[error("the store is held until its schema is there")]
struct OnHold;

impl Pg {
    /// A store in the database that `settings` name.
    ///
    /// It connects in the background, and goes on trying for as long as it lives: the database may
    /// come later, go away, and come back. Until it is there, every method answers
    /// [`StoreError::Unavailable`] when the wait for a connection is over.
    pub fn connect(settings: &Settings) -> Self {
        Self {
            pool: pool::build(settings),
            wait: settings.wait,
            held: Arc::default(),
            bell: Arc::default(),
            waits: Arc::default(),
            totals: Totals::default(),
        }
    }

    /// Has every method of this store, and of its clones, answer [`StoreError::Unavailable`], until
    /// [`release`](Self::release): the database may be there while its schema is not.
    pub fn hold(&self) {
        self.held.store(true, Ordering::Release);
    }

    /// Ends what [`hold`](Self::hold) began.
    pub fn release(&self) {
        self.held.store(false, Ordering::Release);
    }

    /// Asks the database for an answer.
    pub fn ping(&self) -> Result<(), StoreError> {
        self.live_connection().map(drop)
    }

    /// The bell that is rung when this store, or a clone of it, has committed events. For those of other
    /// processes, whoever [listens](crate::Listening) rings it.
    pub fn bell(&self) -> Arc<Bell> {
        Arc::clone(&self.bell)
    }

    /// How often this store and its clones had the total of a list at hand.
    pub fn totals_figures(&self) -> TotalsFigures {
        self.totals.figures()
    }

    pub(crate) const fn totals(&self) -> &Totals {
        &self.totals
    }

    pub(crate) fn ring_if(&self, told_of_events: bool) {
        if told_of_events {
            self.bell.ring();
        }
    }

    /// Runs what only reads.
    pub(crate) fn read<T>(
        &self,
        query: impl Fn(&mut PgConnection) -> QueryResult<T>,
    ) -> Result<T, StoreError> {
        let first = query(&mut *self.connection()?);
        match first {
            Err(error) if is_disconnect(&error) => {
                query(&mut *self.live_connection()?).map_err(failure)
            }
            first => first.map_err(failure),
        }
    }

    /// Runs what reads with several statements, all of which see the same instant. What is read often
    /// gathers what belongs together in one statement, which costs less than half of that.
    pub(crate) fn read_at_one_instant<T>(
        &self,
        query: impl Fn(&mut PgConnection) -> QueryResult<T>,
    ) -> Result<T, StoreError> {
        self.read(|conn| {
            let snapshot = conn.build_transaction().repeatable_read();
            snapshot.read_only().run(&query)
        })
    }

    /// Runs one statement that writes, which is a transaction by itself.
    pub(crate) fn write<T>(
        &self,
        statement: impl FnOnce(&mut PgConnection) -> QueryResult<T>,
    ) -> Result<QueryResult<T>, StoreError> {
        let done = statement(&mut *self.live_connection()?);
        match done {
            Err(error) if is_disconnect(&error) => Err(failure(error)),
            done => Ok(done),
        }
    }

    /// How the pool of this store, and of its clones, fares.
    pub fn pool_figures(&self) -> PoolFigures {
        self.waits.figures(&self.pool)
    }

    /// Any connection of the pool.
    fn connection(&self) -> Result<Pooled, StoreError> {
        self.take(&self.patience())
    }

    /// As long as a caller waits, from now on.
    pub(crate) fn patience(&self) -> Patience {
        Patience::of(self.wait)
    }

    /// Any connection of the pool, for which nobody waits longer than there is patience.
    pub(crate) fn take(&self, patience: &Patience) -> Result<Pooled, StoreError> {
        if self.held.load(Ordering::Acquire) {
            return Err(StoreError::unavailable(OnHold));
        }
        let taken = self.waits.take(&self.pool, patience.left());
        taken.map_err(|none_free| {
            // A pool without a single connection does not get through to the server.
            if self.pool.state().connections == 0 {
                StoreError::unreachable(none_free)
            } else {
                StoreError::unavailable(none_free)
            }
        })
    }

    /// A connection that has just answered. Those that do not answer are dropped, and the pool opens
    /// others instead.
    pub(crate) fn live_connection(&self) -> Result<Pooled, StoreError> {
        self.take_live(&self.patience())
    }

    /// [`live_connection`](Self::live_connection), for which nobody waits longer than there is patience.
    pub(crate) fn take_live(&self, patience: &Patience) -> Result<Pooled, StoreError> {
        loop {
            let mut connection = self.take(patience)?;
            match connection.ping() {
                Ok(()) => return Ok(connection),
                Err(error) if is_disconnect(&error) && !patience.is_over() => {}
                Err(error) => return Err(failure(error)),
            }
        }
    }
}
