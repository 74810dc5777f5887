//! The database of this process: one that settings name, or an embedded one.

use std::sync::Arc;

use org_domain::Record;
use org_domain::organizations::{Organization, OrganizationStore, Slug};
use org_embedded_postgres::{APPLICATION_DATABASE, Cluster};
use org_kernel::clock::{Clock, SystemClock};
use org_kernel::id_source::{IdSource, SystemIds};
use org_store::{DatabaseUrl, Pg, migrations};

use crate::failure::Failure;
use crate::output::flag;
use crate::settings::Settings;

/// A pool of connections, and the cluster behind it if that is ours to stop.
///
/// The cluster is stopped when the last of this is dropped, after the pool has let go of it.
pub(crate) struct Database {
    pg: Arc<Pg>,
    url: DatabaseUrl,
    cluster: Option<Cluster>,
}

impl Database {
    /// Opens the database; an embedded one is started, one that settings name need not be there yet.
    pub(crate) fn open(settings: &Settings) -> Result<Self, Failure> {
        let (url, cluster) = match &settings.database_url {
            Some(url) => (url.clone(), None),
            None => embedded(settings)?,
        };
        let pg = Pg::connect(&org_store::Settings {
            connections: settings.database_connections,
            wait: settings.database_wait,
            ..org_store::Settings::new(url.clone())
        });
        Ok(Self {
            pg: Arc::new(pg),
            url,
            cluster,
        })
    }

    /// Applies what is pending, and answers what that was.
    pub(crate) fn migrate(&self) -> Result<Vec<String>, Failure> {
        migrations::migrate(&self.url)
            .map_err(|error| Failure::during("the migrations were not applied", &error))
    }

    /// Makes sure that the schema is this version's: applies what is pending to an embedded database
    /// and to one that is new, and refuses any other to which something is.
    pub(crate) fn ready(&self) -> Result<(), Failure> {
        if self.cluster.is_some() || migrations::is_new(&self.url)? {
            return self.migrate().map(drop);
        }
        let pending = migrations::pending(&self.url)?;
        if pending.is_empty() {
            return Ok(());
        }
        let pending = pending.join(", ");
        Err(Failure::Failed(format!(
            "the database waits for `org-api migrate`: {pending} pending"
        )))
    }

    pub(crate) fn url(&self) -> &DatabaseUrl {
        &self.url
    }

    pub(crate) fn store(&self) -> Arc<Pg> {
        Arc::clone(&self.pg)
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
fn embedded(settings: &Settings) -> Result<(DatabaseUrl, Option<Cluster>), Failure> {
    let settings = org_embedded_postgres::Settings::new(&settings.data_dir);
    let cluster = org_embedded_postgres::start(&settings)?;
    Ok((cluster.url(APPLICATION_DATABASE).parse()?, Some(cluster)))
}
