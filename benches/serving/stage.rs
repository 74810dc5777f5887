//! A cluster as the program runs it, with the databases that are measured.

use std::collections::BTreeMap;
use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bytea, Text, Uuid};
use org_auth::entropy::SystemEntropy;
use org_auth::key::KeySecret;
use org_auth::scope::Scope;
use org_embedded_postgres::{APPLICATION_DATABASE, APPLICATION_ROLE, Cluster, Settings, start};
use org_store::migrations;
use tempfile::TempDir;

use crate::ids::{self, LARGE, ORGANIZATIONS, SMALL};
use crate::words;

/// The database with one organization and little else.
const ALONE: &str = "alone";

/// Names a folder that is kept, so that what was loaded once can be measured again.
const KEPT: &str = "ORG_API_BENCH_DATA";

pub(crate) struct Stage {
    cluster: Cluster,
    folder: PathBuf,
    /// Dropped last.
    _temporary: Option<TempDir>,
}

/// A database that is loaded, and a key of each of its organizations.
pub(crate) struct Ground {
    pub(crate) url: String,
    pub(crate) keys: BTreeMap<u16, String>,
}

impl Stage {
    pub(crate) fn new() -> Self {
        let kept = std::env::var_os(KEPT).map(PathBuf::from);
        let temporary = kept.is_none().then(temporary);
        let folder = kept.or_else(|| temporary.as_ref().map(|dir| dir.path().to_owned()));
        let folder = folder.expect("one of the two");
        let cluster = start(&Settings::new(folder.join("cluster"))).expect("a cluster");
        Self {
            cluster,
            folder,
            _temporary: temporary,
        }
    }

    /// Where files can be put.
    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Everything: 200 organizations with productions, a large history and a small one.
    pub(crate) fn everything(&self) -> Ground {
        self.loaded(APPLICATION_DATABASE, ORGANIZATIONS, 1_000_000)
    }

    /// One organization with productions, and the small history.
    pub(crate) fn alone(&self) -> Ground {
        let mut admin = self.admin(APPLICATION_DATABASE);
        let there = format!("SELECT count(*) FROM pg_database WHERE datname = '{ALONE}'");
        if count(&mut admin, &there) == 0 {
            let create = format!("CREATE DATABASE {ALONE} OWNER {APPLICATION_ROLE}");
            admin.batch_execute(&create).expect("a database");
        }
        self.loaded(ALONE, 1, 0)
    }

    fn loaded(&self, database: &str, organizations: u16, performances: u32) -> Ground {
        let url = self.cluster.url(database);
        migrations::migrate(&url.parse().expect("a URL")).expect("the migrations apply");
        let mut admin = self.admin(database);
        if count(&mut admin, "SELECT count(*) FROM organizations") == 0 {
            load(&mut admin, organizations, performances);
        }
        let large = (performances > 0).then_some(LARGE);
        let orgs = (1..=organizations).chain(large).chain([SMALL]);
        let keys = orgs
            .map(|org| (org, key(&mut admin, org, 1_000_000)))
            .collect();
        Ground { url, keys }
    }

    /// A key that may do little in a minute.
    pub(crate) fn limited_key(&self, org: u16) -> String {
        key(&mut self.admin(APPLICATION_DATABASE), org, 60)
    }

    /// Has PostgreSQL tell every statement of the connections that are made from now on, with its values; or
    /// no longer.
    pub(crate) fn tell_statements(&self, told: bool) {
        let mut admin = self.admin(APPLICATION_DATABASE);
        let settings = [
            ("log_min_duration_statement", "0"),
            ("log_error_verbosity", "default"),
        ];
        for (name, value) in settings {
            let change = if told {
                format!("SET {name} = '{value}'")
            } else {
                format!("RESET {name}")
            };
            let change = format!("ALTER DATABASE {APPLICATION_DATABASE} {change}");
            admin.batch_execute(&change).expect("a setting");
        }
    }

