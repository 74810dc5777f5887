//! What a server tells of itself to those who watch it: its figures and its log, and nothing of anybody's.

mod scrape;

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};

use rustix::process::Signal;
use serde_json::{Value, json};

use self::scrape::Scrape;
use crate::client::{Asked, Client};
use crate::command::program;
use crate::server::{PATIENCE, Server};
use crate::world::World;

const WATCHED: &[&str] = &[
    "--metrics-listen",
    "127.0.0.1:0",
    "--database-connections",
    "4",
];

/// A trace that a client is part of.
const TRACE: &str = "0af7651916cd43dd8448eb211c80319c";

/// Of whoever asks for metrics.
pub(crate) fn watcher(server: &Server) -> Client {
    let line: Value = serde_json::from_str(server.said_with("serving metrics")).expect("JSON");
    Client::of(line["metrics"].as_str().expect("an address"))
}

pub(crate) fn scrape(watcher: &Client) -> Scrape {
    let answer = watcher.get("/metrics", None);
    assert_eq!(answer.status, 200);
    let kind = answer.header("content-type");
    assert!(kind.is_some_and(|kind| kind.starts_with("text/plain; version=0.0.4")));
    Scrape::parse(&String::from_utf8(answer.body).expect("UTF-8"))
}

fn asked(world: &World) {
    for _ in 0..3 {
        assert_eq!(world.get("/productions").status, 200);
    }
    assert_eq!(world.get("/productions/prod_nobody").status, 404);
    assert_eq!(world.client.get("/secret-place", None).status, 404);
    let contact =
        json!({ "name": "Eva Unheard", "type": "PRESENTER", "email": "eva@unheard.example" });
    for replayed in [None, Some("true")] {
        let path = world.path("/contacts");
        let answer = world.client.send(&Asked {
            named: Some("one-contact"),
            body: Some(contact.clone()),
            ..Asked::of("POST", &path, Some(&world.here.key))
        });
        assert_eq!(answer.status, 201, "{:?}", answer.json());
        assert_eq!(answer.header("idempotency-replayed"), replayed);
    }
}

#[test]
fn the_figures_say_how_often_each_route_was_asked() {
    let world = World::served_with(WATCHED);
    asked(&world);
    let told = scrape(&watcher(&world.server));
    for (route, method, status, times) in [
        ("/api/org/v1/{slug}/productions", "GET", "200", 3),
        ("/api/org/v1/{slug}/productions/{id}", "GET", "404", 1),
        ("/api/org/v1/{slug}/contacts", "POST", "201", 2),
        ("none", "GET", "404", 1),
    ] {
        let route = [("surface", "api"), ("route", route), ("method", method)];
        let answered = [&route[..], &[("status", status)]].concat();
        assert_eq!(
            told.count("org_api_http_requests_total", &answered),
            times,
            "{route:?}"
        );
        let timed = told.count("org_api_http_request_duration_seconds_count", &route);
        assert_eq!(timed, times, "{route:?}");
    }
    assert_eq!(told.count("org_api_idempotency_replays_total", &[]), 1);
    // The request for a path that there is not shows no key.
    assert_eq!(told.count("org_api_key_cache_misses_total", &[]), 1);
    assert_eq!(told.count("org_api_key_cache_hits_total", &[]), 5);
    assert_eq!(told.count("org_api_database_up", &[]), 1);
    let in_flight = told.count("org_api_http_requests_in_flight", &[("surface", "api")]);
    assert_eq!(in_flight, 0);
    assert!(told.value("org_api_database_connections", &[]) >= 1.0);
    assert!(told.value("process_resident_memory_bytes", &[]) > 1e6);
    assert!(told.value("process_open_fds", &[]) > 3.0);
}

#[test]
fn every_figure_is_documented_and_every_documented_one_is_told() {
    let world = World::served_with(WATCHED);
    asked(&world);
    let told = scrape(&watcher(&world.server));
    let guide = include_str!("../../docs/OPERATIONS.md");
    let rows = guide.lines().filter_map(|line| line.strip_prefix("| `"));
    let documented: Vec<_> = rows
        .filter(|row| row.starts_with("org_api_") || row.starts_with("process_"))
        .filter_map(|row| row.split(['`', '{']).next())
        .collect();
    for family in told.families() {
        assert!(documented.contains(&family), "{family} is not documented");
    }
    // Told only where there is a Redis, or a replica, or where something was limited or delivered.
    let elsewhere = ["org_api_shared_limits_", "org_api_replica_"];
    for name in documented {
        let missing = elsewhere.iter().any(|start| name.starts_with(start));
        assert!(
            missing || told.families().any(|family| family == name),
            "{name} is documented and not told"
        );
    }
}

