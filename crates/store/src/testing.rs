//! A database of its own for each test.
//!
//! Tests that share a database see each other's rows, and tests that only roll back see neither a
//! commit nor a notification. So each test gets a database, cloned within milliseconds from a
//! template to which the migrations were applied once. The template bears the migrations' hash: with
//! other migrations it is another template. All of it is on the throw-away cluster of
//! [`org_embedded_postgres::testing`].
//!
//! A test that cannot have its database cannot run, so everything here panics when it fails.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{Bool, Text};
use org_embedded_postgres::{APPLICATION_DATABASE, Cluster};

use crate::migrations;
use crate::pg::Pg;
use crate::settings::{DatabaseUrl, Settings};

const TEMPLATE: &str = concat!("template_", env!("ORG_STORE_MIGRATIONS"));

/// The number that everybody who makes the template locks.
const LOCK: u32 = 0x7465_7374;

/// A migrated database without a row in it, which is dropped with this value.
#[derive(Debug)]
pub struct TestDatabase {
    name: String,
    url: DatabaseUrl,
}

impl TestDatabase {
    /// A new one.
    ///
    /// # Panics
    /// When it cannot be made.
    pub fn fresh() -> Self {
        Self::cloned_from(TEMPLATE)
    }

    /// One to which no migration was applied.
    ///
    /// # Panics
    /// When it cannot be made.
    pub fn empty() -> Self {
        Self::cloned_from("template1")
    }

    fn cloned_from(template: &str) -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let name = format!("test_{}_{number}", std::process::id());
        let mut admin = admin();
        make_template(&mut admin);
        // A process that had our number may have been killed before it could clean up.
        drop_database(&mut admin, &name);
        run(
            &mut admin,
            &format!("CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy"),
        );
        let url = url(&name);
        Self { name, url }
    }

    /// Where it is.
    pub fn url(&self) -> &DatabaseUrl {
        &self.url
    }

    /// A store in it, with few connections: there are many tests and one cluster. It is patient,
    /// because they keep their machine busy.
    ///
    /// # Panics
    /// Never: the number of connections is not zero.
    pub fn pg(&self) -> Pg {
        let connections = 4.try_into().expect("four is not zero");
        Pg::connect(&Settings {
            connections,
            wait: Duration::from_secs(20),
            ..Settings::new(self.url.clone())
        })
    }

    /// A connection to it, for what no port does.
    ///
    /// # Panics
    /// When the database does not answer.
    pub fn connection(&self) -> PgConnection {
        connect(&self.url)
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        if std::thread::panicking() {
            // A second panic would hide why the test failed; the cluster goes away soon.
            let drop = dropping(&self.name);
            PgConnection::establish(url(APPLICATION_DATABASE).as_str())
                .ok()
                .and_then(|mut admin| admin.batch_execute(&drop).ok());
        } else {
            drop_database(&mut admin(), &self.name);
        }
    }
}

fn dropping(name: &str) -> String {
    format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")
}

/// Autovacuum may be at the database, whose process only a superuser ends; it is done in a moment.
fn drop_database(admin: &mut PgConnection, name: &str) {
    let deadline = Instant::now() + Duration::from_secs(30);
    while let Err(error) = admin.batch_execute(&dropping(name)) {
        assert!(Instant::now() < deadline, "{name} was not dropped: {error}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// Makes the template unless it is there: under another name, so that one that is there is whole.
fn make_template(admin: &mut PgConnection) {
    if template_exists(admin) {
        return;
    }
    run(admin, &format!("SELECT pg_advisory_lock({LOCK})"));
    if !template_exists(admin) {
        let unfinished = format!("{TEMPLATE}_unfinished");
        run(
            admin,
            &format!("DROP DATABASE IF EXISTS {unfinished} WITH (FORCE)"),
        );
        run(admin, &format!("CREATE DATABASE {unfinished}"));
        migrations::migrate(&url(&unfinished)).expect("the migrations apply");
        run(
            admin,
            &format!("ALTER DATABASE {unfinished} RENAME TO {TEMPLATE}"),
        );
    }
    run(admin, &format!("SELECT pg_advisory_unlock({LOCK})"));
}

fn template_exists(admin: &mut PgConnection) -> bool {
    #[derive(QueryableByName)]
    struct Answer {
        #[diesel(sql_type = Bool)]
        exists: bool,
    }
    let query = "SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1) AS exists";
    let answer = diesel::sql_query(query)
        .bind::<Text, _>(TEMPLATE)
        .get_result::<Answer>(admin);
    answer.expect("the catalog answers").exists
}

fn cluster() -> &'static Cluster {
    match org_embedded_postgres::testing::cluster() {
        Ok(cluster) => cluster,
        Err(error) => panic!("no PostgreSQL for the tests: {error}"),
    }
}

fn url(database: &str) -> DatabaseUrl {
    let url = cluster().url(database).parse();
    url.expect("the cluster gives URLs")
}

fn admin() -> PgConnection {
    connect(&url(APPLICATION_DATABASE))
}

fn connect(url: &DatabaseUrl) -> PgConnection {
    PgConnection::establish(url.as_str()).expect("the database answers")
}

fn run(conn: &mut PgConnection, statement: &str) {
    conn.batch_execute(statement)
        .unwrap_or_else(|error| panic!("{statement}: {error}"));
}
