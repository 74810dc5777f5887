//! Reads by way of a replica, where a setting names one.

use std::sync::Arc;
use std::time::{Duration, Instant};

use org_auth::recent_writers::RecentWriters;
use org_http::{Replica, ReplicaPorts};
use org_store::replica::{MOST_LAG, Sight, Watching};
use org_store::{News, Pg, Telling};

use crate::database::Database;
use crate::failure::Failure;
use crate::settings::Settings;

/// How long a read waits for its turn at the replica, then for a connection to it, and then for a lock on
/// what the replica is about to change, before it asks the primary: no longer than it would not be noticed.
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
        let most_lag = most_lag(settings.replica.own_writes);
        let watching = Watching::over(url, database.url(), most_lag, {
            let (replica, writers) = (Arc::clone(&replica), Arc::clone(&writers));
            move |sight| look(&replica, &writers, most_lag, sight)
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

/// How far the replica may be behind: not so far that a key that goes back to it would miss what it has
/// written. Where no time is given to that, nothing is promised.
fn most_lag(own_writes: Duration) -> Duration {
    if own_writes.is_zero() {
        MOST_LAG
    } else {
        own_writes.min(MOST_LAG)
    }
}

fn look(replica: &Replica, writers: &RecentWriters, most_lag: Duration, sight: &Sight) {
    let now = Instant::now();
    match sight {
        Sight::Well(lag) => replica.seen(now, *lag, most_lag),
        Sight::Behind(lag) => {
            replica.lost();
            replica.lags(Some(*lag));
        }
        Sight::TakesWrites | Sight::OfAnother | Sight::Away(_) => {
            replica.lost();
            replica.lags(None);
        }
    }
    writers.sweep(now);
}
