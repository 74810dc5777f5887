//! A backup that is taken while clients write, restored elsewhere, and compared.

use std::collections::BTreeSet;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::thread;

use diesel::prelude::*;
use diesel::sql_types::Text;
use org_embedded_postgres::{APPLICATION_DATABASE, Settings, start};
use org_store::testing::TestDatabase;
use rustix::process::Signal;

use super::rows::{counts, dumped};
use super::{done, embedded, refusal};
use crate::command::{program, run};
use crate::folder::folder;
use crate::kills::accounts::balance;
use crate::kills::writers::{Answered, Writers};
use crate::server::Server;
use crate::world::side;

/// Those writes whose answers the database keeps: what was committed before the snapshot.
fn held(conn: &mut PgConnection, mut answered: Answered) -> Answered {
    #[derive(QueryableByName)]
    struct Kept {
        #[diesel(sql_type = Text)]
        key: String,
    }
    let kept = diesel::sql_query("SELECT key FROM kept_answers").load::<Kept>(conn);
    let kept: BTreeSet<_> = kept
        .expect("answers")
        .into_iter()
        .map(|kept| kept.key)
        .collect();
    answered.retain(|named, _| kept.contains(named));
    answered
}

/// Backs the database up while clients write; answers what they were answered before that began, and
/// afterwards in all.
fn backed_up_under_load(database: &TestDatabase, file: &Path) -> (Answered, Answered) {
    let url = database.url().as_str();
    let here = side(url, "here-orchestra");
    let server = Server::start(url);
    let writers = Writers::of(&here, &server.client());
    let before = thread::scope(|scope| {
        let writing = writers.begin(scope, server.address());
        let end = writers.end();
        for time in 0..10 {
            writers.let_some_be_answered(time);
        }
        drop(end);
        writing.answered()
    });
    let more = Writers::of(&here, &server.client()).beginning_at(1_000);
    let during = thread::scope(|scope| {
        let writing = more.begin(scope, server.address());
        let end = more.end();
        more.let_some_be_answered(0);
        let output = run(url, &["--json", "backup", file.to_str().expect("UTF-8")]);
        done(&output);
        more.let_some_be_answered(0);
        drop(end);
        writing.answered()
    });
    let mut all = before.clone();
    all.extend(during);
    (before, all)
}

#[test]
fn what_was_answered_before_a_backup_began_is_in_it_and_nothing_is_half_there() {
    let folder = folder();
    let file = folder.path().join("backup");
    let database = TestDatabase::fresh();
    let (before, all) = backed_up_under_load(&database, &file);
    let mode = file.metadata().expect("the backup").permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    assert!(!folder.path().join("backup.partial").exists());

    let data = folder.path().join("data");
    let restored = done(&embedded(&data, "restore", &file).output().expect("it runs"));
    assert!(restored["schema"].is_string(), "{restored}");
    let cluster = start(&Settings::new(&data)).expect("the cluster");
    let url = cluster.url(APPLICATION_DATABASE);
    let conn = &mut PgConnection::establish(&url).expect("a connection");
    assert_eq!(counts(conn), dumped(&file));
    let held = held(conn, all);
    for named in before.keys() {
        assert!(held.contains_key(named), "{named} was answered before");
    }
    balance(conn, &held);
    let mut command = program();
    command
        .args(["serve", "--listen", "127.0.0.1:0", "--data-dir"])
        .arg(&data);
    let server = Server::spawn(command);
    assert_eq!(server.client().get("/readyz", None).status, 200);
    server.signal(Signal::TERM);
    assert!(server.ended_well());

    let again = embedded(&data, "restore", &file).output().expect("it runs");
    assert!(refusal(&again).contains("the database is not empty"));
}
