//! What every response bears, whatever became of the request.

use std::collections::BTreeSet;

use actix_web::test::TestRequest;
use org_auth::rate::PerMinute;
use org_auth::scope::Scope;
use org_http::openapi_json;

use crate::broken::Health;
use crate::response::Response;
use crate::world::{VIENNA, World, with_key};

/// One request for each way in which a request can end.
async fn every_ending(world: &World) -> Vec<(u16, Response)> {
    let narrow = world.issue_with(10, [Scope::ReadResources]);
    let strange = World::new().issue(12, |_| {});
    let expired = world.issue(13, |key| key.expires_at = Some(key.created_at));
    let revoked = world.issue(14, |_| {});
    world.revoke(14);
    let once = world.issue(11, |key| key.limits.reads = PerMinute::new(1).ok());
    let at = |path: &str| TestRequest::with_uri(path);
    world.send(with_key(at(VIENNA), &once)).await;
    let requests = vec![
        (200, world.request("/works")),
        (200, at("/healthz")),
        (200, at("/.well-known/agent.json")),
        (404, at("/nothing")),
        (405, world.request_by("DELETE", "/works")),
        (401, at(VIENNA)),
        (401, with_key(at(VIENNA), "abo_org_x")),
        (401, with_key(at(VIENNA), &strange)),
        (401, with_key(at(VIENNA), &expired)),
        (401, with_key(at(VIENNA), &revoked)),
        (429, with_key(at(VIENNA), &once)),
        (404, with_key(at("/api/org/v1/linz"), &world.key)),
        (403, with_key(at(VIENNA), &narrow)),
        (
            413,
            world.request("/works").set_payload(vec![b'x'; 300 * 1024]),
        ),
        (415, world.request("/works").set_payload("x")),
        (422, world.request("/works?limit=0")),
        (404, world.request("/productions/x")),
    ];
    let mut answers = Vec::new();
    for (status, request) in requests {
        answers.push((status, world.send(request).await));
    }
    for (status, health) in [
        (503, Health::Unreachable),
        (500, Health::Failing),
        (500, Health::Panicking),
    ] {
        world.library.falls(health);
        answers.push((status, world.get("/works").await));
    }
    answers
}

#[actix_web::test]
async fn every_response_is_json_that_nobody_stores_and_bears_its_id() {
    for (status, answer) in every_ending(&World::new()).await {
        assert_eq!(answer.status, status);
        assert_eq!(
            answer.header("content-type"),
            Some("application/json"),
            "{status}"
        );
        assert_eq!(answer.header("cache-control"), Some("no-store"), "{status}");
        assert_eq!(
            answer.header("x-content-type-options"),
            Some("nosniff"),
            "{status}"
        );
        assert!(answer.header("x-request-id").is_some(), "{status}");
        assert!(answer.header("traceparent").is_some(), "{status}");
    }
}

#[actix_web::test]
async fn every_error_is_in_the_envelope() {
    for (status, answer) in every_ending(&World::new())
        .await
        .into_iter()
        .filter(|(status, _)| *status >= 400)
    {
        let json = answer.json();
        assert_eq!(json["success"], false, "{status}");
        let error = json["error"].as_object().expect("an error");
        assert_eq!(
            error.keys().collect::<Vec<_>>(),
            ["message", "code", "details"],
            "{status}"
        );
        assert!(error["details"].is_object(), "{status}");
    }
}

#[actix_web::test]
async fn every_documented_code_is_answered_but_for_those_of_writes() {
    let answers = every_ending(&World::new()).await;
    let answered: BTreeSet<_> = answers.iter().map(|(_, answer)| answer.code()).collect();
    let document: serde_json::Value = serde_json::from_str(&openapi_json(None)).expect("JSON");
    let documented = &document["components"]["schemas"]["ErrorCode"]["enum"];
    let documented = documented
        .as_array()
        .expect("codes")
        .iter()
        .filter_map(|code| code.as_str());
    let never: Vec<_> = documented
        .filter(|code| !answered.contains(*code))
        .collect();
    let of_writes = [
        "RESOURCE_UNAVAILABLE",
        "BOOKING_CONFLICT",
        "IDEMPOTENCY_KEY_IN_USE",
        "IDEMPOTENCY_KEY_MISMATCH",
    ];
    assert_eq!(never, of_writes);
}

#[actix_web::test]
async fn where_the_key_stands_is_told_once_its_key_is_known_to_be_good() {
    for (status, answer) in every_ending(&World::new()).await {
        let route =
            ["none", "ROUTE_NOT_FOUND", "METHOD_NOT_ALLOWED"].contains(&answer.code().as_str());
        let told = [
            "x-ratelimit-limit",
            "x-ratelimit-remaining",
            "x-ratelimit-reset",
            "ratelimit-policy",
            "ratelimit",
        ]
        .map(|name| answer.header(name).is_some());
        match status {
            401 => assert_eq!(told, [false; 5]),
            _ if route => {}
            _ => assert_eq!(told, [true; 5], "{status}"),
        }
    }
}

