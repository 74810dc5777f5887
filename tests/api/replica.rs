//! Reads go to a replica, which is late on purpose: whoever reads from it sees the old state.
//!
//! That a key stays on the primary for exactly as long as it is told to is tested by the clock in the keys'
//! own crate; here, that all parts of it work together.

mod pair;

use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use self::pair::Pair;
use crate::client::{Asked, Client};
use crate::command::{self, text};
use crate::metrics::{scrape, watcher};
use crate::server::Server;
use crate::waiting::until;
use crate::world::{Side, all_scopes, file, key, side};

/// For how long the reads of a key that has written stay on the primary, and how far the replica may be
/// behind, in milliseconds: long enough for a slow machine to read meanwhile, short enough to wait for.
const OWN_WRITES: &str = "8000";

/// How long another server may take to hear of a write; usually it is a hundredth of that.
const HEARD_WITHIN: Duration = Duration::from_secs(1);

/// An organization on a primary with a replica, two keys of it, and what they look at.
struct Stage {
    pair: Pair,
    here: Side,
    /// Writes nothing, and so has no reason to be told anything but what the replica has.
    reader: String,
    production: String,
}

impl Stage {
    fn new() -> Self {
        let pair = Pair::new();
        let url = pair.url();
        command::json(&url, &["migrate"]);
        let here = side(&url, "here-orchestra");
        let reader = key(&url, here.slug, &all_scopes());
        let server = Server::start(&url);
        let production = here.only(&server.client(), "/productions");
        Self {
            pair,
            here,
            reader,
            production,
        }
    }

    /// A server that reads from the replica.
    fn serve(&self) -> Server {
        let url = self.pair.replicas_url();
        let replica = ["--read-database-url", &url];
        let own_writes = ["--read-own-writes-ms", OWN_WRITES];
        let metrics = ["--metrics-listen", "127.0.0.1:0", "--log-format", "json"];
        let arguments = [&replica[..], &own_writes, &metrics].concat();
        let server = Server::start_with(&self.pair.url(), &arguments);
        let (client, watcher) = (server.client(), watcher(&server));
        until("the server has heard for long enough", || {
            self.items(&client, &self.reader);
            let reads = ("org_api_replica_reads_total", [("to", "replica")]);
            scrape(&watcher).value(reads.0, &reads.1) > 0.0
        });
        server
    }

    /// Adds something to do, as the key that writes.
    fn write(&self, client: &Client) {
        let list = format!("/productions/{}/checklist", self.production);
        let label = json!({ "label": "Tune the harp" });
        self.here.write(client, ("POST", &list), label).made();
    }

    /// How much there is to do, as a key sees it.
    fn items(&self, client: &Client, key: &str) -> usize {
        let path = self.here.path(&format!("/productions/{}", self.production));
        let production = client.get(&path, Some(key)).data();
        production["checklist"].as_array().expect("a list").len()
    }

    /// Sees that a key that writes nothing is answered by the replica, which has not got what is imported
    /// here: titles are all that changes.
    fn see_that_the_replica_is_read(&self, clients: &[&Client], title: &str) {
        let row = json!({ "kind": "production", "externalId": "p", "title": title,
            "startDate": "2026-09-18", "endDate": "2026-09-20", "status": "CONFIRMED" });
        let rows = file(&[row]);
        let path = rows.path().to_str().expect("a path in UTF-8");
        let import = ["import", "--org", self.here.slug, path];
        command::json(&self.pair.url(), &import);
        let path = self.here.path(&format!("/productions/{}", self.production));
        for client in clients {
            let read = client.get(&path, Some(&self.reader)).data();
            assert_ne!(read["title"], title, "the replica is read");
        }
    }
}

#[test]
fn a_key_reads_what_it_wrote_on_every_server_and_others_what_the_replica_has() {
    let stage = Stage::new();
    let (server, other) = (stage.serve(), stage.serve());
    let watching = watcher(&server);
    let (one, other) = (server.client(), other.client());
    let writer = stage.here.key.as_str();
    stage.pair.pause();
    stage.see_that_the_replica_is_read(&[&one, &other], "Imported");

    stage.write(&one);
    assert_eq!(
        stage.items(&one, writer),
        1,
        "at once, where it has written"
    );
    assert_eq!(stage.items(&one, &stage.reader), 0);
    let mut written = 1;
    until("the other server hears of it", || {
        written += 1;
        stage.write(&one);
        let answered = Instant::now();
        let heard = || stage.items(&other, writer) == written;
        while !heard() && answered.elapsed() < HEARD_WITHIN {
            thread::sleep(Duration::from_millis(1));
        }
        println!("heard of within {:?}", answered.elapsed());
        answered.elapsed() < HEARD_WITHIN
    });
    assert_eq!(stage.items(&other, &stage.reader), 0);

    // Until the replica is too far behind for anybody, nobody loses sight of what they wrote.
    for client in [&one, &other] {
        until("the replica is not read", || {
            assert_eq!(stage.items(client, writer), written);
            stage.items(client, &stage.reader) == written
        });
    }
    let lag = scrape(&watching).value("org_api_replica_lag_seconds", &[]);
    assert!(lag > 1.0, "{lag}");
    stage.pair.resume();
    until("the replica is read again", || {
        assert_eq!(stage.items(&one, writer), written);
        scrape(&watching).value("org_api_replica_up", &[]) > 0.0
    });
}

