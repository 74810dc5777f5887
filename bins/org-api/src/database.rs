//! The database of this process: one that settings name, or an embedded one.

use std::io;
use std::num::NonZeroU32;
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::Duration;

use org_domain::Record;
use org_domain::organizations::{Organization, OrganizationStore, Slug};
use org_embedded_postgres::{APPLICATION_DATABASE, Cluster};
use org_kernel::chain;
use org_kernel::clock::{Clock, SystemClock};
use org_kernel::id_source::{IdSource, SystemIds};
use org_store::{DatabaseUrl, Pg, migrations};

use crate::background::{Again, Last, Worker, periodic};
use crate::failure::Failure;
use crate::output::flag;
use crate::settings::Settings;

/// How often an embedded cluster is asked whether it lives.
const CLUSTER_IS_LOOKED_AT_EVERY: Duration = Duration::from_secs(1);

/// A pool of connections, and the cluster behind it if that is ours to stop.
///
/// The cluster is stopped when the last of this is dropped, after the pool has let go of it.
pub(crate) struct Database {
    pg: Arc<Pg>,
    /// How the pool was made.
    settings: org_store::Settings,
    cluster: Option<Embedded>,
}

/// The embedded cluster, and how it was started.
struct Embedded {
    settings: org_embedded_postgres::Settings,
    lease: Arc<Mutex<Cluster>>,
}

impl Database {
    /// Opens the database of a server; an embedded one is started, one that settings name need not
    /// be there yet.
    pub(crate) fn open(settings: &Settings) -> Result<Self, Failure> {
        Self::with(settings, settings.pool.connections, true)
    }

    /// Opens the database of a command that does one thing and ends.
    pub(crate) fn open_once(settings: &Settings) -> Result<Self, Failure> {
        Self::with(settings, NonZeroU32::MIN, false)
    }

    fn with(
        settings: &Settings,
        connections: NonZeroU32,
        kept_open: bool,
    ) -> Result<Self, Failure> {
        let (url, cluster) = match &settings.database_url {
            Some(url) => (url.clone(), None),
            None => embedded(settings)?,
        };
        let settings = org_store::Settings {
            connections,
            kept_open,
            wait: settings.pool.wait,
            statement_timeout: settings.pool.statement_timeout,
            idle_in_transaction_timeout: settings.pool.idle_in_transaction_timeout,
            ..org_store::Settings::new(url)
        };
        Ok(Self {
            pg: Arc::new(Pg::connect(&settings)),
            settings,
            cluster,
        })
    }

    /// Applies what is pending, and answers what that was.
    pub(crate) fn migrate(&self) -> Result<Vec<String>, Failure> {
        migrations::migrate(self.url())
            .map_err(|error| Failure::during("the migrations were not applied", &error))
    }

    /// Makes sure that the schema is this version's: applies what is pending to an embedded database
    /// and to one that is new, and refuses any other to which something is.
    pub(crate) fn ready(&self) -> Result<(), Failure> {
        if self.cluster.is_some() || migrations::is_new(self.url())? {
            return self.migrate().map(drop);
        }
        let pending = migrations::pending(self.url())?;
        if pending.is_empty() {
            return Ok(());
        }
        let pending = pending.join(", ");
        Err(Failure::Failed(format!(
            "the database waits for `org-api migrate`: {pending} pending"
        )))
    }

    /// Watches over an embedded cluster, which nobody else would start again if it were killed.
    pub(crate) fn watch(&self) -> io::Result<Option<Worker>> {
        let Some(embedded) = &self.cluster else {
            return Ok(None);
        };
        let (settings, lease) = (embedded.settings.clone(), Arc::downgrade(&embedded.lease));
        let pg = self.store();
        let watch = move || {
            if pg.ping().is_err() {
                revive(&settings, &lease);
            }
            Again::Yes
        };
        periodic("cluster", CLUSTER_IS_LOOKED_AT_EVERY, Last::Skip, watch).map(Some)
    }

    /// Stops an embedded cluster that nobody else uses, which takes no more than the time that a cluster
    /// has for it. One that does not stop is left, and told of.
    pub(crate) fn close(self) -> Result<(), Failure> {
        let Self { pg, cluster, .. } = self;
        drop(pg);
        let lease = cluster.and_then(|embedded| Arc::into_inner(embedded.lease));
        let Some(lease) = lease else {
            return Ok(());
        };
        let cluster = lease.into_inner().unwrap_or_else(PoisonError::into_inner);
        cluster.stop().map_err(|error| {
            tracing::error!(error = chain(&error), "the embedded PostgreSQL is left");
            Failure::Reported
        })
    }

    pub(crate) fn url(&self) -> &DatabaseUrl {
        &self.settings.url
    }

    /// How its store was made.
    pub(crate) fn settings(&self) -> &org_store::Settings {
        &self.settings
    }

    pub(crate) fn store(&self) -> Arc<Pg> {
        Arc::clone(&self.pg)
    }

    /// Another store in the same database, with one connection when it needs one, which nobody holds
    /// when the others are held.
    pub(crate) fn store_aside(&self) -> Arc<Pg> {
        Arc::new(Pg::connect(&org_store::Settings {
            connections: NonZeroU32::MIN,
            kept_open: false,
            ..self.settings.clone()
        }))
    }

    /// Whether the database is one of this program's own making.
    pub(crate) fn is_embedded(&self) -> bool {
        self.cluster.is_some()
    }

    /// The organization that a command names by its slug.
    pub(crate) fn organization(&self, slug: &str) -> Result<Record<Organization>, Failure> {
        let slug: Slug = flag("org", slug)?;
        let found = self.pg.by_slug(&slug)?;
        found.ok_or_else(|| Failure::Failed(format!("--org: there is no organization {slug}")))
    }
}

/// The clock of this process.
pub(crate) fn clock() -> Arc<dyn Clock> {
    Arc::new(SystemClock)
}

/// The source of this process's ids.
pub(crate) fn ids() -> Arc<dyn IdSource> {
    Arc::new(SystemIds)
}

/// Starts the embedded cluster, or takes a share in the one that runs already.
fn embedded(settings: &Settings) -> Result<(DatabaseUrl, Option<Embedded>), Failure> {
    let settings = org_embedded_postgres::Settings::new(&settings.data_dir);
    let cluster = org_embedded_postgres::start(&settings)?;
    let url = cluster.url(APPLICATION_DATABASE).parse()?;
    let lease = Arc::new(Mutex::new(cluster));
    Ok((url, Some(Embedded { settings, lease })))
}

/// Starts the cluster again if it is gone, on the same socket. Its old lease is given back only once there
/// is a new one, so that nobody thinks the cluster unused. Whoever watches holds no lease: the cluster is
/// stopped also when the watch is stuck with it.
fn revive(settings: &org_embedded_postgres::Settings, lease: &Weak<Mutex<Cluster>>) {
    match org_embedded_postgres::start(settings) {
        Ok(cluster) => {
            let Some(lease) = lease.upgrade() else {
                return;
            };
            let mut lease = lease.lock().unwrap_or_else(PoisonError::into_inner);
            drop(std::mem::replace(&mut *lease, cluster));
            tracing::info!("the embedded PostgreSQL is there");
        }
        Err(error) => tracing::error!(error = chain(&error), "the embedded PostgreSQL is gone"),
    }
}
