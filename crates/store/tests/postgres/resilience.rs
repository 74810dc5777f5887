//! The database goes away and comes back, and the store with it.

use std::num::NonZeroU32;
use std::path::Path;
use std::time::Duration;

use org_domain::organizations::{CreateError, OrganizationStore, Slug};
use org_embedded_postgres::{APPLICATION_DATABASE, Cluster, Durability};
use org_kernel::StoreError;
use org_kernel::audit::Origin;
use org_kernel::field::FromText;
use org_store::testing::TestDatabase;
use org_store::{Pg, Settings, migrations};

use crate::support::{end_sessions, founded, organization, store_organization, wait_until};

fn slug() -> Slug {
    Slug::from_text("one").expect("a slug")
}

/// A store that has used each of its connections.
fn warm(database: &TestDatabase) -> Pg {
    let pg = database.pg();
    store_organization(&pg, 1, "one");
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| pg.by_slug(&slug()).expect("an answer"));
        }
    });
    pg
}

#[test]
fn a_read_survives_the_death_of_every_connection() {
    let database = TestDatabase::fresh();
    let pg = warm(&database);
    for _ in 0..3 {
        end_sessions(&database);
        assert!(pg.by_slug(&slug()).expect("an answer").is_some());
    }
}

#[test]
fn a_write_survives_the_death_of_every_connection() {
    let database = TestDatabase::fresh();
    let pg = warm(&database);
    for number in 2..5 {
        end_sessions(&database);
        store_organization(&pg, number, &format!("org-{number}"));
    }
}

#[test]
fn a_store_without_a_database_is_unavailable() {
    let nowhere = "postgres://org_api@%2Fnonexistent/org_api";
    let pg = Pg::connect(&Settings {
        wait: Duration::from_millis(50),
        ..Settings::new(nowhere.parse().expect("a URL"))
    });
    let read = pg.by_slug(&slug());
    assert!(matches!(read, Err(StoreError::Unavailable(_))), "{read:?}");
    let one = organization(1, "one");
    let written = pg.insert(&one, &founded(&one));
    let unavailable = matches!(written, Err(CreateError::Store(StoreError::Unavailable(_))));
    assert!(unavailable, "{written:?}");
    let answer = pg.ping();
    assert!(
        matches!(answer, Err(StoreError::Unavailable(_))),
        "{answer:?}"
    );
}

#[test]
fn a_caller_waits_for_a_connection_and_no_longer_than_that() {
    let database = TestDatabase::fresh();
    let pg = Pg::connect(&Settings {
        connections: NonZeroU32::MIN,
        wait: Duration::from_millis(50),
        ..Settings::new(database.url().clone())
    });
    let org = store_organization(&pg, 1, "one");
    let outcome = {
        use org_domain::import::{ImportStore, Mode};
        let mut meanwhile = None;
        let imported = pg.transact(org, &Origin::OPERATOR, Mode::Keep, &mut |_| {
            meanwhile = Some(pg.by_slug(&slug()));
            Ok(())
        });
        imported.expect("the only connection");
        meanwhile.expect("an answer")
    };
    assert!(
        matches!(outcome, Err(StoreError::Unavailable(_))),
        "{outcome:?}"
    );
    assert!(pg.by_slug(&slug()).expect("an answer").is_some());
}

#[test]
fn a_server_that_comes_back_is_used_again() {
    let folder = tempfile::Builder::new()
        .prefix("org-store-")
        .tempdir_in(memory());
    let folder = folder.expect("a folder");
    let server = start(folder.path());
    let url = server.url(APPLICATION_DATABASE).parse().expect("a URL");
    migrations::migrate(&url).expect("the migrations apply");
    let pg = Pg::connect(&Settings {
        wait: Duration::from_millis(500),
        ..Settings::new(url)
    });
    store_organization(&pg, 1, "one");

    server.stop().expect("it stops");
    let gone = pg.by_slug(&slug());
    assert!(matches!(gone, Err(StoreError::Unavailable(_))), "{gone:?}");

    let server = start(folder.path());
    wait_until("the store has noticed", || pg.ping().is_ok());
    assert!(pg.by_slug(&slug()).expect("an answer").is_some());
    drop(pg);
    server.stop().expect("it stops");
}

fn start(folder: &Path) -> Cluster {
    let settings = org_embedded_postgres::Settings::new(folder).durability(Durability::ForTests);
    org_embedded_postgres::start(&settings).expect("a server")
}

/// Where a server can be quick, if there is such a place.
fn memory() -> &'static Path {
    let memory = Path::new("/dev/shm");
    if memory.is_dir() {
        memory
    } else {
        Path::new("/tmp")
    }
}
