//! The feed: what happened, as it was stored.

use actix_web::test::TestRequest;
use serde_json::json;

use crate::broken::Health;
use crate::world::{World, with_key};

/// The stored bytes of everything that has happened in Vienna.
fn stored(world: &World) -> Vec<String> {
    let events = world.library.inner.events(world.vienna).into_iter();
    events.map(|event| event.payload).collect()
}

/// The answer that has these payloads.
fn answer(payloads: &[String], has_more: bool) -> String {
    let items = payloads.join(",");
    format!(r#"{{"success":true,"data":{{"items":[{items}],"hasMore":{has_more}}}}}"#)
}

fn id(payload: &str) -> String {
    let event: serde_json::Value = serde_json::from_str(payload).expect("JSON");
    event["id"].as_str().expect("an id").to_owned()
}

#[actix_web::test]
async fn events_are_answered_byte_for_byte() {
    let world = World::new();
    let events = stored(&world);
    assert!(events.len() > 1, "{events:?}");
    let answered = world.get("/events").await;
    assert_eq!(answered.status, 200);
    assert_eq!(answered.text(), answer(&events, false));
    assert_eq!(answered.header("content-type"), Some("application/json"));
    assert_eq!(answered.header("cache-control"), Some("no-store"));
}

#[actix_web::test]
async fn events_are_answered_after_the_last_that_was_seen() {
    let world = World::new();
    let events = stored(&world);
    let page = world.get("/events?limit=1").await;
    assert_eq!(page.text(), answer(&events[..1], true));
    let path = format!("/events?limit=1000&after={}", id(&events[0]));
    let rest = world.get(&path).await;
    assert_eq!(rest.text(), answer(&events[1..], false));
    let last = id(events.last().expect("an event"));
    let nothing = world.get(&format!("/events?after={last}")).await;
    assert_eq!(nothing.text(), answer(&[], false));
}

/// Another organization's event, and what is no event at all, look alike.
#[actix_web::test]
async fn an_event_that_is_not_there_is_not_found() {
    let world = World::new();
    let theirs = world.library.inner.events(world.linz)[0].id.to_string();
    let ours = id(&stored(&world)[0]);
    let mut bodies = Vec::new();
    for after in [
        theirs,
        ours.to_uppercase(),
        ours.replace("evt", "prod"),
        "evt_01h455vb4pex5vsknk084sn02q".to_owned(),
        "x".to_owned(),
        "%00".to_owned(),
    ] {
        let answered = world.get(&format!("/events?after={after}")).await;
        assert_eq!(
            (answered.status, answered.code().as_str()),
            (404, "NOT_FOUND"),
            "{after}"
        );
        bodies.push(answered.body);
    }
    bodies.dedup();
    assert_eq!(bodies.len(), 1);
}

#[actix_web::test]
async fn nobody_reads_another_organizations_events() {
    let world = World::new();
    let key = world.issue(50, |key| key.org = world.linz);
    let request = TestRequest::with_uri("/api/org/v1/linz/events");
    let theirs = world.send(with_key(request, &key)).await;
    let expected = world.library.inner.events(world.linz).into_iter();
    let expected: Vec<_> = expected.map(|event| event.payload).collect();
    assert_eq!(theirs.text(), answer(&expected, false));
    assert!(stored(&world).iter().all(|ours| !expected.contains(ours)));
}

#[actix_web::test]
async fn a_limit_has_its_bounds() {
    let world = World::new();
    let bounds = json!({ "limit": ["must be a whole number from 1 to 1000"] });
    for limit in ["0", "1001", "-1", "1e2", "%2B5", "x", "4294967296"] {
        let answered = world.get(&format!("/events?limit={limit}")).await;
        assert_eq!(answered.status, 422, "{limit}");
        assert_eq!(answered.details()["fields"], bounds, "{limit}");
    }
}

#[actix_web::test]
async fn every_bad_parameter_of_the_feed_is_named() {
    let answered = World::new().get("/events?after=&limit=0&page=2").await;
    let named = json!({
        "after": ["must not be empty"],
        "limit": ["must be a whole number from 1 to 1000"],
        "page": ["is not a parameter of this endpoint"],
    });
    assert_eq!(answered.details()["fields"], named);
}

#[actix_web::test]
async fn a_store_that_is_away_is_unavailable() {
    let world = World::new();
    // The key is known before the store falls ill.
    world.get("/events").await;
    world.library.falls(Health::Unreachable);
    let answered = world.get("/events").await;
    assert_eq!(
        (answered.status, answered.code().as_str()),
        (503, "UNAVAILABLE")
    );
}
