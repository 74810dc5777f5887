//! What is kept of requests: each refusal for a key or a scope is one row of the audit trail, and
//! each request with a valid key is counted.

use actix_web::http::Method;
use actix_web::test::TestRequest;
use org_auth::key::KeySecret;
use org_auth::rate::{OwnLimits, PerMinute};
use org_auth::scope::Scope;
use org_auth::usage::Tally;
use org_http::Settings;
use org_kernel::actor::Actor;
use org_kernel::audit::{Entry, Request};
use org_kernel::clock::Clock;
use org_kernel::id::KeyId;
use serde_json::{Value, json};
use time::Duration;
use uuid::Uuid;

use crate::broken::Health;
use crate::world::{VIENNA, World, with_key};

const ROUTE: &str = "/api/org/v1/{slug}/productions/{id}";

fn key_id(number: u128) -> KeyId {
    KeyId::new(Uuid::from_u128(number))
}

/// Asks for a production from a known address under a known id.
fn asked(key: &str) -> TestRequest {
    let request = TestRequest::with_uri(&format!("{VIENNA}/productions/secret-name?q=secret"));
    with_key(request, key)
        .peer_addr("[::ffff:192.0.2.7]:4711".parse().expect("an address"))
        .insert_header(("x-request-id", "request-7"))
}

/// Sends a request that is refused, and answers the one row that it made, and where.
async fn row_of(world: &World, request: TestRequest) -> (Option<&'static str>, Entry) {
    world.send(request).await;
    let trails = [
        (None, world.refused(None)),
        (Some("vienna"), world.refused(Some(world.vienna))),
        (Some("linz"), world.refused(Some(world.linz))),
    ];
    let mut rows = trails
        .into_iter()
        .flat_map(|(org, rows)| rows.into_iter().map(move |row| (org, row)));
    let row = rows.next().expect("a row");
    assert_eq!(rows.next(), None, "no second row");
    row
}

/// A row that says all that is expected of one.
fn assert_row(world: &World, row: &Entry, key: Option<u128>, status: u16, details: &Value) {
    assert_eq!(row.at, world.clock.now());
    assert_eq!(row.actor, key.map(|number| Actor::Key(key_id(number))));
    assert_eq!((&*row.action, &row.subject), ("request.refused", &None));
    assert_eq!(&Value::from(row.details.clone()), details);
    let expected = Request {
        id: "request-7".to_owned(),
        address: "192.0.2.7".parse().expect("an address"),
        method: "GET".to_owned(),
        route: ROUTE.to_owned(),
        status,
    };
    assert_eq!(row.request, Some(expected));
}

#[actix_web::test]
async fn a_key_of_nobody_makes_one_row_of_nobody() {
    let unknown = World::new().issue(99, |_| {});
    for (key, code) in [
        (unknown.as_str(), "API_KEY_INVALID"),
        ("abo_org_x", "API_KEY_MALFORMED"),
    ] {
        let world = World::new();
        let (org, row) = row_of(&world, asked(key)).await;
        assert_eq!(org, None);
        assert_row(&world, &row, None, 401, &json!({ "code": code }));
        assert_eq!(world.used(), [], "it is nobody's request");
    }
}

#[actix_web::test]
async fn a_key_that_has_ended_makes_one_row_of_its_organization() {
    let world = World::new();
    let revoked = world.issue(2, |_| {});
    world.revoke(2);
    let (org, row) = row_of(&world, asked(&revoked)).await;
    assert_eq!(org, Some("vienna"));
    assert_row(
        &world,
        &row,
        Some(2),
        401,
        &json!({ "code": "API_KEY_REVOKED" }),
    );
    assert_eq!(world.used(), [], "only requests of valid keys are counted");

    let world = World::new();
    let expired = world.issue(3, |key| key.expires_at = Some(key.created_at));
    let (org, row) = row_of(&world, asked(&expired)).await;
    assert_eq!(org, Some("vienna"));
    assert_row(
        &world,
        &row,
        Some(3),
        401,
        &json!({ "code": "API_KEY_EXPIRED" }),
    );
}

#[actix_web::test]
async fn a_missing_scope_makes_one_row_and_is_counted() {
    let world = World::new();
    let narrow = world.issue_with(4, [Scope::ReadPersonnel]);
    let (org, row) = row_of(&world, asked(&narrow)).await;
    assert_eq!(org, Some("vienna"));
    let details = json!({ "code": "API_SCOPE_MISSING", "required": "org:read:operations" });
    assert_row(&world, &row, Some(4), 403, &details);
    let expected = Tally {
        reads: 1,
        refused: 1,
        ..Tally::default()
    };
    assert_eq!(tallies(&world), [(key_id(4), expected)]);
}