    /// All that PostgreSQL has told.
    pub(crate) fn log(&self) -> String {
        fs::read_to_string(self.cluster.log()).expect("a log")
    }

    /// A program that came with the PostgreSQL that runs.
    pub(crate) fn program(&self, name: &str) -> PathBuf {
        let started = self.cluster.base_dir().join("data/postmaster.opts");
        let started = fs::read_to_string(started).expect("how it was started");
        let postgres = started.split_whitespace().next().expect("a program");
        Path::new(postgres).with_file_name(name)
    }

    fn admin(&self, database: &str) -> PgConnection {
        connection(&self.cluster.admin_url(database))
    }
}

impl Ground {
    /// Where the next bookings are free, in hours since the first.
    pub(crate) fn first_free_hour(&self) -> i64 {
        let last = "SELECT COALESCE(ceil(extract(epoch FROM max(end_at) - '2026-01-01Z') / 3600), 0)::bigint
                    AS count FROM resource_bookings";
        count(&mut connection(&self.url), last)
    }
}

/// How many connections the database has, but for the one that asks.
pub(crate) fn connections(url: &str) -> i64 {
    let others = "SELECT count(*) FROM pg_stat_activity
                  WHERE datname = current_database() AND pid <> pg_backend_pid()
                    AND backend_type = 'client backend'";
    count(&mut connection(url), others)
}

pub(crate) fn connection(url: &str) -> PgConnection {
    PgConnection::establish(url).expect("the database answers")
}

/// Whose user has to get to it may be another than ours.
fn temporary() -> TempDir {
    let mut folder = tempfile::Builder::new();
    let folder = folder.permissions(Permissions::from_mode(0o711)).tempdir();
    folder.expect("a folder")
}

fn load(admin: &mut PgConnection, organizations: u16, performances: u32) {
    let table = format!(
        "CREATE TABLE bench_words (number bigint PRIMARY KEY, word text NOT NULL);
         SET bench.organizations = {organizations};
         SET bench.performances = {performances}"
    );
    admin.batch_execute(&table).expect("settings");
    let words = "INSERT INTO bench_words SELECT number - 1, word
                 FROM unnest($1) WITH ORDINALITY AS given (word, number)";
    let words = diesel::sql_query(words).bind::<Array<Text>, _>(words::all());
    words.execute(admin).expect("words");
    admin
        .batch_execute("ANALYZE bench_words")
        .expect("looked at");
    admin.batch_execute(include_str!("load.sql")).expect("rows");
    for settle in ["VACUUM (ANALYZE)", "CHECKPOINT"] {
        admin.batch_execute(settle).expect(settle);
    }
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

pub(crate) fn count(conn: &mut PgConnection, query: &str) -> i64 {
    let counted: Count = diesel::sql_query(query).get_result(conn).expect("a number");
    counted.count
}

/// A new key of the organization with every scope, and so many requests of each class a minute.
fn key(admin: &mut PgConnection, org: u16, a_minute: u32) -> String {
    let secret = KeySecret::generate(&SystemEntropy::new()).expect("randomness");
    let scopes: Vec<_> = Scope::ALL.iter().map(|scope| scope.as_str()).collect();
    let insert = format!(
        "INSERT INTO api_keys (org_id, id, hash, prefix, name, scopes, reads_per_minute, writes_per_minute,
                               created_by_kind, created_at)
         VALUES ($1, gen_random_uuid(), $2, $3, 'bench', $4, {a_minute}, {a_minute}, 'OPERATOR', now())"
    );
    diesel::sql_query(insert)
        .bind::<Uuid, _>(ids::org_id(org).uuid())
        .bind::<Bytea, _>(secret.hash().as_bytes().as_slice())
        .bind::<Text, _>(secret.prefix().as_str())
        .bind::<Array<Text>, _>(scopes)
        .execute(admin)
        .expect("a key");
    secret.expose().to_owned()
}
