//! Writes that are sent again.

use org_kernel::clock::Clock as _;
use serde_json::{Value, json};
use time::Duration;

use super::{booking, contact, every_write};
use crate::response::Response;
use crate::world::World;

impl World {
    /// A write below Vienna's path under the client's own name for it.
    pub(super) async fn named(
        &self,
        key: &str,
        method: &str,
        path: &str,
        body: &Value,
    ) -> Response {
        let request = self.writing(method, path, body);
        self.send(request.insert_header(("idempotency-key", key)))
            .await
    }
}

fn replayed(answer: &Response) -> bool {
    answer.header("idempotency-replayed") == Some("true")
}

#[actix_web::test]
async fn every_write_is_answered_again_and_done_once() {
    let world = World::new();
    for (place, (method, path, body)) in every_write(&world).await.into_iter().enumerate() {
        let key = format!("key {place}");
        let first = world.named(&key, method, &path, &body).await;
        let (events, entries) = (world.events(), world.library.inner.entries(world.vienna));
        let again = world.named(&key, method, &path, &body).await;
        assert_eq!(
            (again.status, &again.body),
            (first.status, &first.body),
            "{path}"
        );
        for name in ["location", "content-type"] {
            assert_eq!(again.header(name), first.header(name), "{path}");
        }
        assert_eq!(
            (replayed(&first), replayed(&again)),
            (false, true),
            "{path}"
        );
        assert_eq!(world.events(), events);
        assert_eq!(world.library.inner.entries(world.vienna), entries);
    }
}

#[actix_web::test]
async fn a_key_is_for_one_request() {
    let world = World::new();
    world.named("k", "POST", "/contacts", &contact()).await;
    let other = json!({ "name": "Somebody else", "type": "AGENT" });
    let list = format!("/productions/{}/checklist", world.production().await);
    for (method, path, body) in [
        ("POST", "/contacts", &other),
        ("POST", &*list, &json!({ "label": "x" })),
    ] {
        let answer = world.named("k", method, path, body).await;
        assert_eq!(
            (answer.status, answer.code().as_str()),
            (422, "IDEMPOTENCY_KEY_MISMATCH"),
            "{path}"
        );
        assert!(!replayed(&answer));
    }
    let spaced = world
        .request_by("POST", "/contacts")
        .insert_header(("content-type", "application/json"))
        .insert_header(("idempotency-key", "k"))
        .set_payload(format!("{} ", contact()));
    assert_eq!(
        world.send(spaced).await.code(),
        "IDEMPOTENCY_KEY_MISMATCH",
        "bodies are compared as bytes"
    );
}

#[actix_web::test]
async fn a_refusal_by_the_state_is_kept() {
    let world = World::new();
    let hall = world.hall().await;
    let slot = booking(&hall, 9, 11);
    let made = world.post("/resource-bookings", &slot).await;
    let first = world.named("k", "POST", "/resource-bookings", &slot).await;
    assert_eq!(first.code(), "BOOKING_CONFLICT");
    let cancel = format!("/resource-bookings/{}/cancel", super::id(&made));
    world.patch(&cancel, &json!({})).await;
    let again = world.named("k", "POST", "/resource-bookings", &slot).await;
    assert_eq!((again.status, &again.body), (409, &first.body));
    assert!(replayed(&again));
    let anew = world.named("l", "POST", "/resource-bookings", &slot).await;
    assert_eq!(anew.status, 201);
}

#[actix_web::test]
async fn a_refusal_of_the_request_leaves_the_key_free() {
    let world = World::new();
    let hall = world.hall().await;
    for bad in [
        json!({ "title": "t" }),
        booking("res_01h455vb4pex5vsknk084sn02q", 9, 10),
    ] {
        let answer = world.named("k", "POST", "/resource-bookings", &bad).await;
        assert!((400..500).contains(&answer.status));
    }
    let good = world
        .named("k", "POST", "/resource-bookings", &booking(&hall, 9, 10))
        .await;
    assert_eq!(good.status, 201);
}

#[actix_web::test]
async fn a_failure_of_ours_leaves_the_key_free() {
    use crate::broken::Health;
    let world = World::new();
    world.library.falls(Health::Unreachable);
    let failed = world.named("k", "POST", "/contacts", &contact()).await;
    assert_eq!(failed.status, 503);
    world.library.falls(Health::Well);
    let done = world.named("k", "POST", "/contacts", &contact()).await;
    assert_eq!((done.status, replayed(&done)), (201, false));
}

#[actix_web::test]
async fn a_key_is_kept_for_a_day() {
    let world = World::new();
    let first = world.named("k", "POST", "/contacts", &contact()).await;
    world.clock.advance(Duration::DAY - Duration::MILLISECOND);
    assert!(replayed(
        &world.named("k", "POST", "/contacts", &contact()).await
    ));
    world.clock.advance(Duration::MILLISECOND);
    let anew = world.named("k", "POST", "/contacts", &contact()).await;
    assert_eq!((anew.status, replayed(&anew)), (201, false));
    assert_ne!(anew.body, first.body);
    assert!(world.clock.now() > "2026-03-15T00:00:00Z".parse().expect("an instant"));
}

#[actix_web::test]
async fn a_key_that_breaks_the_rule_is_named() {
    let world = World::new();
    let bad = [
        "".as_bytes().to_vec(),
        "k".repeat(256).into_bytes(),
        "ü".as_bytes().to_vec(),
        b"a\tb".to_vec(),
    ];
    for key in bad {
        let value = actix_web::http::header::HeaderValue::from_bytes(&key).expect("a header");
        let request = world.writing("POST", "/contacts", &json!({ "name": "n" }));
        let answer = world
            .send(request.insert_header(("idempotency-key", value)))
            .await;
        let expected = json!({ "fields": {
            "Idempotency-Key": ["must be 1 to 255 printable ASCII characters"],
            "type": ["is required"],
        } });
        assert_eq!(
            (answer.status, answer.details()),
            (422, expected),
            "{key:?}"
        );
    }
    let longest = "k".repeat(255);
    let answer = world.named(&longest, "POST", "/contacts", &contact()).await;
    assert_eq!(answer.status, 201);
}

#[actix_web::test]
async fn two_keys_are_not_one() {
    let world = World::new();
    let request = world.writing("POST", "/contacts", &contact());
    let request = request
        .append_header(("idempotency-key", "a"))
        .append_header(("idempotency-key", "b"));
    let answer = world.send(request).await;
    assert_eq!(
        answer.details()["fields"]["Idempotency-Key"],
        json!(["must not be sent twice"])
    );
}

#[actix_web::test]
async fn a_read_has_no_use_for_a_key() {
    let world = World::new();
    let request = world
        .request("/works")
        .insert_header(("idempotency-key", ""));
    assert_eq!(world.send(request).await.status, 200);
}
