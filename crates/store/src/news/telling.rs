//! Tells the other servers which keys have written, in a thread with a connection of its own.
//!
//! Never in the transaction that writes, and never before its answer: those that notify commit one after
//! the other, and no write is to wait for that. What is told is not worth a wait for the disk either.

use std::collections::BTreeSet;
use std::io;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{Array, Text, Uuid as SqlUuid};
use org_kernel::chain;
use org_kernel::id::KeyId;
use uuid::Uuid;

use super::WRITERS;
use crate::settings::DatabaseUrl;

/// How long to wait after what was to be told could not be.
const PAUSE: Duration = Duration::from_millis(200);

/// What is still to be told.
#[derive(Debug, Default)]
struct Untold {
    /// Each key once, so never more than there are keys.
    keys: BTreeSet<Uuid>,
    closed: bool,
}

#[derive(Debug, Default)]
struct Desk {
    untold: Mutex<Untold>,
    changed: Condvar,
}

/// Tells of keys until it is dropped, which waits for nothing.
#[derive(Debug)]
pub struct Telling(Arc<Desk>);

impl Telling {
    /// Begins to tell whoever listens to the database at `url`, which need not be there yet.
    ///
    /// Fails when the system gives no thread.
    pub fn to(url: &DatabaseUrl) -> io::Result<Self> {
        let desk = Arc::<Desk>::default();
        let (url, telling) = (url.to_libpq(), Arc::clone(&desk));
        thread::Builder::new()
            .name("telling".to_owned())
            .spawn(move || telling.tell_all(&url))?;
        Ok(Self(desk))
    }

    /// Has it told that a key has written, as soon as can be; does not wait for that.
    pub fn wrote(&self, key: KeyId) {
        self.0.untold().keys.insert(key.uuid());
        self.0.changed.notify_one();
    }
}

impl Drop for Telling {
    fn drop(&mut self) {
        self.0.untold().closed = true;
        self.0.changed.notify_one();
    }
}

impl Desk {
    /// Tells all that there is to tell, at first and whenever there is more, until the desk is closed.
    fn tell_all(&self, url: &str) {
        let (mut conn, mut failed) = (None, false);
        while let Some(keys) = self.next() {
            match tell(&mut conn, url, &keys) {
                Ok(()) => failed = false,
                Err(error) => {
                    if !failed {
                        let error = chain(&*error);
                        tracing::warn!(error, "other servers are not told which keys have written");
                    }
                    (conn, failed) = (None, true);
                    self.untold().keys.extend(keys);
                    thread::sleep(PAUSE);
                }
            }
        }
    }

    /// Waits for keys; none when the desk is closed.
    fn next(&self) -> Option<Vec<Uuid>> {
        let nothing = |untold: &mut Untold| untold.keys.is_empty() && !untold.closed;
        let waited = self.changed.wait_while(self.untold(), nothing);
        let mut untold = waited.unwrap_or_else(PoisonError::into_inner);
        (!untold.closed).then(|| std::mem::take(&mut untold.keys).into_iter().collect())
    }

    /// A set is whole whoever panicked beside it.
    fn untold(&self) -> MutexGuard<'_, Untold> {
        self.untold.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn tell(
    conn: &mut Option<PgConnection>,
    url: &str,
    keys: &[Uuid],
) -> Result<(), Box<dyn std::error::Error>> {
    let conn = match conn {
        Some(conn) => conn,
        None => conn.insert(connect(url)?),
    };
    diesel::sql_query("SELECT pg_notify($1, key::text) FROM unnest($2) AS key")
        .bind::<Text, _>(WRITERS)
        .bind::<Array<SqlUuid>, _>(keys)
        .execute(conn)?;
    Ok(())
}

fn connect(url: &str) -> Result<PgConnection, Box<dyn std::error::Error>> {
    let mut conn = PgConnection::establish(url)?;
    conn.batch_execute("SET synchronous_commit = off; SET statement_timeout = '5s'")?;
    Ok(conn)
}
