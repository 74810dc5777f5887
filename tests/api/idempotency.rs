//! Writes that are sent again, to the same server and to another.

use std::thread;
use std::time::Instant;

use diesel::connection::SimpleConnection;
use serde_json::json;

use crate::client::{Answer, Asked, Client};
use crate::counting::count;
use crate::server::{PATIENCE, PATIENT, Server};
use crate::world::World;

const CONTACTS: &str = "SELECT count(*) FROM contacts WHERE name = 'Twin'";

fn twin(world: &World, client: &Client) -> Answer {
    client.send(&Asked {
        named: Some("twin"),
        body: Some(json!({ "name": "Twin", "type": "AGENT" })),
        ..Asked::of("POST", &world.path("/contacts"), Some(&world.here.key))
    })
}

#[test]
fn an_answer_is_the_same_from_every_server_and_after_a_restart() {
    let world = World::new();
    let first = twin(&world, &world.client);
    let other = Server::start(world.url());
    let again = twin(&world, &other.client());
    assert_eq!((first.status, again.status), (201, 201));
    assert_eq!(first.body, again.body);
    assert_eq!(first.header("location"), again.header("location"));
    assert_eq!(first.header("idempotency-replayed"), None);
    assert_eq!(again.header("idempotency-replayed"), Some("true"));
    assert_eq!(count(&mut world.connection(), CONTACTS), 1);
}

#[test]
fn twins_that_arrive_at_once_are_done_once() {
    let world = World::new();
    let other = Server::start(world.url());
    let answers: Vec<_> = thread::scope(|scope| {
        let twins = (0..32).map(|number| {
            let server = [&world.server, &other][number % 2];
            let world = &world;
            scope.spawn(move || twin(world, &server.client()))
        });
        let twins: Vec<_> = twins.collect();
        twins
            .into_iter()
            .map(|twin| twin.join().expect("an answer"))
            .collect()
    });
    let last = twin(&world, &world.client);
    for answer in &answers {
        match answer.status {
            201 => assert_eq!(answer.body, last.body),
            status => {
                assert_eq!((status, &*answer.code()), (409, "IDEMPOTENCY_KEY_IN_USE"));
                assert!(answer.header("retry-after").is_some());
            }
        }
    }
    assert!(answers.iter().any(|answer| answer.status == 201));
    assert_eq!(count(&mut world.connection(), CONTACTS), 1);
}

/// A write waits for a lock that the test holds; meanwhile its twin is told to come back.
#[test]
fn a_key_is_in_use_while_its_first_request_runs() {
    let world = World::served_with(PATIENT);
    let made = world.post("/contacts", json!({ "name": "One", "type": "AGENT" }));
    let path = world.path(&format!(
        "/contacts/{}",
        made.made()["id"].as_str().expect("an id")
    ));
    let change = |body| {
        world.client.send(&Asked {
            named: Some("slow"),
            body: Some(body),
            ..Asked::of("PATCH", &path, Some(&world.here.key))
        })
    };
    let slow = || change(json!({ "name": "Two", "type": "AGENT" }));
    let mut holder = world.connection();
    let lock = "BEGIN; SELECT 1 FROM contacts WHERE name = 'One' FOR UPDATE";
    holder.batch_execute(lock).expect("the row is locked");
    thread::scope(|scope| {
        let first = scope.spawn(slow);
        until_somebody_waits(&world);
        let twin = slow();
        assert_eq!(
            (twin.status, &*twin.code()),
            (409, "IDEMPOTENCY_KEY_IN_USE")
        );
        assert_eq!(twin.header("retry-after"), Some("1"));
        let elsewhere = world.client.send(&Asked {
            named: Some("slow"),
            body: Some(json!({ "name": "Two", "type": "AGENT" })),
            ..Asked::of(
                "PATCH",
                &world.path("/contacts/con_01h455vb4pex5vsknk084sn02q"),
                Some(&world.here.key),
            )
        });
        assert_eq!(elsewhere.code(), "NOT_FOUND", "objects are looked at first");
        holder.batch_execute("COMMIT").expect("the row is free");
        let first = first.join().expect("an answer");
        assert_eq!(first.status, 200);
        let again = slow();
        assert_eq!(again.body, first.body);
        assert_eq!(again.header("idempotency-replayed"), Some("true"));
    });
    let other = change(json!({ "name": "Three", "type": "AGENT" }));
    assert_eq!(other.code(), "IDEMPOTENCY_KEY_MISMATCH");
}

fn until_somebody_waits(world: &World) {
    let waiting = "SELECT count(*) FROM pg_stat_activity \
        WHERE datname = current_database() AND cardinality(pg_blocking_pids(pid)) > 0";
    let (mut conn, deadline) = (world.connection(), Instant::now() + PATIENCE);
    while count(&mut conn, waiting) == 0 {
        assert!(Instant::now() < deadline, "nobody waits for the lock");
        thread::yield_now();
    }
}

/// Another organization's keys are its own.
#[test]
fn a_key_of_another_organization_is_another_key() {
    let world = World::new();
    let first = twin(&world, &world.client);
    let theirs = world.client.send(&Asked {
        named: Some("twin"),
        body: Some(json!({ "name": "Theirs", "type": "AGENT" })),
        ..Asked::of(
            "POST",
            &world.there.path("/contacts"),
            Some(&world.there.key),
        )
    });
    assert_eq!((first.status, theirs.status), (201, 201));
    assert_eq!(theirs.header("idempotency-replayed"), None);
}
