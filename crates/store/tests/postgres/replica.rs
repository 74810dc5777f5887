//! A replica is known for what it is, and read as what it is.

use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use diesel::connection::SimpleConnection;
use org_domain::organizations::OrganizationStore;
use org_embedded_postgres::{APPLICATION_DATABASE, Cluster, testing};
use org_store::replica::{MOST_LAG, Sight, Watching};
use org_store::testing::TestDatabase;
use org_store::{DatabaseUrl, Pg, Settings, migrations};
use tempfile::TempDir;

use crate::support::{store_organization, wait_until};

const LINGER: Duration = Duration::from_secs(30);

/// A primary and its replica, in a folder of their own.
struct Pair {
    primary: Cluster,
    standby: Cluster,
    _folder: TempDir,
}

impl Pair {
    fn new() -> Self {
        // As root, PostgreSQL's user has to get to its data.
        let mut folder = tempfile::Builder::new();
        let folder = folder.permissions(Permissions::from_mode(0o711)).tempdir();
        let folder = folder.expect("a folder");
        let primary = testing::throwaway(&folder.path().join("primary"), LINGER);
        let primary = primary.expect("a cluster");
        migrations::migrate(&url(&primary)).expect("the migrations apply");
        let standby = testing::standby(&primary, &folder.path().join("standby"), LINGER);
        Self {
            primary,
            standby: standby.expect("a replica"),
            _folder: folder,
        }
    }
}

fn url(cluster: &Cluster) -> DatabaseUrl {
    let url = cluster.url(APPLICATION_DATABASE).parse();
    url.expect("the cluster gives URLs")
}

/// What is seen of the server at one URL, as a replica of that at another.
fn until_seen(replica: &DatabaseUrl, primary: &DatabaseUrl, wanted: fn(&Sight) -> bool) {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let told = Arc::clone(&seen);
    let tell = move |sight: &Sight| told.lock().expect("no panic").push(wanted(sight));
    let _watching = Watching::over(replica, primary, MOST_LAG, tell).expect("a thread");
    wait_until("it is seen", || !seen.lock().expect("no panic").is_empty());
    assert!(seen.lock().expect("no panic")[0], "the first sight");
}

#[test]
fn a_replica_is_told_from_what_is_none_and_takes_no_writes() {
    let pair = Pair::new();
    let (primary, standby) = (url(&pair.primary), url(&pair.standby));
    until_seen(&standby, &primary, |sight| matches!(sight, Sight::Well(_)));
    until_seen(&primary, &primary, |sight| {
        matches!(sight, Sight::TakesWrites)
    });
    let stranger = TestDatabase::fresh();
    until_seen(&standby, stranger.url(), |sight| {
        matches!(sight, Sight::OfAnother)
    });
    let sibling = pair.standby.url("postgres").parse().expect("a URL");
    until_seen(&sibling, &primary, |sight| {
        matches!(sight, Sight::OfAnother)
    });

    let org = store_organization(&Pg::connect(&Settings::new(primary)), 1, "one");
    let read_only = Pg::connect(&Settings {
        read_only: true,
        ..Settings::new(standby)
    });
    wait_until("the replica has followed", || {
        read_only.by_id(org).is_ok_and(|found| found.is_some())
    });
    assert!(read_only.announce().is_err(), "a replica tells nobody");
}

#[test]
fn a_replica_that_is_gone_is_away() {
    let gone = "postgres:///nothing?host=/nowhere".parse().expect("a URL");
    let here = TestDatabase::fresh();
    until_seen(&gone, here.url(), |sight| matches!(sight, Sight::Away(_)));
    until_seen(here.url(), &gone, |sight| matches!(sight, Sight::Away(_)));
}

/// Even where the server itself would take writes.
#[test]
fn a_store_that_is_to_write_nothing_writes_nothing() {
    let database = TestDatabase::fresh();
    let read_only = Pg::connect(&Settings {
        read_only: true,
        ..Settings::new(database.url().clone())
    });
    let organization = crate::support::organization(1, "one");
    let refused = read_only.insert(&organization, &crate::support::founded(&organization));
    assert!(refused.is_err());
    let conn = &mut database.connection();
    let counted = "DO $$ BEGIN ASSERT NOT EXISTS (SELECT FROM organizations); END $$";
    conn.batch_execute(counted).expect("nothing is there");
}
