//! Backups and restores that are ended in the middle.

use std::collections::BTreeMap;
use std::fs;
use std::process::Stdio;
use std::thread;

use diesel::prelude::*;
use org_store::testing::TestDatabase;
use rustix::process::{Pid, Signal, kill_process};

use super::rows::{counts, dumped};
use super::{done, execute, refusal};
use crate::command::{program, run};
use crate::folder::folder;
use crate::waiting::until;
use crate::world::World;

#[test]
fn a_backup_that_is_interrupted_leaves_nothing() {
    let folder = folder();
    let file = folder.path().join("backup");
    let database = TestDatabase::fresh();
    let mut holder = database.connection();
    holder.begin_test_transaction().expect("a transaction");
    execute(&mut holder, "LOCK TABLE contacts IN ACCESS EXCLUSIVE MODE");
    for signal in [Signal::TERM, Signal::INT, Signal::HUP] {
        let mut command = program();
        command.args(["--database-url", database.url().as_str(), "backup"]);
        command.arg(&file).stdout(Stdio::null());
        let backup = command.stderr(Stdio::piped()).spawn().expect("it starts");
        let other = &mut database.connection();
        until("it waits for the table", || dumps(other) == 1);
        let pid = i32::try_from(backup.id()).ok().and_then(Pid::from_raw);
        kill_process(pid.expect("a pid"), signal).expect("it is there");
        let line = refusal(&backup.wait_with_output().expect("it ends"));
        assert!(line.contains("`pg_dump` was interrupted"), "{line}");
        let left = fs::read_dir(folder.path()).expect("the folder").count();
        assert_eq!(left, 0);
        until("it has let go of the server", || dumps(other) == 0);
    }
}

/// How many dumps wait for somebody.
fn dumps(conn: &mut PgConnection) -> usize {
    execute(
        conn,
        "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() \
         AND application_name = 'pg_dump' AND wait_event_type = 'Lock'",
    )
}

#[test]
fn a_restore_that_breaks_off_in_the_middle_leaves_nothing() {
    let folder = folder();
    let file = folder.path().join("backup");
    let world = World::new();
    let name = file.to_str().expect("UTF-8");
    done(&run(world.url(), &["--json", "backup", name]));
    let empty = TestDatabase::empty();
    let mut holder = empty.connection();
    holder.begin_test_transaction().expect("a transaction");
    // The restore comes to a halt where it wants to make this table, too.
    execute(&mut holder, "CREATE TABLE webhook_endpoints (id int)");
    let restore = thread::scope(|scope| {
        let restore = scope.spawn(|| run(empty.url().as_str(), &["restore", name]));
        let other = &mut empty.connection();
        until("the restore comes so far", || execute(other, BREAK_OFF) > 0);
        restore.join().expect("it was run")
    });
    let line = refusal(&restore);
    assert!(line.contains("was not restored: "), "{line}");
    drop(holder);
    let conn = &mut empty.connection();
    assert_eq!(counts(conn), BTreeMap::new());
    done(&run(empty.url().as_str(), &["--json", "restore", name]));
    assert_eq!(counts(conn), dumped(&file));
}

/// Ends the session of a restore, once it waits for somebody.
const BREAK_OFF: &str = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
    WHERE datname = current_database() AND application_name = 'pg_restore' AND wait_event_type = 'Lock'";
