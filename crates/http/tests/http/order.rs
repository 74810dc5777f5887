//! The order of the checks: of two things that are wrong with a request, the earlier one is told.

use std::collections::BTreeSet;

use actix_web::test::TestRequest;
use org_auth::rate::{OwnLimits, PerMinute};
use org_auth::scope::ScopeSet;

use crate::world::{World, with_key};

/// What can be wrong with a request, in the order in which it is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fault {
    Route,
    Method,
    Key,
    RateLimit,
    Slug,
    Scope,
    Size,
    Type,
    Shape,
    Object,
}

const FAULTS: &[(Fault, u16, &str)] = &[
    (Fault::Route, 404, "ROUTE_NOT_FOUND"),
    (Fault::Method, 405, "METHOD_NOT_ALLOWED"),
    (Fault::Key, 401, "API_KEY_INVALID"),
    (Fault::RateLimit, 429, "RATE_LIMITED"),
    (Fault::Slug, 404, "ORG_NOT_FOUND"),
    (Fault::Scope, 403, "API_SCOPE_MISSING"),
    (Fault::Size, 413, "PAYLOAD_TOO_LARGE"),
    (Fault::Type, 415, "UNSUPPORTED_MEDIA_TYPE"),
    (Fault::Shape, 422, "VALIDATION_FAILED"),
    (Fault::Object, 404, "NOT_FOUND"),
];

/// A world with a key that is as bad as the faults say.
async fn world_and_key(faults: &BTreeSet<Fault>) -> (World, String) {
    let world = World::new();
    if faults.contains(&Fault::Key) {
        let secret = World::new().issue(99, |_| {});
        return (world, secret);
    }
    let key = world.issue(2, |key| {
        if faults.contains(&Fault::RateLimit) {
            let one = PerMinute::new(1).ok();
            key.limits = OwnLimits {
                reads: one,
                writes: one,
            };
        }
        if faults.contains(&Fault::Scope) {
            key.scopes = ScopeSet::NONE;
        }
    });
    if faults.contains(&Fault::RateLimit) {
        let first = world
            .send(with_key(TestRequest::with_uri("/api/org/v1/vienna"), &key))
            .await;
        assert_ne!(first.status, 429, "the first is within the limit");
    }
    (world, key)
}

fn request(faults: &BTreeSet<Fault>, known: &str) -> TestRequest {
    let has = |fault| faults.contains(&fault);
    let slug = if has(Fault::Slug) { "linz" } else { "vienna" };
    let id = if has(Fault::Object) {
        "prod_01h455vb4pex5vsknk084sn02q"
    } else {
        known
    };
    let end = if has(Fault::Route) { "/nothing" } else { "" };
    let query = if has(Fault::Shape) { "?surprise=1" } else { "" };
    let mut request =
        TestRequest::with_uri(&format!("/api/org/v1/{slug}/productions/{id}{end}{query}"));
    if has(Fault::Method) {
        request = request.method(actix_web::http::Method::DELETE);
    }
    if has(Fault::Size) {
        request = request.set_payload(vec![b' '; 300 * 1024]);
    } else if has(Fault::Type) {
        request = request
            .insert_header(("content-type", "text/plain"))
            .set_payload("hello");
    }
    request
}

async fn check(faults: &[(Fault, u16, &str)]) {
    let set: BTreeSet<_> = faults.iter().map(|(fault, ..)| *fault).collect();
    let (world, key) = world_and_key(&set).await;
    let ids = world.get("/productions").await.items("id");
    let known = ids[0].as_str().expect("an id").to_owned();
    let answer = world.send(with_key(request(&set, &known), &key)).await;
    let (_, status, code) = faults[0];
    assert_eq!(
        (answer.status, answer.code().as_str()),
        (status, code),
        "{set:?}"
    );
}

#[actix_web::test]
async fn a_request_without_fault_is_answered() {
    let (world, key) = world_and_key(&BTreeSet::new()).await;
    let ids = world.get("/productions").await.items("id");
    let known = ids[0].as_str().expect("an id").to_owned();
    let answer = world
        .send(with_key(request(&BTreeSet::new(), &known), &key))
        .await;
    assert_eq!(answer.status, 200);
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
