//! The database goes away and comes back, and the store with it.

use std::convert::Infallible;
use std::num::NonZeroU32;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::Duration;

use diesel::prelude::*;
use org_domain::contacts::{Contact, ContactType, Contacts};
use org_domain::organizations::{CreateError, OrganizationStore, Slug};
use org_domain::transaction::Transactions;
use org_embedded_postgres::{APPLICATION_DATABASE, Cluster, Durability};
use org_kernel::audit::Origin;
use org_kernel::clock::{Clock as _, SystemClock};
use org_kernel::event::Event;
use org_kernel::field::FromText;
use org_kernel::id::OrgId;
use org_kernel::id_source::{IdSource, SystemIds};
use org_kernel::text::Line;
use org_kernel::{StoreError, WriteError};
use org_store::testing::TestDatabase;
use org_store::{DatabaseUrl, Pg, Settings, migrations};
use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;

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

/// Whether a store is unavailable to everybody, and not because somebody else has what is asked for.
fn is_out_of_reach<T>(outcome: &Result<T, StoreError>) -> bool {
    outcome.as_ref().is_err_and(StoreError::is_unreachable)
}

#[test]
fn a_store_without_a_database_is_unavailable() {
    let nowhere = "postgres://org_api@%2Fnonexistent/org_api";
    let pg = Pg::connect(&Settings {
        wait: Duration::from_millis(50),
        ..Settings::new(nowhere.parse().expect("a URL"))
    });
    let read = pg.by_slug(&slug());
    assert!(is_out_of_reach(&read), "{read:?}");
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
        let imported = ImportStore::transact(&pg, org, &Origin::OPERATOR, Mode::Keep, &mut |_| {
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
    assert!(!is_out_of_reach(&outcome), "it is busy: {outcome:?}");
    assert!(pg.by_slug(&slug()).expect("an answer").is_some());
}

#[test]
fn a_server_that_comes_back_is_used_again() {
    let folder = folder();
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
    assert!(is_out_of_reach(&gone), "{gone:?}");

    let server = start(folder.path());
    wait_until("the store has noticed", || pg.ping().is_ok());
    assert!(pg.by_slug(&slug()).expect("an answer").is_some());
    drop(pg);
    server.stop().expect("it stops");
}

fn start(folder: &Path) -> Cluster {
    start_with(folder, Durability::ForTests)
}

fn start_with(folder: &Path, durability: Durability) -> Cluster {
    let settings = org_embedded_postgres::Settings::new(folder).durability(durability);
    org_embedded_postgres::start(&settings).expect("a server")
}

fn folder() -> TempDir {
    let folder = tempfile::Builder::new()
        .prefix("org-store-")
        .tempdir_in(memory());
    folder.expect("a folder")
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

/// When one backend is killed, by whoever looks for memory, PostgreSQL takes all others with it and
/// starts again. Whatever was being asked then is unavailable, and worth asking again.
#[test]
fn what_a_crash_interrupts_is_unavailable_and_never_a_failure() {
    let folder = folder();
    // The organization must not be lost in a crash, or what belongs to it is refused.
    let server = start_with(folder.path(), Durability::Safe);
    let url: DatabaseUrl = server.url(APPLICATION_DATABASE).parse().expect("a URL");
    migrations::migrate(&url).expect("the migrations apply");
    let pg = Pg::connect(&Settings {
        wait: Duration::from_secs(5),
        ..Settings::new(url.clone())
    });
    let org = store_organization(&pg, 1, "one");
    let (ended, answered) = (AtomicBool::new(false), AtomicU32::new(0));
    let failures = std::thread::scope(|scope| {
        let working = (0..8).map(|number| {
            let (pg, ended, answered) = (&pg, &ended, &answered);
            scope.spawn(move || {
                let mut failures = Vec::new();
                while !ended.load(Ordering::Relaxed) {
                    match ask(pg, org, number) {
                        Err(StoreError::Failed(cause)) => failures.push(format!("{cause:?}")),
                        Err(StoreError::Unavailable(_)) => {}
                        Ok(()) => {
                            answered.fetch_add(1, Ordering::Relaxed);
                        }
                    }
                }
                failures
            })
        });
        let working: Vec<_> = working.collect();
        let end = End(&ended);
        for _ in 0..5 {
            let before = answered.load(Ordering::Relaxed);
            wait_until("the store answers", || {
                answered.load(Ordering::Relaxed) > before + 100
            });
            wait_until("a backend is killed", || crash(&url));
        }
        drop(end);
        let failures = working.into_iter().map(|one| one.join().expect("no panic"));
        failures.flatten().collect::<Vec<_>>()
    });
    assert_eq!(failures, [""; 0]);
    server.stop().expect("it stops");
}

/// Has the others end, also when the test fails: nobody would wait for them otherwise.
struct End<'a>(&'a AtomicBool);

impl Drop for End<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// A read, or a write with its events and its entry.
fn ask(pg: &Pg, org: OrgId, number: u32) -> Result<(), StoreError> {
    if number.is_multiple_of(2) {
        return pg.by_slug(&slug()).map(drop);
    }
    let contacts = Contacts::new(Arc::new(SystemClock), Arc::new(SystemIds));
    let contact = Contact {
        name: Line::stored("Ada".to_owned()),
        kind: ContactType::Agent,
        company: None,
        email: None,
        phone: None,
        city: None,
        country: None,
        role: None,
        notes: None,
        tags: Vec::new(),
    };
    let event = |ids: &dyn IdSource| Event {
        id: ids.next(),
        kind: "test",
        created_at: SystemClock.now(),
        payload: "{}".to_owned(),
    };
    let store: &dyn Transactions = pg;
    store
        .run(org, &Origin::OPERATOR, |tx| {
            contacts.create(tx, &contact)?;
            tx.append(event(&SystemIds))?;
            Ok::<_, WriteError<Infallible>>(())
        })
        .map_err(|error| match error {
            WriteError::Store(error) => error,
            WriteError::Refused(never) => match never {},
        })
}

/// Kills one backend that works for the application, unless PostgreSQL is still on its way back.
fn crash(url: &DatabaseUrl) -> bool {
    #[derive(QueryableByName)]
    struct Backend {
        #[diesel(sql_type = diesel::sql_types::Integer)]
        pid: i32,
    }
    let Ok(mut conn) = PgConnection::establish(url.as_str()) else {
        return false;
    };
    let one = "SELECT pid FROM pg_stat_activity \
        WHERE datname = current_database() AND pid <> pg_backend_pid() LIMIT 1";
    let backend = diesel::sql_query(one).get_result::<Backend>(&mut conn);
    let pid = backend.ok().and_then(|backend| Pid::from_raw(backend.pid));
    pid.is_some_and(|pid| kill_process(pid, Signal::KILL).is_ok())
}
