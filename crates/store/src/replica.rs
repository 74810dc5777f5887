//! Whether a replica may be read: looked at once a second, on connections of its own.
//!
//! It may when it *is* one: a server in recovery, of the very database that is written to, which the
//! identifier of the system and the database's own number tell. A server that takes writes of its own, or
//! one that was made by itself, would give answers that were never true. And it may when it has not
//! *fallen behind* by more than whoever reads it can bear. How far it is behind at the most is measured by
//! positions in the write-ahead log and this process's time: what the replica has not replayed was written
//! after the primary was last seen to have written no more than it has. The clocks of neither server are
//! asked, and a primary that writes nothing makes nobody late.
//!
//! A server can fall silent without failing, and whoever asks it is then stuck with it. So whoever is told
//! goes by what was said lately, and the thread that looks is never waited for.

mod lag;
mod side;

use std::io;
use std::sync::Arc;
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread;
use std::time::{Duration, Instant};

use diesel::ConnectionError;
use org_kernel::chain;

use self::lag::{Lag, Late};
use self::side::Side;
use crate::settings::DatabaseUrl;

/// How often it is looked at.
pub const LOOKED_AT_EVERY: Duration = Duration::from_secs(1);

/// How far it may be behind, whoever reads it.
pub const MOST_LAG: Duration = Duration::from_secs(30);

/// How a replica was found.
#[derive(Debug)]
pub enum Sight {
    /// It may be read; so far it is behind, at the most.
    Well(Duration),
    /// It may not have replayed what is older than it may be; so far it is behind, at the least if it is
    /// not known to have replayed anything that was seen to be written.
    Behind(Duration),
    /// It is no replica: it takes writes.
    TakesWrites,
    /// It is a replica of another database.
    OfAnother,
    /// It, or its primary before anything was known of that, does not answer.
    Away(Unseen),
}

/// Why nothing is seen of a server.
#[derive(Debug, thiserror::Error)]
pub enum Unseen {
    /// No connection is to be had.
    #[error("no connection")]
    Unreachable(#[from] ConnectionError),
    /// It does not answer.
    #[error("no answer")]
    Unanswered(#[from] diesel::result::Error),
}

impl Sight {
    /// What is said of it when it comes to be so.
    fn tell(&self) {
        match self {
            Self::Well(_) => tracing::info!("reads go to the replica"),
            Self::Behind(lag) => {
                let behind = lag.as_secs();
                tracing::warn!(behind, "the replica is too far behind to be read");
            }
            Self::TakesWrites => tracing::error!(
                "setting `read_database_url`: the server takes writes; it is no replica, and is not read"
            ),
            Self::OfAnother => tracing::error!(
                "setting `read_database_url`: it is no replica of this database, and is not read"
            ),
            Self::Away(why) => tracing::warn!(error = chain(why), "the replica is away"),
        }
    }

    fn is_as(&self, other: &Self) -> bool {
        std::mem::discriminant(self) == std::mem::discriminant(other)
    }
}

/// Looks at a replica until it is dropped, which waits for nothing.
#[derive(Debug)]
pub struct Watching {
    _until: Sender<()>,
}

impl Watching {
    /// Tells `told` of each look, the first of which is made at once. Neither server need be there yet.
    /// A replica that is behind by more than `most_lag`, or [`MOST_LAG`], is not well.
    ///
    /// Fails when the system gives no thread.
    pub fn over(
        replica: &DatabaseUrl,
        primary: &DatabaseUrl,
        most_lag: Duration,
        told: impl Fn(&Sight) + Send + 'static,
    ) -> io::Result<Self> {
        let (until, dropped) = mpsc::channel();
        let mut eyes = Eyes {
            replica: Side::at(replica),
            primary: Side::at(primary),
            lag: Lag::default(),
            most_lag: most_lag.min(MOST_LAG),
            identity: None,
        };
        let look = move || {
            let mut last: Option<Sight> = None;
            loop {
                let sight = eyes.look();
                if !last.as_ref().is_some_and(|last| last.is_as(&sight)) {
                    sight.tell();
                }
                told(&sight);
                last = Some(sight);
                if dropped.recv_timeout(LOOKED_AT_EVERY) != Err(RecvTimeoutError::Timeout) {
                    return;
                }
            }
        };
        thread::Builder::new()
            .name("replica".to_owned())
            .spawn(look)?;
        Ok(Self { _until: until })
    }
}

/// Both servers, and what is known of them.
struct Eyes {
    replica: Side,
    primary: Side,
    lag: Lag,
    most_lag: Duration,
    /// That of the primary, once it has answered.
    identity: Option<Arc<str>>,
}

impl Eyes {
    fn look(&mut self) -> Sight {
        self.see().unwrap_or_else(Sight::Away)
    }

    /// A primary that has gone away is no reason to think less of its replica.
    fn see(&mut self) -> Result<Sight, Unseen> {
        let asked = Instant::now();
        match (self.primary.ask(), &self.identity) {
            (Ok(primary), _) => {
                self.lag.wrote(asked, primary.position);
                self.identity = Some(primary.identity.into());
            }
            (Err(unseen), None) => return Err(unseen),
            (Err(_), Some(_)) => {}
        }
        let replica = self.replica.ask()?;
        if self.identity.as_deref() != Some(&*replica.identity) {
            return Ok(Sight::OfAnother);
        }
        if !replica.is_recovering {
            return Ok(Sight::TakesWrites);
        }
        Ok(match self.lag.of(Instant::now(), replica.position) {
            Late::AtMost(behind) if behind <= self.most_lag => Sight::Well(behind),
            Late::AtMost(behind) | Late::AtLeast(behind) => Sight::Behind(behind),
        })
    }
}
