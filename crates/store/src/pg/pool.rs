//! How connections are made and kept.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use diesel::PgConnection;
use diesel::connection::SimpleConnection;
use diesel::r2d2::{ConnectionManager, CustomizeConnection, Error, HandleError, Pool};
use org_kernel::chain;
use scheduled_thread_pool::ScheduledThreadPool;

use crate::settings::Settings;

/// A pool that opens its connections in the background, whether there is a database or not.
pub(super) fn build(settings: &Settings) -> Pool<ConnectionManager<PgConnection>> {
    Pool::builder()
        .max_size(settings.connections.get())
        .min_idle((!settings.kept_open).then_some(0))
        .connection_timeout(settings.wait.max(Duration::from_millis(1)))
        .test_on_check_out(false)
        .thread_pool(Arc::new(openers(settings)))
        .error_handler(Box::new(ReportFailure::default()))
        .connection_customizer(Box::new(Greeting::new(settings)))
        .build_unchecked(ConnectionManager::new(settings.url.to_libpq()))
}

/// The threads that open connections, at most three at a time.
fn openers(settings: &Settings) -> ScheduledThreadPool {
    let threads = settings.connections.get().min(3);
    let threads = ScheduledThreadPool::builder().num_threads(threads as usize);
    threads.thread_name_pattern("connect-{}").build()
}

/// What the server is told once by each new connection.
#[derive(Debug)]
struct Greeting(String);

impl Greeting {
    /// A client that vanishes in the middle of a transaction must not hold its locks for ever. And
    /// the words of errors are to be English; where the role may not choose, they are left alone.
    ///
    /// Helpers of a query and compiled code are for long ones. Statements that are planned once for all
    /// organizations look long for each of them: to start helpers takes fifteen milliseconds, of an
    /// organization with a thousand rows.
    fn new(settings: &Settings) -> Self {
        let timeout = settings.statement_timeout.as_millis().max(1);
        // To the server, zero is for ever.
        let idle_timeout = settings.idle_in_transaction_timeout.as_millis().max(1);
        let lock_timeout = settings.lock_timeout().as_millis().max(1);
        let read_only = settings.read_only;
        Self(format!(
            "SET default_transaction_read_only = {read_only};
             SET statement_timeout = {timeout};
             SET lock_timeout = {lock_timeout};
             SET idle_in_transaction_session_timeout = {idle_timeout};
             SET max_parallel_workers_per_gather = 0;
             SET jit = off;
             DO $$ BEGIN
                 PERFORM set_config('lc_messages', 'C', false);
             EXCEPTION WHEN insufficient_privilege THEN NULL;
             END $$"
        ))
    }
}

impl CustomizeConnection<PgConnection, Error> for Greeting {
    fn on_acquire(&self, connection: &mut PgConnection) -> Result<(), Error> {
        connection.batch_execute(&self.0).map_err(Error::QueryError)
    }
}

/// How often it is said that no connection can be made: the pool tries again and again.
const SAID_EVERY: Duration = Duration::from_secs(10);

/// Failures to connect happen on the pool's threads, where no caller hears of them.
#[derive(Debug, Default)]
struct ReportFailure {
    said: Mutex<Option<Instant>>,
}

impl HandleError<Error> for ReportFailure {
    fn handle_error(&self, error: Error) {
        let mut said = self.said.lock().unwrap_or_else(PoisonError::into_inner);
        if said.is_none_or(|said| said.elapsed() >= SAID_EVERY) {
            *said = Some(Instant::now());
            tracing::warn!(error = chain(&error), "no connection to the database");
        }
    }
}
