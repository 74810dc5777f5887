//! The master key that an embedded database has in its folder.

use std::fs::{self, File, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;
use diesel::{Connection, PgConnection};
use org_embedded_postgres::{APPLICATION_DATABASE, Cluster, Durability, Settings, start};
use tempfile::TempDir;

use super::{OTHER_KEY, lines, one_line};
use crate::command::{self, program};
use crate::folder::folder;
use crate::server::Server;

const ROTATE: [&str; 2] = ["master-key", "rotate"];

/// How long to wait for what takes a moment, on a machine that is busy.
const PATIENCE: Duration = Duration::from_secs(30);

/// A folder with an embedded database, which stays up between commands.
struct Folder {
    base: PathBuf,
    cluster: Cluster,
    _kept: TempDir,
}

impl Folder {
    fn new() -> Self {
        let folder = folder();
        let base = folder.path().join("base");
        let settings = Settings::new(&base).durability(Durability::ForTests);
        let cluster = start(&settings).expect("a cluster starts");
        let this = Self {
            base,
            cluster,
            _kept: folder,
        };
        this.json(&["org", "create", "--slug", "here", "--name", "Here"]);
        this
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = program();
        command.arg("--data-dir").arg(&self.base).args(arguments);
        command
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().expect("the program runs")
    }

    fn json(&self, arguments: &[&str]) -> serde_json::Value {
        let output = self.run(&[&["--json"], arguments].concat());
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{arguments:?}: {said}");
        serde_json::from_slice(&output.stdout).expect("one JSON object")
    }

    fn endpoint(&self) -> String {
        let what = ["--url", "https://hooks.example/", "--event", "tour.updated"];
        let create = ["webhook", "create", "--org", "here"];
        command::text(&self.json(&[&create[..], &what].concat()), "id")
    }

    fn key(&self) -> PathBuf {
        self.base.join("master-key")
    }

    fn new_key(&self) -> PathBuf {
        self.base.join("master-key.new")
    }

    /// What is in the files of keys that gave way.
    fn kept(&self, kind: &str) -> Vec<String> {
        let begins = format!("master-key.{kind}.");
        let files = fs::read_dir(&self.base).expect("the folder reads");
        let files = files.map(|file| file.expect("an entry"));
        files
            .filter(|file| file.file_name().to_string_lossy().starts_with(&begins))
            .map(|file| read(&file.path()))
            .collect()
    }

    fn connection(&self) -> PgConnection {
        let url = self.cluster.url(APPLICATION_DATABASE);
        PgConnection::establish(&url).expect("the database answers")
    }

    fn sealed_under(&self) -> Vec<String> {
        let query = "SELECT DISTINCT key_id AS line FROM webhook_endpoint_secrets";
        lines(&mut self.connection(), query)
    }
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).expect("the file reads")
}

fn write(path: &Path, text: &str) {
    fs::write(path, text).expect("written");
    fs::set_permissions(path, Permissions::from_mode(0o600)).expect("closed");
}

#[test]
fn the_key_is_made_when_it_is_first_needed_and_is_nobody_elses() {
    let folder = Folder::new();
    folder.json(&["webhook", "list", "--org", "here"]);
    assert!(!folder.key().exists(), "no secret is stored yet");
    let both = std::thread::scope(|threads| {
        let other = threads.spawn(|| folder.endpoint());
        [folder.endpoint(), other.join().expect("it is made")]
    });
    assert_eq!(folder.sealed_under().len(), 1, "both found one key");
    let metadata = fs::metadata(folder.key()).expect("a file");
    assert_eq!(metadata.mode() & 0o7777, 0o600);
    let text = read(&folder.key());
    folder.json(&["webhook", "rotate", &both[0]]);
    assert_eq!(read(&folder.key()), text, "it stays what it is");
    if metadata.uid() == 0 {
        let data = fs::metadata(folder.base.join("data")).expect("the data are there");
        let peek = Command::new("cat")
            .arg(folder.key())
            .uid(data.uid())
            .output();
        let peek = peek.expect("cat runs");
        assert!(
            data.uid() != 0 && !peek.status.success(),
            "PostgreSQL's user reads it"
        );
    }
}

#[test]
fn a_server_makes_the_key_before_it_serves() {
    let folder = Folder::new();
    let server = Server::spawn(folder.command(&["serve", "--listen", "127.0.0.1:0"]));
    let text = read(&folder.key());
    folder.endpoint();
    assert_eq!(read(&folder.key()), text);
    drop(server);
}

#[test]
fn a_file_that_is_not_as_it_should_be_stops_the_server() {
    let folder = Folder::new();
    folder.endpoint();
    let text = read(&folder.key());
    let serve = ["serve", "--listen", "127.0.0.1:0"];
    let refused = |why: &str| {
        let (line, status) = one_line(&folder.run(&serve));
        let named = format!("the master key's file {}: ", folder.key().display());
        assert!(line.starts_with(&named), "{line}");
        assert!(line.contains(why), "{line}");
        assert_eq!(status, 1);
    };
    fs::set_permissions(folder.key(), Permissions::from_mode(0o644)).expect("opened");
    refused("its permissions are 0644 and must be 0600 or 0400");
    write(&folder.key(), "");
    refused("must be 32 bytes in base64");
    write(&folder.key(), OTHER_KEY);
    refused("sealed under the master key");
    fs::remove_file(folder.key()).expect("removed");
    refused("no key is given");
    assert!(!folder.key().exists(), "no other key is made in its place");
    write(&folder.key(), &text);
    folder.endpoint();
}

