//! Starting, stopping, and living through the loss of the database.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use org_embedded_postgres::{Cluster, Durability, Settings, start};
use rustix::process::{Pid, Signal, kill_process};

use crate::command::{self, program};
use crate::folder::folder;
use crate::server::{PATIENCE, Server};
use crate::world::{World, all_scopes, key};

/// A server on a database that nobody serves.
fn unreachable_database() -> &'static str {
    // Port 1 of the machine itself: refused at once.
    "postgresql://nobody@127.0.0.1:1/nothing?connect_timeout=1"
}

#[test]
fn without_its_database_the_server_says_so_and_stays() {
    let server = Server::start(unreachable_database());
    let client = server.client();
    let key = "abo_org_000000000000000000000000002mjKAR";
    let answer = client.get("/api/org/v1/any/works", Some(key));
    assert_eq!(
        (answer.status, answer.code().as_str()),
        (503, "UNAVAILABLE")
    );
    let seconds: u32 = answer
        .header("retry-after")
        .expect("Retry-After")
        .parse()
        .expect("seconds");
    assert!(seconds >= 1);
    assert_eq!(client.get("/healthz", None).status, 200);
    assert_eq!(client.get("/readyz", None).status, 503);
}

/// A cluster of the test's own, which it can take away.
fn cluster(folder: &Path) -> Cluster {
    start(&Settings::new(folder).durability(Durability::ForTests)).expect("a cluster starts")
}

#[test]
fn the_server_recovers_when_its_database_is_back() {
    let folder = folder();
    let base = folder.path().join("cluster");
    let running = cluster(&base);
    let url = running.url(org_embedded_postgres::APPLICATION_DATABASE);
    let server = Server::start(&url);
    command::json(&url, &["org", "create", "--slug", "a", "--name", "A"]);
    let key = key(&url, "a", &all_scopes());
    let client = server.client();
    let status = || client.get("/api/org/v1/a/works", Some(&key)).status;
    assert_eq!(status(), 200);
    running.stop().expect("the cluster stops");
    assert_eq!(status(), 503);
    let again = cluster(&base);
    assert_eq!(again.url(org_embedded_postgres::APPLICATION_DATABASE), url);
    let deadline = Instant::now() + PATIENCE;
    while status() != 200 {
        assert!(Instant::now() < deadline, "the server did not recover");
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn a_killed_embedded_database_is_started_again() {
    let folder = folder();
    let base = folder.path().join("data");
    let mut command = program();
    command
        .args(["serve", "--listen", "127.0.0.1:0", "--data-dir"])
        .arg(&base);
    let server = Server::spawn(command);
    let ready = || server.client().get("/readyz", None).status;
    assert_eq!(ready(), 200);
    let pid = std::fs::read_to_string(base.join("data/postmaster.pid")).expect("a pid file");
    let pid = pid
        .lines()
        .next()
        .and_then(|pid| pid.parse().ok())
        .and_then(Pid::from_raw);
    kill_process(pid.expect("a pid"), Signal::KILL).expect("PostgreSQL is ours");
    server.until_it_says("the embedded PostgreSQL is there");
    let deadline = Instant::now() + PATIENCE;
    while ready() != 200 {
        assert!(Instant::now() < deadline, "the server did not recover");
        std::thread::sleep(Duration::from_millis(20));
    }
    server.signal(Signal::TERM);
    assert!(server.ended_well());
}

#[test]
fn a_server_that_is_told_to_stop_finishes_what_it_is_answering() {
    for signal in [Signal::TERM, Signal::INT, Signal::HUP] {
        let world = World::new();
        let mut slow = TcpStream::connect(world.server.address()).expect("a connection");
        let (path, key) = (world.path("/works"), &world.here.key);
        write!(
            slow,
            "GET {path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {key}\r\n\
             Content-Type: application/json\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n"
        )
        .expect("half of a request");
        let mut answer = BufReader::new(slow.try_clone().expect("the same connection"));
        let mut line = String::new();
        answer.read_line(&mut line).expect("a line");
        assert!(
            line.starts_with("HTTP/1.1 100"),
            "the server waits for the body: {line}"
        );
        world.server.signal(signal);
        world.server.until_it_says("stopping");
        slow.write_all(b"{}").expect("the other half");
        let mut rest = String::new();
        answer
            .read_to_string(&mut rest)
            .expect("an answer, and the end");
        assert!(rest.contains("HTTP/1.1 200 OK"), "{rest}");
        assert!(world.server.ended_well());
    }
}

#[test]
fn two_servers_migrate_one_database_at_once() {
    let database = org_store::testing::TestDatabase::empty();
    let servers: Vec<_> = std::thread::scope(|scope| {
        let starting: Vec<_> = (0..2)
            .map(|_| scope.spawn(|| Server::start(database.url().as_str())))
            .collect();
        starting
            .into_iter()
            .map(|server| server.join().expect("a server"))
            .collect()
    });
    for server in servers {
        assert_eq!(server.client().get("/readyz", None).status, 200);
    }
}

#[test]
fn a_wrong_setting_is_named_in_one_line() {
    let file = |text: &str| {
        let file = tempfile::NamedTempFile::new().expect("a file");
        std::fs::write(file.path(), text).expect("written");
        file
    };
    let unknown = file("listne = '127.0.0.1:0'\n");
    let kind = file("database_connections = 'many'\n");
    let path = |file: &tempfile::NamedTempFile| file.path().to_str().expect("UTF-8").to_owned();
    let (unknown, kind) = (path(&unknown), path(&kind));
    let nowhere = ["--database-url", unreachable_database()];
    for (arguments, named) in [
        (&["--config", &unknown][..], "listne"),
        (&["--config", &kind], "database_connections"),
        (&["--config", "no-such-file.toml"], "no-such-file.toml"),
        (&["--listen", "not an address"], "listen"),
        (&["--database-wait-ms", "0"], "database_wait_ms"),
        (&["--public-url", "example.org"], "public_url"),
        (&["--trusted-proxy", "10.0.0.0/33"], "trusted_proxy"),
        (&["--webhook-retention-days", "0"], "webhook_retention_days"),
    ] {
        refused(program().arg("serve").args(nowhere).args(arguments), named);
    }
    let wait = ("ORG_API_DATABASE_WAIT_MS", "soon");
    refused(
        program().arg("serve").args(nowhere).envs([wait]),
        "database_wait_ms",
    );
    refused(
        program().args(["serve", "--database-url", "mysql://x"]),
        "database_url",
    );
    refused(
        program().arg("serve").env("DATABASE_URL", "mysql://x"),
        "database_url",
    );
}

/// Runs a server that must not start, and says so in one line that names what is wrong.
fn refused(command: &mut Command, named: &str) {
    let output = command.output().expect("the program runs");
    let said = String::from_utf8(output.stderr).expect("text");
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(
        said.contains(named) && said.trim_end().lines().count() == 1,
        "{named}: {said}"
    );
}
