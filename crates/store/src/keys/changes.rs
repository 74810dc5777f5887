//! News of keys that were made, revoked or changed, wherever that was done.
//!
//! Three take part. The *database* tells of each change in the transaction that makes it (a trigger
//! does, so that no way to change a key can forget it). The *ear* is a thread with a connection of
//! its own, on which it hears. The *watch* is a second thread, because a connection can fall silent
//! without failing, and then whoever uses it is stuck with it: the watch asks only how long ago the
//! server has answered.
//!
//! What the listener is told, in this order again and again: [`KeyNews::Up`] when everything from
//! now on will be heard; [`KeyNews::Changed`] for each change; [`KeyNews::Down`] when the connection
//! has failed, or the server has not answered for half a second. Between `Down` and `Up`, changes
//! are missed. Once [`KeyChanges`] is dropped, nothing more is told.

mod ear;
mod line;

use std::io;
use std::sync::Arc;
use std::thread;

use org_kernel::id::KeyId;

use self::line::Line;
use crate::settings::DatabaseUrl;

/// What there is to tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyNews {
    /// Every change is heard from now on; those until now may have been missed.
    Up,
    /// Changes may be missed from now on.
    Down,
    /// This key was made, revoked or changed.
    Changed(KeyId),
}

/// Listens for changes of keys until it is dropped.
#[derive(Debug)]
pub struct KeyChanges {
    line: Arc<Line>,
}

impl KeyChanges {
    /// Begins to listen to the database at `url`, which need not be there yet, and calls `listener`
    /// with the news, never twice at the same time. At first it is down, without saying so.
    ///
    /// Fails when the system gives no threads.
    pub fn listen(
        url: &DatabaseUrl,
        listener: impl Fn(KeyNews) + Send + Sync + 'static,
    ) -> io::Result<Self> {
        let line = Arc::new(Line::new(Box::new(listener)));
        let changes = Self { line };
        let (ear, watch) = (Arc::clone(&changes.line), Arc::clone(&changes.line));
        let url = url.to_libpq();
        thread::Builder::new()
            .name("key-changes".to_owned())
            .spawn(move || ear::listen(&url, &ear))?;
        thread::Builder::new()
            .name("key-changes-watch".to_owned())
            .spawn(move || watch.watch())?;
        Ok(changes)
    }
}

impl Drop for KeyChanges {
    /// Does not wait for the threads, one of which may be stuck with a silent server.
    fn drop(&mut self) {
        self.line.close();
    }
}
