//! How a server ends that has something to do.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::Signal;
use serde_json::json;

use crate::client::{Asked, Client};
use crate::command::program;
use crate::folder::folder;
use crate::server::{PATIENCE, Server};
use crate::world::World;

const CLIENTS: usize = 8;

/// Writes until the server is gone, and answers the names of what was acknowledged.
fn write_until_it_ends(
    client: &Client,
    (path, key): (&str, &str),
    writer: usize,
    so_far: &AtomicUsize,
) -> Vec<String> {
    let mut acknowledged = Vec::new();
    loop {
        let name = format!("Ada {writer}-{}", acknowledged.len());
        let asked = Asked {
            body: Some(json!({ "name": name, "type": "AGENT" })),
            ..Asked::of("POST", path, Some(key))
        };
        let Ok(answer) = client.try_to_send(&asked) else {
            return acknowledged;
        };
        assert_eq!(answer.made()["name"], *name);
        acknowledged.push(name);
        so_far.fetch_add(1, Ordering::Relaxed);
    }
}

#[test]
fn a_server_that_is_stopped_under_load_says_so_first_and_keeps_what_it_acknowledged() {
    let world = World::served_with(&["--stop-delay-ms", "1500"]);
    let (path, key) = (world.path("/contacts"), world.here.key.clone());
    let so_far = AtomicUsize::new(0);
    let until = |condition: &dyn Fn() -> bool, what: &str| {
        let deadline = Instant::now() + PATIENCE;
        while !condition() {
            assert!(Instant::now() < deadline, "{what}");
            thread::yield_now();
        }
    };
    let acknowledged: Vec<String> = thread::scope(|scope| {
        let writers: Vec<_> = (0..CLIENTS)
            .map(|writer| {
                let (client, path, key) = (world.server.client(), &path, &key);
                let so_far = &so_far;
                scope.spawn(move || write_until_it_ends(&client, (path, key), writer, so_far))
            })
            .collect();
        until(&|| so_far.load(Ordering::Relaxed) > 50, "they write");
        world.server.signal(Signal::TERM);
        let ready = || world.client.get("/readyz", None).status;
        until(&|| ready() == 503, "it is not ready any more");
        let before = so_far.load(Ordering::Relaxed);
        until(
            &|| so_far.load(Ordering::Relaxed) > before,
            "it answers still",
        );
        let written = writers
            .into_iter()
            .map(|writer| writer.join().expect("no panic"));
        written.flatten().collect()
    });
    world.server.until_it_says("stopped serving");
    let stored = stored_contacts(&world);
    let lost: Vec<_> = acknowledged
        .iter()
        .filter(|name| !stored.contains(*name))
        .collect();
    assert!(lost.is_empty(), "acknowledged and lost: {lost:?}");
}

fn stored_contacts(world: &World) -> std::collections::BTreeSet<String> {
    use diesel::prelude::*;

    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = diesel::sql_types::Text)]
        name: String,
    }
    let rows: Vec<Row> = diesel::sql_query("SELECT name FROM contacts")
        .load(&mut world.connection())
        .expect("the contacts");
    rows.into_iter().map(|row| row.name).collect()
}

/// A request whose body never comes.
fn unfinished(server: &Server, path: &str, key: &str) -> TcpStream {
    let mut stream = TcpStream::connect(server.address()).expect("a connection");
    write!(
        stream,
        "GET {path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {key}\r\n\
         Content-Type: application/json\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n"
    )
    .expect("half of a request");
    let mut line = [0; 12];
    stream.read_exact(&mut line).expect("a line");
    assert_eq!(&line, b"HTTP/1.1 100");
    stream
}

#[test]
fn what_does_not_end_in_time_is_cut_off_and_counted() {
    let world = World::served_with(&["--stop-timeout-ms", "1000"]);
    let _slow = unfinished(&world.server, &world.path("/works"), &world.here.key);
    world.server.signal(Signal::TERM);
    world.server.until_it_says("\"requests\":1");
    world.server.until_it_says("stopped serving");
}

#[test]
fn at_the_second_signal_nothing_is_waited_for() {
    let world = World::served_with(&[
        "--stop-timeout-ms",
        "600000",
        "--request-timeout-ms",
        "600000",
    ]);
    let _slow = unfinished(&world.server, &world.path("/works"), &world.here.key);
    world.server.signal(Signal::TERM);
    world.server.until_it_says("accepting no more");
    world.server.signal_until_it_says(Signal::INT, "cut off");
    world.server.until_it_says("stopped serving");
}

#[test]
fn signals_that_come_at_once_are_one() {
    let world = World::served_with(&[
        "--stop-timeout-ms",
        "600000",
        "--request-timeout-ms",
        "600000",
    ]);
    let mut slow = unfinished(&world.server, &world.path("/works"), &world.here.key);
    for signal in [Signal::TERM, Signal::HUP, Signal::INT] {
        world.server.signal(signal);
    }
    world.server.until_it_says("accepting no more");
    slow.write_all(b"{}").expect("the rest of the request");
    let mut rest = String::new();
    slow.read_to_string(&mut rest).expect("an answer");
    assert!(rest.contains("HTTP/1.1 200"), "{rest}");
    assert!(world.server.ended_well());
}

#[test]
fn a_connection_that_asks_nothing_does_not_hold_the_end_up() {
    let world = World::served_with(&["--stop-timeout-ms", "600000"]);
    let mut idle = TcpStream::connect(world.server.address()).expect("a connection");
    idle.write_all(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
        .expect("sent");
    let mut first = [0; 12];
    idle.read_exact(&mut first).expect("an answer");
    assert_eq!(&first, b"HTTP/1.1 200");
    world.server.signal(Signal::TERM);
    world.server.until_it_says("stopped serving");
}

#[test]
fn an_embedded_database_is_stopped_last() {
    let folder = folder();
    let base = folder.path().join("data");
    let mut command = program();
    command
        .args(["serve", "--listen", "127.0.0.1:0", "--data-dir"])
        .arg(&base);
    let server = Server::spawn(command);
    let pid = base.join("data/postmaster.pid");
    assert!(pid.exists());
    let began = Instant::now();
    server.signal(Signal::TERM);
    assert!(server.ended_well());
    assert!(!pid.exists(), "PostgreSQL has stopped");
    assert!(began.elapsed() < Duration::from_secs(30));
}
