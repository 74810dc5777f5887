//! Waiting for the database's schema: requests are answered 503 until it is there.
//!
//! The database may come after the server, and its migrations may be another program's to apply. The
//! store is held meanwhile. A database that does not answer is tried again; one that answers and
//! refuses is a failure, which ends the server whether it had begun to serve or not.

use std::io;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use org_kernel::StoreError;
use org_store::{DatabaseUrl, migrations};
use tokio::sync::Notify;

use crate::background::{Again, Last, Periodic};
use crate::database::Database;
use crate::failure::Failure;

/// How often a database is tried again.
const TRIED_EVERY: Duration = Duration::from_millis(500);

/// Who applies pending migrations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pending {
    /// This server.
    Apply,
    /// Somebody else.
    Await,
}

/// The schema on its way.
pub(crate) struct Preparation {
    outcome: Arc<Outcome>,
    _waiting: Option<Periodic>,
}

#[derive(Default)]
struct Outcome {
    failure: Mutex<Option<Failure>>,
    failed: Notify,
}

impl Preparation {
    /// Has the schema prepared now or, when that cannot be yet, in the background.
    pub(crate) fn begin(database: &Database, pending: Pending) -> Result<Self, Failure> {
        let outcome = Arc::<Outcome>::default();
        let waiting = match step(database.url(), pending) {
            Ok(Step::Ready) => None,
            Ok(Step::NotYet(what)) => {
                tracing::warn!(pending = what, "waiting for `org-api migrate`");
                Some(wait(database, pending, Arc::clone(&outcome))?)
            }
            Err(StoreError::Unavailable(cause)) => {
                tracing::warn!(cause, "the database does not answer; its schema waits");
                Some(wait(database, pending, Arc::clone(&outcome))?)
            }
            Err(failed) => return Err(failure(&failed)),
        };
        Ok(Self {
            outcome,
            _waiting: waiting,
        })
    }

    /// Ends when the schema turns out not to be had; never otherwise.
    pub(crate) fn failed(&self) -> impl Future<Output = ()> + use<> {
        let outcome = Arc::clone(&self.outcome);
        async move { outcome.failed.notified().await }
    }

    /// Why the schema could not be had, if so.
    pub(crate) fn end(self) -> Result<(), Failure> {
        let failure = self
            .outcome
            .failure
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        failure.map_or(Ok(()), Err)
    }
}

enum Step {
    Ready,
    /// Migrations that somebody else has to apply.
    NotYet(String),
}

fn step(url: &DatabaseUrl, pending: Pending) -> Result<Step, StoreError> {
    match pending {
        Pending::Apply => {
            let applied = migrations::migrate(url)?;
            if !applied.is_empty() {
                tracing::info!(applied = applied.join(", "), "migrated the database");
            }
            Ok(Step::Ready)
        }
        Pending::Await => {
            let missing = migrations::pending(url)?;
            Ok(if missing.is_empty() {
                Step::Ready
            } else {
                Step::NotYet(missing.join(", "))
            })
        }
    }
}

fn wait(database: &Database, pending: Pending, outcome: Arc<Outcome>) -> io::Result<Periodic> {
    let (store, url) = (database.store(), database.url().clone());
    store.hold();
    Periodic::start("schema", TRIED_EVERY, Last::Skip, move || {
        match step(&url, pending) {
            Ok(Step::Ready) => {
                store.release();
                Again::No
            }
            Ok(Step::NotYet(_)) | Err(StoreError::Unavailable(_)) => Again::Yes,
            Err(failed) => {
                let mut kept = outcome
                    .failure
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner);
                *kept = Some(failure(&failed));
                outcome.failed.notify_one();
                Again::No
            }
        }
    })
}

fn failure(error: &StoreError) -> Failure {
    Failure::during("the migrations were not applied", error)
}
