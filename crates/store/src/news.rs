//! News from the database: of keys that were made, revoked or changed, of events that other processes
//! have written, and of keys that have written by way of other servers.
//!
//! Three take part. The *database* tells of each change of a key in the transaction that makes it (a
//! trigger does, so that no way to change a key can forget it), and of events when a process
//! [announces](crate::Pg::announce) them; servers that read from a replica [tell](Telling) of keys that wrote. The *ear* is a thread with a connection of its own, on which
//! it hears. The *watch* is a second thread, because a connection can fall silent without failing, and
//! then whoever uses it is stuck with it: the watch asks only how long ago the server has answered.
//!
//! What the listener is told, in this order again and again: [`News::Up`] when everything from now on
//! will be heard; [`News::KeyChanged`], [`News::EventsWritten`] and [`News::KeyWrote`] for each; [`News::Down`] when the
//! connection has failed, or the server has not answered for half a second. Between `Down` and `Up`,
//! news are missed. Once [`Listening`] is dropped, nothing more is told.

mod ear;
mod line;
mod telling;

use std::io;
use std::sync::Arc;
use std::thread;

use diesel::connection::SimpleConnection;
use org_kernel::StoreError;
use org_kernel::id::KeyId;

use self::line::Line;
pub use self::telling::Telling;
use crate::error::failure;
use crate::pg::Pg;
use crate::settings::DatabaseUrl;

/// Where the database tells of keys; the payload is the key's id.
const KEYS: &str = "org_api_keys";

/// Where processes tell of events that they wrote.
const EVENTS: &str = "org_webhooks";

/// Where servers tell of keys that have written; the payload is the key's id.
const WRITERS: &str = "org_api_writers";

/// What there is to tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum News {
    /// Everything is heard from now on; what was told until now may have been missed.
    Up,
    /// News may be missed from now on.
    Down,
    /// This key was made, revoked or changed.
    KeyChanged(KeyId),
    /// A process that dispatches no events has written some.
    EventsWritten,
    /// By way of some server, this one included, this key has written.
    KeyWrote(KeyId),
}

/// Listens for news until it is dropped.
#[derive(Debug)]
pub struct Listening {
    line: Arc<Line>,
}

impl Listening {
    /// Begins to listen to the database at `url`, which need not be there yet, and calls `listener`
    /// with the news, never twice at the same time. At first it is down, without saying so.
    ///
    /// Fails when the system gives no threads.
    pub fn to(
        url: &DatabaseUrl,
        listener: impl Fn(News) + Send + Sync + 'static,
    ) -> io::Result<Self> {
        let line = Arc::new(Line::new(Box::new(listener)));
        let listening = Self { line };
        let (ear, watch) = (Arc::clone(&listening.line), Arc::clone(&listening.line));
        let url = url.to_libpq();
        thread::Builder::new()
            .name("news".to_owned())
            .spawn(move || ear::listen(&url, &ear))?;
        thread::Builder::new()
            .name("news-watch".to_owned())
            .spawn(move || watch.watch())?;
        Ok(listening)
    }
}

impl Drop for Listening {
    /// Does not wait for the threads, one of which may be stuck with a silent server.
    fn drop(&mut self) {
        self.line.close();
    }
}

impl Pg {
    /// Tells whoever listens to this database that events were committed: for a process that dispatches
    /// none itself, once it has written some.
    ///
    /// This is never part of a transaction that writes: those that notify commit one after the other.
    pub fn announce(&self) -> Result<(), StoreError> {
        let announcement = format!("NOTIFY {EVENTS}");
        let announced = self.write(|conn| conn.batch_execute(&announcement))?;
        announced.map_err(failure)
    }
}
