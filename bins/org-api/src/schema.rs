//! Waiting for the database's schema: requests are answered 503 until it is there.
//!
//! The database may come after the server, and its migrations may be another program's to apply. The
//! store is held meanwhile. A database that does not answer is tried again; one that answers and
//! refuses is a failure, which ends the server whether it had begun to serve or not. So is a master key
//! that is not the one that stored secrets are sealed under, which is looked at as soon as it can be.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use org_kernel::{StoreError, chain};
use org_store::{DatabaseUrl, migrations};
use org_webhooks::sealing::MasterKey;
use tokio::sync::Notify;

use crate::background::{Again, Last, Worker, periodic};
use crate::database::Database;
use crate::failure::{Failure, Setback};
use crate::master_key::Keyring;

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
    master_key: Option<Arc<MasterKey>>,
    outcome: Arc<Outcome>,
    waiting: Option<Worker>,
}

#[derive(Default)]
struct Outcome {
    failure: Mutex<Option<Failure>>,
    failed: Notify,
}

impl Preparation {
    /// Has the schema prepared, and the master key looked at, now or, when that cannot be yet, in the
    /// background.
    pub(crate) fn begin(
        database: &Database,
        pending: Pending,
        keyring: Keyring,
    ) -> Result<Self, Failure> {
        let outcome = Arc::<Outcome>::default();
        let steps = Steps {
            url: database.url().clone(),
            pending,
            keyring,
        };
        let (master_key, waiting) = match steps.take() {
            Ok(Step::Ready(key)) => (key, None),
            Ok(Step::NotYet(what)) => {
                tracing::warn!(pending = what, "waiting for `org-api migrate`");
                steps.wait(database, &outcome)?
            }
            Err(Setback::Unavailable(error)) => {
                let error = chain(&error);
                tracing::warn!(error, "the database does not answer; its schema waits");
                steps.wait(database, &outcome)?
            }
            Err(Setback::Failed(failure)) => return Err(failure),
        };
        Ok(Self {
            master_key,
            outcome,
            waiting,
        })
    }

    /// The key under which secrets are sealed; none when nothing gives one, and none was needed so far.
    pub(crate) fn master_key(&self) -> Option<Arc<MasterKey>> {
        self.master_key.clone()
    }

    /// Ends when the schema turns out not to be had; never otherwise.
    pub(crate) fn failed(&self) -> impl Future<Output = ()> + use<> {
        let outcome = Arc::clone(&self.outcome);
        async move { outcome.failed.notified().await }
    }

    /// Whoever waits for the schema, if that is still to be waited for or was.
    pub(crate) fn take_worker(&mut self) -> Option<Worker> {
        self.waiting.take()
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

/// What is done before the store is anybody's to use.
struct Steps {
    url: DatabaseUrl,
    pending: Pending,
    keyring: Keyring,
}

enum Step {
    /// The schema is there, and so is the key if there is one.
    Ready(Option<Arc<MasterKey>>),
    /// Migrations that somebody else has to apply.
    NotYet(String),
}

impl Steps {
    fn take(&self) -> Result<Step, Setback> {
        let missing = self.schema().map_err(|error| match error {
            StoreError::Unavailable(_) => Setback::Unavailable(error),
            StoreError::Failed(_) => {
                Setback::Failed(Failure::during("the migrations were not applied", &error))
            }
        })?;
        if !missing.is_empty() {
            return Ok(Step::NotYet(missing.join(", ")));
        }
        self.keyring.open().map(Step::Ready)
    }

    /// What is missing of the schema.
    fn schema(&self) -> Result<Vec<String>, StoreError> {
        match self.pending {
            Pending::Await => migrations::pending(&self.url),
            Pending::Apply => {
                let applied = migrations::migrate(&self.url)?;
                if !applied.is_empty() {
                    tracing::info!(applied = applied.join(", "), "migrated the database");
                }
                Ok(Vec::new())
            }
        }
    }

    /// Holds the store until all is done, and answers the key that it will turn out to be.
    fn wait(
        self,
        database: &Database,
        outcome: &Arc<Outcome>,
    ) -> Result<(Option<Arc<MasterKey>>, Option<Worker>), Failure> {
        let key = self.keyring.without_the_database()?;
        let (store, outcome) = (database.store(), Arc::clone(outcome));
        store.hold();
        let waiting = periodic("schema", TRIED_EVERY, Last::Skip, move || {
            match self.take() {
                Ok(Step::Ready(_)) => store.release(),
                Ok(Step::NotYet(_)) | Err(Setback::Unavailable(_)) => return Again::Yes,
                Err(Setback::Failed(failure)) => outcome.fail(failure),
            }
            Again::No
        })?;
        Ok((key, Some(waiting)))
    }
}

impl Outcome {
    fn fail(&self, failure: Failure) {
        let mut kept = self.failure.lock().unwrap_or_else(PoisonError::into_inner);
        *kept = Some(failure);
        self.failed.notify_one();
    }
}
