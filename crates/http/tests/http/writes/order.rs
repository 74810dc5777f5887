//! The order of the checks of a write: of two things that are wrong, the earlier one is told.

use std::collections::BTreeSet;

use actix_web::test::TestRequest;
use org_auth::rate::{OwnLimits, PerMinute};
use org_auth::scope::ScopeSet;
use serde_json::json;

use super::{NOBODY, booking};
use crate::world::{World, with_key};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fault {
    Key,
    RateLimit,
    Slug,
    Scope,
    Size,
    Type,
    Shape,
    Object,
    State,
}

const FAULTS: &[(Fault, u16, &str)] = &[
    (Fault::Key, 401, "API_KEY_MALFORMED"),
    (Fault::RateLimit, 429, "RATE_LIMITED"),
    (Fault::Slug, 404, "ORG_NOT_FOUND"),
    (Fault::Scope, 403, "API_SCOPE_MISSING"),
    (Fault::Size, 413, "PAYLOAD_TOO_LARGE"),
    (Fault::Type, 415, "UNSUPPORTED_MEDIA_TYPE"),
    (Fault::Shape, 422, "VALIDATION_FAILED"),
    (Fault::Object, 404, "NOT_FOUND"),
    (Fault::State, 409, "BOOKING_CONFLICT"),
];

async fn check(faults: &[(Fault, u16, &str)]) {
    let set: BTreeSet<_> = faults.iter().map(|(fault, ..)| *fault).collect();
    let has = |fault| set.contains(&fault);
    let world = World::new();
    let hall = world.hall().await;
    world
        .post("/resource-bookings", &booking(&hall, 9, 11))
        .await;
    let key = world.issue(2, |key| {
        if has(Fault::RateLimit) {
            let one = PerMinute::new(1).ok();
            key.limits = OwnLimits {
                reads: one,
                writes: one,
            };
        }
        if has(Fault::Scope) {
            key.scopes = ScopeSet::NONE;
        }
    });
    let uri = |slug: &str| format!("/api/org/v1/{slug}/resource-bookings");
    if has(Fault::RateLimit) {
        let spend = TestRequest::post().uri(&uri("vienna"));
        assert_ne!(world.send(with_key(spend, &key)).await.status, 429);
    }
    let resource = if has(Fault::Object) {
        format!("res_{NOBODY}")
    } else {
        hall
    };
    let mut body = booking(&resource, if has(Fault::State) { 10 } else { 15 }, 17);
    if has(Fault::Shape) {
        body["title"] = json!(7);
    }
    let mut body = body.to_string();
    if has(Fault::Size) {
        body.push_str(&" ".repeat(300 * 1024));
    }
    let content_type = if has(Fault::Type) {
        "text/plain"
    } else {
        "application/json"
    };
    let slug = if has(Fault::Slug) { "linz" } else { "vienna" };
    let request = TestRequest::post()
        .uri(&uri(slug))
        .insert_header(("content-type", content_type))
        .set_payload(body);
    let key = if has(Fault::Key) { "nonsense" } else { &key };
    let answer = world.send(with_key(request, key)).await;
    let (_, status, code) = faults[0];
    assert_eq!(
        (answer.status, answer.code().as_str()),
        (status, code),
        "{set:?}"
    );
}

#[actix_web::test]
async fn each_check_is_made_before_each_later_one() {
    for (place, earlier) in FAULTS.iter().enumerate() {
        check(&[*earlier]).await;
        for later in &FAULTS[place + 1..] {
            check(&[*earlier, *later]).await;
        }
    }
}

#[actix_web::test]
async fn of_everything_that_is_wrong_the_first_is_told() {
    for place in 0..FAULTS.len() {
        check(&FAULTS[place..]).await;
    }
}