#[test]
fn what_must_not_be_late_is_asked_of_the_primary() {
    let stage = Stage::new();
    let server = stage.serve();
    let client = server.client();
    stage.pair.pause();
    stage.see_that_the_replica_is_read(&[&client], "Imported");

    // The replica has never heard of this key, nor of its end.
    let url = stage.pair.url();
    let new = key(&url, stage.here.slug, &all_scopes());
    assert_eq!(stage.items(&client, &new), 0);
    let listed = command::json(&url, &["key", "list", "--org", stage.here.slug]);
    let keys = listed["items"].as_array().expect("a list");
    let newest = keys.iter().max_by_key(|key| text(key, "createdAt"));
    let id = text(newest.expect("a key"), "id");
    command::json(&url, &["key", "revoke", &id]);
    let path = stage.here.path("/works");
    until("the key is refused", || {
        client.get(&path, Some(&new)).status == 401
    });

    // Whoever has come further in the feed than the replica goes on from there.
    let bookings = stage.here.path("/resource-bookings");
    let named = Asked {
        named: Some("once"),
        body: Some(
            json!({ "resourceId": stage.here.only(&client, "/resources"), "title": "Late",
            "startAt": "2030-01-01T10:00:00Z", "endAt": "2030-01-01T11:00:00Z" }),
        ),
        ..Asked::of("POST", &bookings, Some(&stage.here.key))
    };
    let booked = client.send(&named).made();
    let events = stage.here.path("/events");
    let mut last = Value::Null;
    until("the event is told", || {
        let feed = client.get(&events, Some(&stage.here.key)).data();
        last = feed["items"]
            .as_array()
            .expect("a list")
            .last()
            .cloned()
            .unwrap_or_default();
        last["data"]["id"] == booked["id"]
    });
    let after = format!("{events}?after={}", text(&last, "id"));
    let feed = client.get(&after, Some(&stage.reader)).data();
    assert_eq!(
        feed["items"],
        json!([]),
        "nothing is skipped, nothing is told twice"
    );
    let repeated = client.send(&named);
    assert_eq!(repeated.header("idempotency-replayed"), Some("true"));

    // What the replica lacks is looked for where it must be.
    let row = json!({ "kind": "production", "externalId": "new", "title": "New",
        "startDate": "2027-09-18", "endDate": "2027-09-20" });
    let rows = file(&[row]);
    let path = rows.path().to_str().expect("a path in UTF-8");
    command::json(&url, &["import", "--org", stage.here.slug, path]);
    stage.write(&client);
    let new = stage.here.path("/productions?q=new");
    let on_primary = client.get(&new, Some(&stage.here.key)).data();
    let on_replica = client.get(&new, Some(&stage.reader)).data();
    assert_eq!(
        (&on_primary["total"], &on_replica["total"]),
        (&json!(1), &json!(0))
    );
    let id = text(&on_primary["items"][0], "id");
    let one = stage.here.path(&format!("/productions/{id}"));
    assert_eq!(client.get(&one, Some(&stage.reader)).data()["title"], "New");
}

#[test]
fn reads_go_on_without_the_replica_and_to_it_again_once_it_is_back() {
    let mut stage = Stage::new();
    let server = stage.serve();
    let (client, watching) = (server.client(), watcher(&server));
    stage.pair.pause();
    stage.see_that_the_replica_is_read(&[&client], "Imported");
    stage.write(&client);
    assert_eq!(stage.items(&client, &stage.reader), 0);

    stage.pair.stop_replica();
    for _ in 0..20 {
        let began = Instant::now();
        assert_eq!(stage.items(&client, &stage.reader), 1);
        // Far less than a request waits for a connection.
        assert!(
            began.elapsed() < Duration::from_millis(1500),
            "{:?}",
            began.elapsed()
        );
    }

    stage.pair.start_replica();
    until("the replica is read again", || {
        let up = scrape(&watching).value("org_api_replica_up", &[]);
        up > 0.0
    });
    stage.pair.pause();
    stage.see_that_the_replica_is_read(&[&client], "Imported again");
}

#[test]
fn a_replica_that_stands_still_costs_a_moment_and_is_not_asked_until_it_goes_on() {
    let stage = Stage::new();
    let server = stage.serve();
    let (client, watching) = (server.client(), watcher(&server));
    let reads = |to| scrape(&watching).value("org_api_replica_reads_total", &[("to", to)]);
    let frozen = stage.pair.freeze_replica();
    stage.write(&client);
    let began = Instant::now();
    assert_eq!(stage.items(&client, &stage.reader), 1);
    // Two and a half, and what a slow machine takes.
    assert!(began.elapsed() < Duration::from_secs(6));
    for _ in 0..20 {
        let began = Instant::now();
        assert_eq!(stage.items(&client, &stage.reader), 1);
        assert!(began.elapsed() < Duration::from_millis(1500));
    }
    assert!(reads("primary_away") >= 21.0);
    drop(frozen);
    let before = reads("replica");
    until("the replica is read again", || {
        stage.items(&client, &stage.reader);
        reads("replica") > before
    });
}

#[test]
fn a_server_that_is_no_replica_is_told_of_and_not_read() {
    let stage = Stage::new();
    let url = stage.pair.url();
    let itself = ["--read-database-url", url.as_str()];
    let server = Server::start_with(&url, &itself);
    server.until_it_has_said("it is no replica");
    assert_eq!(stage.items(&server.client(), &stage.reader), 0);
}