#[test]
fn neither_the_figures_nor_the_log_tell_of_anybody() {
    let world = World::served_with(WATCHED);
    asked(&world);
    let traced = format!("00-{TRACE}-b7ad6b7169203331-01");
    let path = world.path("/tours?q=confidential");
    let answer = world
        .client
        .get_saying(&path, &world.here.key, &[("traceparent", &traced)]);
    let span = answer.header("traceparent").expect("a span");
    assert!(span.contains(TRACE) && span != traced, "{span}");
    let watcher = watcher(&world.server);
    let figures = String::from_utf8(watcher.get("/metrics", None).body).expect("UTF-8");
    world.server.signal(Signal::TERM);
    let log = world.server.last_words();
    let key = world.here.key.as_str();
    let private = [
        key,
        "eva@unheard.example",
        "Unheard",
        "confidential",
        "secret-place",
        "one-contact",
    ];
    for word in private {
        assert!(!figures.contains(word), "{word} in the figures");
        let said = log.iter().find(|line| line.contains(word));
        assert_eq!(said, None, "{word} in the log");
    }
    for word in [world.here.slug, "\"key_", "\"org_0"] {
        assert!(!figures.contains(word), "{word} in the figures");
    }
    let of_the_trace = log.iter().filter(|line| line.contains(TRACE)).count();
    assert_eq!(of_the_trace, 1, "{log:#?}");
    let requests = log.iter().filter(|line| line.contains("duration_ms"));
    assert_eq!(requests.count(), 8, "{log:#?}");
}

#[test]
fn what_no_handler_answers_is_counted_and_logged_all_the_same() {
    let world = World::served_with(WATCHED);
    let exchange = |sent: String| {
        let mut stream = TcpStream::connect(world.server.address()).expect("a connection");
        stream.set_read_timeout(Some(PATIENCE)).expect("a timeout");
        stream.write_all(sent.as_bytes()).expect("sent");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("an end");
        answer
    };
    let refused = exchange("GET / / HTTP/1.1\r\nHost: a\r\n\r\n".to_owned());
    let mut fields = refused.lines().filter_map(|line| line.split_once(": "));
    let id = fields.find(|(name, _)| *name == "x-request-id");
    let (_, id) = id.expect("an id");
    // The library takes its client for one that has gone.
    let broken = exchange(format!(
        "POST {} HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer {}\r\nContent-Type: application/json\r\n\
         Transfer-Encoding: chunked\r\n\r\nzz\r\n",
        world.path("/contacts"),
        world.here.key
    ));
    assert_eq!(broken, "");
    let told = scrape(&watcher(&world.server));
    for (name, label) in [
        ("org_api_http_unheard_total", ("status", "400")),
        ("org_api_http_requests_unanswered_total", ("surface", "api")),
    ] {
        assert_eq!(told.count(name, &[label]), 1, "{name}");
    }
    world.server.signal(Signal::TERM);
    let log = world.server.last_words();
    for (words, about) in [
        ("refused what is no request", id),
        ("request not answered", "{slug}/contacts"),
    ] {
        let mut lines = log.iter().filter(|line| line.contains(words));
        let line = lines.next().expect(words);
        assert!(line.contains(about), "{line}");
        assert_eq!(lines.next(), None);
    }
}

#[test]
fn nothing_else_is_at_the_address_of_metrics() {
    let world = World::served_with(WATCHED);
    let watcher = watcher(&world.server);
    for path in ["/", "/metrics/", "/healthz"] {
        assert_eq!(watcher.get(path, None).status, 404, "{path}");
    }
    for method in ["POST", "PUT", "DELETE", "OPTIONS"] {
        let answer = watcher.send(&Asked::of(method, "/metrics", None));
        assert_eq!(answer.status, 405, "{method}");
        assert_eq!(answer.header("allow"), Some("GET, HEAD"));
    }
    assert_eq!(world.client.get("/metrics", None).status, 404);
    assert_eq!(
        watcher.send(&Asked::of("HEAD", "/metrics", None)).status,
        200
    );
}

#[test]
fn an_address_that_is_taken_stops_the_start_before_anything_is_made() {
    let taken = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = taken.local_addr().expect("its address").to_string();
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("data");
    let output = program()
        .args(["serve", "--listen", "127.0.0.1:0"])
        .args(["--metrics-listen", &address, "--data-dir"])
        .arg(&data)
        .output()
        .expect("the program runs");
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8_lossy(&output.stderr);
    let line = format!("setting `metrics_listen`: cannot listen on {address}: ");
    assert!(said.lines().any(|said| said.contains(&line)), "{said}");
    assert!(!data.exists());
}
