//! Backups: taken while clients write, restored elsewhere, and compared.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};
use org_embedded_postgres::{APPLICATION_DATABASE, Settings, start};
use org_store::testing::TestDatabase;
use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;
use tempfile::TempDir;

use crate::command::{program, run};
use crate::kills::accounts::balance;
use crate::kills::writers::{Answered, Writers};
use crate::server::{PATIENCE, Server};
use crate::world::{World, side};

/// A folder that PostgreSQL's user can enter.
fn folder() -> TempDir {
    let mode = fs::Permissions::from_mode(0o711);
    let folder = tempfile::Builder::new().permissions(mode).tempdir();
    folder.expect("a folder")
}

/// A command on the embedded database of a folder.
fn embedded(data: &Path, command: &str, file: &Path) -> Command {
    let mut program = program();
    program.args(["--json", "--data-dir"]).arg(data);
    program.arg(command).arg(file);
    program
}

fn done(output: &Output) -> Value {
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    serde_json::from_slice(&output.stdout).expect("one JSON object")
}

/// The one line of a command that failed.
fn refusal(output: &Output) -> String {
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert_eq!(said.trim_end().lines().count(), 1, "{said}");
    said.trim_end().to_owned()
}

/// How many rows each table of the schema has.
fn counts(conn: &mut PgConnection) -> BTreeMap<String, i64> {
    #[derive(QueryableByName)]
    struct Count {
        #[diesel(sql_type = Text)]
        name: String,
        #[diesel(sql_type = BigInt)]
        rows: i64,
    }
    let ask = "SELECT c.relname::text AS name, \
               (xpath('/row/c/text()', query_to_xml(format('SELECT count(*) AS c FROM public.%I', \
               c.relname), false, true, '')))[1]::text::bigint AS rows \
               FROM pg_class c WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace";
    let counts = diesel::sql_query(ask).load::<Count>(conn).expect("counts");
    counts.into_iter().map(|it| (it.name, it.rows)).collect()
}

/// How many rows of each table the dump itself holds, as PostgreSQL's own program tells it.
fn dumped(file: &Path) -> BTreeMap<String, i64> {
    let bin = std::env::var_os("PG_BIN_DIR").map(PathBuf::from);
    let restore = bin.map_or("pg_restore".into(), |bin| bin.join("pg_restore"));
    let output = Command::new(restore)
        .args(["--data-only", "--file=-"])
        .arg(file)
        .output()
        .expect("pg_restore runs");
    assert!(output.status.success());
    let text = String::from_utf8(output.stdout).expect("text");
    let (mut counts, mut table) = (BTreeMap::new(), None);
    for line in text.lines() {
        if let Some(rest) = line.strip_prefix("COPY public.") {
            let name = rest.split(' ').next().expect("a table").trim_matches('"');
            counts.insert(name.to_owned(), 0);
            table = Some(name.to_owned());
        } else if line == "\\." {
            table = None;
        } else if let Some(table) = &table {
            *counts.get_mut(table).expect("a table that was begun") += 1;
        }
    }
    counts
}

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

#[test]
fn a_file_that_is_no_whole_backup_changes_nothing() {
    let folder = folder();
    let file = folder.path().join("backup");
    let world = World::new();
    done(&run(
        world.url(),
        &["--json", "backup", file.to_str().expect("UTF-8")],
    ));
    let whole = fs::read(&file).expect("the backup");
    let data = folder.path().join("data");
    let place = |name: &str, bytes: &[u8]| {
        let file = folder.path().join(name);
        fs::write(&file, bytes).expect("a file");
        file
    };
    let half = whole.len() / 2;
    let mut flipped = whole.clone();
    flipped[half] ^= 1;
    for (file, why) in [
        (
            place("almost", &whole[..whole.len() - 1]),
            "is no whole backup: ",
        ),
        (place("half", &whole[..half]), "is no whole backup: "),
        (place("head", &whole[..100]), "is no whole backup: "),
        (place("flipped", &flipped), "its SHA-256 is another"),
        (
            place("longer", &[&whole, &b"junk\n"[..]].concat()),
            "is no whole backup: ",
        ),
        (place("dump", &whole[..whole.len() - 90]), "the line"),
        (place("empty", b""), "is no whole backup: "),
        (
            place("other", b"This is a letter, and no backup.\n"),
            "is no whole backup: ",
        ),
        (folder.path().join("missing"), "No such file or directory"),
        (folder.path().to_owned(), "is no regular file"),
    ] {
        let line = refusal(&embedded(&data, "restore", &file).output().expect("it runs"));
        assert!(line.contains(why), "{why}: {line}");
        assert!(!data.exists(), "{line}");
    }
}

#[test]
fn a_dump_of_another_database_or_of_a_newer_version_is_refused() {
    let folder = folder();
    let data = folder.path().join("data");
    let newer = TestDatabase::fresh();
    let tomorrow = "INSERT INTO __diesel_schema_migrations (version) VALUES ('9999')";
    execute(&mut newer.connection(), tomorrow);
    let other = TestDatabase::empty();
    execute(&mut other.connection(), "CREATE TABLE letters (text text)");
    for (database, why) in [
        (&newer, "this program does not know schema 9999"),
        (&other, "is no backup of this program's database"),
    ] {
        let file = folder.path().join(why);
        dump(database, &file);
        end_as_a_backup(&file);
        let line = refusal(&embedded(&data, "restore", &file).output().expect("it runs"));
        assert!(line.contains(why), "{line}");
        assert!(!data.exists());
    }
}