#[test]
fn a_rotation_puts_a_new_key_in_the_place_of_the_old_one() {
    let folder = Folder::new();
    let id = folder.endpoint();
    let (text, before) = (read(&folder.key()), folder.sealed_under());
    let rotated = folder.json(&ROTATE);
    assert_eq!(rotated["secrets"], 1);
    assert_ne!(read(&folder.key()), text);
    assert!(!folder.new_key().exists());
    assert_eq!(folder.kept("old"), [text], "backups are under it");
    let after = folder.sealed_under();
    assert_eq!(after, [command::text(&rotated, "id")]);
    assert_ne!(after, before);
    folder.json(&["webhook", "rotate", &id]);
}

/// The new key was written, and nothing was sealed under it yet.
#[test]
fn a_rotation_that_was_killed_before_it_sealed_anything_is_given_up() {
    let folder = Folder::new();
    let id = folder.endpoint();
    let (text, before) = (read(&folder.key()), folder.sealed_under());
    write(&folder.new_key(), OTHER_KEY);
    folder.json(&["webhook", "rotate", &id]);
    assert_eq!(read(&folder.key()), text);
    assert!(!folder.new_key().exists());
    assert_eq!(folder.sealed_under(), before);
    assert_eq!(folder.kept("unused"), [OTHER_KEY], "nothing is lost");
}

/// Everything was sealed under the new key, which was not in its place yet.
#[test]
fn a_rotation_that_was_killed_after_it_sealed_everything_is_ended() {
    let folder = Folder::new();
    let id = folder.endpoint();
    let old = read(&folder.key());
    folder.json(&ROTATE);
    let (new, sealed_under) = (read(&folder.key()), folder.sealed_under());
    write(&folder.new_key(), &new);
    write(&folder.key(), &old);
    folder.json(&["webhook", "rotate", &id]);
    assert_eq!(read(&folder.key()), new);
    assert!(!folder.new_key().exists());
    assert_eq!(folder.sealed_under(), sealed_under);
}

/// Holds a rotation up while it commits, for as long as somebody has the lock on 1.
const SLOW_TO_COMMIT: &str = "
    CREATE FUNCTION held_up() RETURNS trigger LANGUAGE plpgsql SET lock_timeout = 0 AS
        'BEGIN PERFORM pg_advisory_xact_lock_shared(1); RETURN NULL; END';
    CREATE CONSTRAINT TRIGGER held_up AFTER UPDATE ON webhook_endpoint_secrets
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION held_up();
    SELECT pg_advisory_lock(1)";

/// What others wait for.
const WAITING: &str = "SELECT locktype AS line FROM pg_locks WHERE NOT granted";

/// The database goes on with what it was asked for, and nobody is there to hear what came of it.
#[test]
fn a_rotation_that_is_killed_while_it_commits_is_waited_for() {
    let folder = Folder::new();
    let id = folder.endpoint();
    let before = folder.sealed_under();
    let conn = &mut folder.connection();
    conn.batch_execute(SLOW_TO_COMMIT).expect("it will be slow");
    let mut rotation = folder.command(&ROTATE).spawn().expect("it runs");
    wait_until("it commits", || lines(conn, WAITING) == ["advisory"]);
    rotation
        .kill()
        .and_then(|()| rotation.wait())
        .expect("killed");
    let new = read(&folder.new_key());

    let mut next = folder.command(&["webhook", "rotate", &id]);
    let mut next = next.stdout(Stdio::null()).spawn().expect("it runs");
    wait_until("it waits, or has not waited", || {
        lines(conn, WAITING).len() > 1 || next.try_wait().expect("asked").is_some()
    });
    conn.batch_execute("SELECT pg_advisory_unlock(1)")
        .expect("had");
    assert!(next.wait().expect("it ends").success());
    assert_eq!(read(&folder.key()), new);
    assert!(!folder.new_key().exists());
    assert_ne!(folder.sealed_under(), before);
}

#[test]
fn who_waits_for_the_keys_files_says_so() {
    let folder = Folder::new();
    let id = folder.endpoint();
    let path = folder.base.join("master-key.lock");
    let lock = File::open(&path).expect("it is there");
    lock.lock().expect("nobody else has it");
    let said = folder.base.join("said");
    let mut rotate = folder.command(&["webhook", "rotate", &id]);
    rotate.stdout(Stdio::null());
    rotate.stderr(File::create(&said).expect("a file"));
    let mut rotate = rotate.spawn().expect("it runs");
    wait_until("it says for which file it waits", || {
        read(&said).contains(&path.display().to_string())
    });
    assert!(
        rotate.try_wait().expect("asked").is_none(),
        "it did not wait"
    );
    drop(lock);
    assert!(rotate.wait().expect("it ends").success());
}

fn wait_until(what: &str, mut condition: impl FnMut() -> bool) {
    let deadline = Instant::now() + PATIENCE;
    while !condition() {
        assert!(Instant::now() < deadline, "not in time: {what}");
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// Whoever gives a key expects it to be used, and would keep a copy of the wrong one.
#[test]
fn a_key_that_is_given_where_one_would_be_made_is_refused() {
    let folder = Folder::new();
    folder.endpoint();
    let before = fs::read(folder.key()).expect("a key");
    let mut rotate = folder.command(&ROTATE);
    let output = rotate.env("ORG_API_NEW_MASTER_KEY", OTHER_KEY).output();
    let output = output.expect("the program runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(
        said.contains("ORG_API_NEW_MASTER_KEY: counts where"),
        "{said}"
    );
    assert_eq!(fs::read(folder.key()).expect("a key"), before);
}
