//! Reads by way of a replica, where a setting names one.

use std::sync::Arc;
use std::time::{Duration, Instant};

use org_auth::recent_writers::RecentWriters;
use org_http::{Replica, ReplicaPorts};
use org_store::replica::{Sight, Watching};
use org_store::{News, Pg, Telling};

use crate::database::Database;
use crate::failure::Failure;
use crate::settings::Settings;

/// How long a read waits for its turn at the replica, and then for a connection to it, before it asks the
/// primary: no longer than it would not be noticed.
const WAIT: Duration = Duration::from_millis(250);

/// A replica that is looked at, and the keys whose reads are not for it.
pub(super) struct Reading {
    replica: Arc<Replica>,
    writers: Arc<RecentWriters>,
    _watching: Watching,
}

impl Reading {
    /// Begins to look at the replica of this database, which need not be there yet.
    pub(super) fn begin(settings: &Settings, database: &Database) -> Result<Option<Self>, Failure> {
        let Some(url) = &settings.replica.url else {
            return Ok(None);
        };
        let store = database.settings();
        let store = Arc::new(Pg::connect(&org_store::Settings {
            url: url.clone(),
            wait: store.wait.min(WAIT),
            read_only: true,
            ..store.clone()
        }));
        let writers = RecentWriters::new(settings.replica.own_writes, Instant::now());
        let writers = Arc::new(writers);
        let telling = Telling::to(database.url())?;
        let replica = Arc::new(Replica::new(ReplicaPorts {
            library: store.clone(),
            feed: store,
            writers: Arc::clone(&writers),
            tell: Box::new(move |key| telling.wrote(key)),
            connections: settings.pool.connections,
            wait: WAIT,
        }));
        let watching = Watching::over(url, database.url(), {
            let (replica, writers) = (Arc::clone(&replica), Arc::clone(&writers));
            move |sight| look(&replica, &writers, sight)
        })?;
        Ok(Some(Self {
            replica,
            writers,
            _watching: watching,
        }))
    }

    pub(super) fn replica(&self) -> Arc<Replica> {
        Arc::clone(&self.replica)
    }

    /// Hears of the keys that have written by way of other servers, and whether all of them are heard of.
    pub(super) fn listener(&self) -> impl Fn(News) + Send + Sync + use<> {
        let writers = Arc::clone(&self.writers);
        move |news| match news {
            News::Up => writers.hearing(Instant::now()),
            News::Down => writers.deaf(),
            News::KeyWrote(key) => writers.heard(key, Instant::now()),
            News::KeyChanged(_) | News::EventsWritten => {}
        }
    }
}

fn look(replica: &Replica, writers: &RecentWriters, sight: &Sight) {
    let now = Instant::now();
    match sight {
        Sight::Well(_) => replica.seen(now),
        Sight::Behind(_) | Sight::TakesWrites | Sight::OfAnother | Sight::Away(_) => replica.lost(),
    }
    writers.sweep(now);
}