#[actix_web::test]
async fn a_refused_key_is_told_how_to_authenticate() {
    for (status, answer) in every_ending(&World::new()).await {
        assert_eq!(
            answer.header("www-authenticate"),
            (status == 401).then_some("Bearer"),
            "{status}"
        );
    }
}

#[actix_web::test]
async fn our_failures_tell_nothing_of_their_causes() {
    let world = World::new();
    for health in [Health::Unreachable, Health::Failing, Health::Panicking] {
        world.library.falls(health);
        for path in [
            "",
            "/services",
            "/productions/prod_01h455vb4pex5vsknk084sn02q",
        ] {
            let answer = world.get(path).await;
            assert!(!answer.text().contains("hunter2"), "{health:?}");
            let unreachable = health == Health::Unreachable;
            assert_eq!(
                answer.code(),
                if unreachable {
                    "UNAVAILABLE"
                } else {
                    "INTERNAL"
                }
            );
            assert_eq!(answer.header("retry-after"), unreachable.then_some("5"));
        }
    }
    world.library.falls(Health::Well);
    assert_eq!(
        world.get("/services").await.status,
        200,
        "the server is well again by itself"
    );
}

#[actix_web::test]
async fn a_client_may_bring_its_own_request_id() {
    let world = World::new();
    let ask = async |id: &str| {
        world
            .send(world.request("").insert_header(("x-request-id", id)))
            .await
    };
    for id in ["a", "A-Za-z0-9._-", &"x".repeat(128)] {
        assert_eq!(ask(id).await.header("x-request-id"), Some(id));
    }
    for id in ["", " ", "a b", "a\tb", "a/b", "é", "a,b", &"x".repeat(129)] {
        let answer = ask(id).await;
        let given = answer.header("x-request-id").expect("an id");
        assert_eq!(
            uuid::Uuid::parse_str(given).map(|uuid| uuid.get_version_num()),
            Ok(7),
            "{id}"
        );
    }
    let twice = world
        .request("")
        .append_header(("x-request-id", "a"))
        .append_header(("x-request-id", "b"));
    assert_ne!(world.send(twice).await.header("x-request-id"), Some("a"));
}

#[actix_web::test]
async fn an_answer_is_in_the_trace_of_its_request_and_in_a_span_of_its_own() {
    let world = World::new();
    let trace = "00-0af7651916cd43dd8448eb211c80319c-";
    let sent = format!("{trace}b7ad6b7169203331-01");
    let mut spans = Vec::new();
    for _ in 0..2 {
        let request = world
            .request("")
            .insert_header(("traceparent", sent.as_str()));
        let answer = world.send(request).await;
        let given = answer.header("traceparent").expect("a span").to_owned();
        assert!(
            given.starts_with(trace) && given.ends_with("-01"),
            "{given}"
        );
        spans.push(given);
    }
    assert_ne!(spans[0], spans[1]);
    assert!(!spans.contains(&sent), "{spans:?}");
}

#[actix_web::test]
async fn every_request_has_another_id() {
    let world = World::new();
    let (one, other) = (world.get("").await, world.get("").await);
    assert_ne!(one.header("x-request-id"), other.header("x-request-id"));
}

#[actix_web::test]
async fn a_method_that_a_path_does_not_have_is_refused_with_those_that_it_has() {
    let world = World::new();
    let paths = [
        "/api/org/v1/openapi.json",
        "/.well-known/agent.json",
        "/docs",
        "/docs/start.js",
        "/docs/x",
        "/healthz",
        "/readyz",
    ];
    let paths = paths
        .into_iter()
        .map(str::to_owned)
        .chain(["", "/", "/works", "/productions/x"].map(|path| format!("{VIENNA}{path}")));
    for path in paths {
        for method in [
            "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "FOO", "get",
        ] {
            let method_is =
                actix_web::http::Method::from_bytes(method.as_bytes()).expect("a method");
            let answer = world
                .send(TestRequest::with_uri(&path).method(method_is))
                .await;
            assert_eq!(
                (answer.status, answer.code().as_str()),
                (405, "METHOD_NOT_ALLOWED"),
                "{method} {path}"
            );
            assert_eq!(answer.header("allow"), Some("GET, HEAD"), "{method} {path}");
            assert_eq!(answer.header("access-control-allow-origin"), None);
        }
    }
}