/// A dump by PostgreSQL's own program.
fn dump(database: &TestDatabase, file: &Path) {
    let bin = std::env::var_os("PG_BIN_DIR").map(PathBuf::from);
    let dump = bin.map_or("pg_dump".into(), |bin| bin.join("pg_dump"));
    let dumped = Command::new(dump)
        .args([
            "--format=custom",
            "--dbname",
            database.url().as_str(),
            "--file",
        ])
        .arg(file)
        .status();
    assert!(dumped.expect("pg_dump runs").success());
}

/// Ends a file with the line that backups end with.
fn end_as_a_backup(file: &Path) {
    let mut bytes = fs::read(file).expect("a dump");
    let digest = ring::digest::digest(&ring::digest::SHA256, &bytes);
    bytes.extend(b"\norg-api backup, SHA-256 ");
    for byte in digest.as_ref() {
        bytes.extend(format!("{byte:02x}").bytes());
    }
    bytes.push(b'\n');
    fs::write(file, bytes).expect("the file");
}

#[test]
fn a_name_that_looks_like_an_option_is_a_name() {
    let folder = folder();
    let here = |arguments: &[&str], database: &TestDatabase| {
        let mut command = program();
        command.current_dir(folder.path());
        command.args(["--json", "--database-url", database.url().as_str()]);
        done(&command.args(arguments).output().expect("it runs"))
    };
    let (full, empty) = (TestDatabase::fresh(), TestDatabase::empty());
    let made = here(&["backup", "--", "--list"], &full);
    assert_eq!(made["file"], "--list");
    let restored = here(&["restore", "--", "--list"], &empty);
    assert_eq!(restored["schema"], made["schema"]);
}

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

fn until(what: &str, mut condition: impl FnMut() -> bool) {
    let deadline = Instant::now() + PATIENCE;
    while !condition() {
        assert!(Instant::now() < deadline, "not in time: {what}");
        thread::sleep(Duration::from_millis(10));
    }
}

#[test]
fn a_backup_never_takes_the_place_of_a_file() {
    let folder = folder();
    let database = TestDatabase::fresh();
    let file = folder.path().join("backup");
    let arguments = ["backup", file.to_str().expect("UTF-8")];
    let partial = folder.path().join("backup.partial");
    for taken in [&file, &partial] {
        fs::write(taken, "mine").expect("a file");
        let line = refusal(&run(database.url().as_str(), &arguments));
        assert!(line.contains("is there already"), "{line}");
        assert_eq!(fs::read_to_string(taken).expect("the file"), "mine");
        fs::remove_file(taken).expect("it is removed");
    }
}

#[test]
fn where_there_is_nothing_to_back_up_nothing_is_made() {
    let folder = folder();
    let (data, file) = (folder.path().join("data"), folder.path().join("backup"));
    let line = refusal(&embedded(&data, "backup", &file).output().expect("it runs"));
    assert!(line.contains("holds no database"), "{line}");
    let url = "postgresql://nobody@127.0.0.1:1/nothing?connect_timeout=1";
    let arguments = ["backup", file.to_str().expect("UTF-8")];
    let line = refusal(&run(url, &arguments));
    assert!(line.contains("pg_dump"), "{line}");
    let left: Vec<_> = fs::read_dir(folder.path()).expect("the folder").collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn a_backup_goes_to_the_database_as_the_server_does() {
    let folder = folder();
    let file = folder.path().join("backup");
    let name = file.to_str().expect("UTF-8");
    let database = TestDatabase::fresh();
    let url = database.url().as_str();
    let (place, rest) = url.rsplit_once("/test_").expect("the URL of a test");
    let end = rest.find('?').unwrap_or(rest.len());
    let nameless = format!("{place}/{}", &rest[end..]);
    let mut backup = program();
    backup.args(["--json", "--database-url", &nameless, "backup", name]);
    backup.env("PGDATABASE", format!("test_{}", &rest[..end]));
    // Words in colours would not be understood.
    backup.env("PG_COLOR", "always");
    done(&backup.output().expect("it runs"));
    assert!(dumped(&file).contains_key("webhook_endpoints"));
}

#[test]
fn a_url_with_a_secret_that_would_be_shown_is_refused() {
    let folder = folder();
    let file = folder.path().join("backup");
    let url = "postgres://nobody@127.0.0.1:1/x?sslpassword=rose";
    let line = refusal(&run(url, &["backup", file.to_str().expect("UTF-8")]));
    assert!(line.contains("`sslpassword`"), "{line}");
    assert!(!line.contains("rose"), "{line}");
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

/// How many rows a statement answers or changes.
fn execute(conn: &mut PgConnection, statement: &str) -> usize {
    let done = diesel::sql_query(statement).execute(conn);
    done.unwrap_or_else(|why| panic!("{statement}: {why}"))
}

#[test]
fn a_cluster_of_another_version_is_refused_with_the_command_that_helps() {
    let folder = folder();
    let data = folder.path().join("data");
    let cluster = start(&Settings::new(&data)).expect("a cluster");
    cluster.stop().expect("it stops");
    fs::write(data.join("data/PG_VERSION"), "9999\n").expect("another version");
    let mut serve = program();
    serve
        .args(["serve", "--listen", "127.0.0.1:0", "--data-dir"])
        .arg(&data);
    let line = refusal(&serve.output().expect("it runs"));
    assert!(
        line.contains("PostgreSQL 9999") && line.contains("`org-api upgrade`"),
        "{line}"
    );
    let mut upgrade = program();
    upgrade.args(["upgrade", "--data-dir"]).arg(&data);
    let line = refusal(&upgrade.output().expect("it runs"));
    assert!(line.contains("install that version"), "{line}");
}

#[test]
fn an_upgrade_is_for_the_embedded_database() {
    let output = run("postgres://nobody@127.0.0.1:1/x", &["upgrade"]);
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("is for the embedded database"), "{said}");
}