#[actix_web::test]
async fn what_is_not_tried_or_not_answered_as_a_refusal_makes_no_row() {
    let world = World::new();
    let nothing = TestRequest::with_uri(VIENNA);
    assert_eq!(world.send(nothing).await.code(), "API_KEY_MISSING");
    let elsewhere = with_key(TestRequest::with_uri("/api/org/v1/linz"), &world.key);
    assert_eq!(world.send(elsewhere).await.code(), "ORG_NOT_FOUND");
    assert_eq!(world.get("/nothing").await.code(), "ROUTE_NOT_FOUND");
    assert_eq!(world.get("/works?x").await.code(), "VALIDATION_FAILED");
    assert_eq!(world.get("").await.status, 200);
    for org in [None, Some(world.vienna), Some(world.linz)] {
        assert_eq!(world.refused(org), []);
    }
}

#[actix_web::test]
async fn of_whoever_is_told_to_wait_there_are_no_more_rows() {
    let world = World::new();
    for _ in 0..61 {
        world.send(asked("abo_org_x")).await;
    }
    assert_eq!(world.refused(None).len(), 60);
}

#[actix_web::test]
async fn a_row_has_the_address_that_a_trusted_proxy_tells() {
    let world = World::with(Settings {
        trusted_proxies: vec!["192.0.2.0/24".parse().expect("a network")],
        ..Settings::default()
    });
    let request = asked("abo_org_x").insert_header(("x-forwarded-for", "203.0.113.9"));
    let (_, row) = row_of(&world, request).await;
    assert_eq!(row.address(), "203.0.113.9".parse().ok());
}

#[actix_web::test]
async fn no_row_holds_the_key_that_was_tried() {
    let world = World::new();
    let secret = KeySecret::generate(&org_auth::entropy::KnownEntropy::seeded(98)).expect("a key");
    let (_, row) = row_of(&world, asked(secret.expose())).await;
    let printed = format!("{row:?}");
    assert!(!printed.contains("abo_org_"), "{printed}");
    assert!(!printed.contains("secret-name"), "{printed}");
}

#[actix_web::test]
async fn each_request_of_a_valid_key_is_counted_as_what_became_of_it() {
    let world = World::new();
    let limited = world.issue(5, |key| {
        key.limits = OwnLimits {
            reads: PerMinute::new(5).ok(),
            writes: None,
        }
    });
    let ask = async |method: Method, path: &str| {
        let request = TestRequest::with_uri(&format!("{VIENNA}{path}")).method(method);
        world.send(with_key(request, &limited)).await.status
    };
    assert_eq!(ask(Method::GET, "").await, 200);
    assert_eq!(ask(Method::HEAD, "").await, 200);
    assert_eq!(ask(Method::GET, "/works?x").await, 422);
    world.library.falls(Health::Failing);
    assert_eq!(ask(Method::GET, "/works").await, 500);
    world.library.falls(Health::Unreachable);
    assert_eq!(ask(Method::GET, "/works").await, 503);
    assert_eq!(ask(Method::GET, "/works").await, 429);
    let today = Tally {
        reads: 6,
        refused: 1,
        failed: 2,
        limited: 1,
        ..Tally::default()
    };
    assert_eq!(tallies(&world), [(key_id(5), today)]);
    world.library.falls(Health::Well);
    world.clock.advance(Duration::DAY);
    assert_eq!(ask(Method::GET, "").await, 200);
    let tomorrow = Tally {
        reads: 1,
        ..Tally::default()
    };
    assert_eq!(tallies(&world), [(key_id(5), today), (key_id(5), tomorrow)]);
}

#[actix_web::test]
async fn each_request_of_a_valid_key_is_traffic_of_its_organization() {
    let world = World::new();
    assert_eq!(world.get("").await.status, 200);
    assert_eq!(world.get("/works?x").await.status, 422);
    world.library.falls(Health::Failing);
    assert_eq!(world.get("/works").await.status, 500);
    world.send(TestRequest::with_uri(VIENNA)).await;
    world.send(asked("abo_org_x")).await;
    let traffic = world.traffic(world.vienna).expect("requests");
    assert_eq!(traffic.requests(), 3, "nobody's requests are not counted");
    assert_eq!(
        (traffic.refused, traffic.failed, traffic.limited),
        (1, 1, 0)
    );
    assert_eq!(world.traffic(world.linz), None);
}

fn tallies(world: &World) -> Vec<(KeyId, Tally)> {
    let days = world.used();
    days.into_iter().map(|day| (day.key, day.tally)).collect()
}
