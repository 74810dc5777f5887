//! What can be found out without a key.

use std::collections::BTreeSet;

use actix_web::test::TestRequest;
use org_http::routes::route_table;
use org_http::{Settings, openapi_json};
use org_kernel::field::FromText;
use serde_json::Value;

use crate::broken::Health;
use crate::response::Response;
use crate::world::World;

async fn open(world: &World, path: &str) -> Response {
    world.send(TestRequest::with_uri(path)).await
}

fn document() -> Value {
    serde_json::from_str(&openapi_json(None)).expect("JSON")
}

#[test]
fn the_committed_document_is_the_one_that_is_served() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/openapi.json");
    let committed = std::fs::read_to_string(path).expect("docs/openapi.json");
    let made = openapi_json(None) + "\n";
    let difference = committed
        .lines()
        .zip(made.lines())
        .position(|(one, other)| one != other);
    assert_eq!(
        difference, None,
        "docs/openapi.json differs in this line, from 0: run scripts/generate"
    );
    assert_eq!(committed.len(), made.len());
}

#[actix_web::test]
async fn the_document_that_is_served_is_the_committed_one() {
    assert_eq!(
        open(&World::new(), "/api/org/v1/openapi.json").await.text(),
        openapi_json(None)
    );
}

#[test]
fn every_endpoint_is_documented_with_its_scope() {
    let document = document();
    for route in route_table() {
        let operation = &document["paths"][&route.path][route.method.to_lowercase()];
        assert_eq!(operation["summary"], route.summary, "{}", route.path);
        let scopes: Vec<_> = route.scope.iter().map(|scope| scope.as_str()).collect();
        let security = operation["security"].as_array().expect("a list");
        let named: Vec<_> = security
            .iter()
            .flat_map(|one| one["key"].as_array().expect("a list"))
            .collect();
        assert_eq!(named, scopes, "{}", route.path);
    }
}

#[test]
fn nothing_else_is_documented() {
    let document = document();
    let paths = document["paths"].as_object().expect("paths");
    let operations: usize = paths
        .values()
        .map(|path| path.as_object().expect("operations").len())
        .sum();
    assert_eq!(operations, route_table().len());
}

#[test]
fn every_parameter_in_a_path_is_declared() {
    let document = document();
    for (path, operations) in document["paths"].as_object().expect("paths") {
        let named: BTreeSet<_> = path
            .split('{')
            .skip(1)
            .filter_map(|rest| rest.split('}').next())
            .collect();
        for (method, operation) in operations.as_object().expect("operations") {
            let parameters = operation["parameters"]
                .as_array()
                .cloned()
                .unwrap_or_default();
            let declared: BTreeSet<_> = parameters
                .iter()
                .filter(|one| one["in"] == "path")
                .filter_map(|one| one["name"].as_str())
                .collect();
            assert_eq!(declared, named, "{method} {path}");
        }
    }
}

#[test]
fn every_answer_is_shown_and_lacks_nothing() {
    let document = document();
    for (path, operations) in document["paths"].as_object().expect("paths") {
        for (method, operation) in operations.as_object().expect("operations") {
            let status = if method == "post" { "201" } else { "200" };
            let answer = &operation["responses"][status];
            assert!(answer["description"].is_string(), "{method} {path}");
            let json = &answer["content"]["application/json"];
            if json["schema"]["properties"]["success"].is_object() {
                assert_eq!(json["example"]["success"], true, "{method} {path}");
            }
        }
    }
    let asked = asked(&document);
    for (name, form) in document["components"]["schemas"]
        .as_object()
        .expect("forms")
    {
        if asked.contains(&format!("#/components/schemas/{name}")) {
            continue;
        }
        if let Some(properties) = form["properties"].as_object() {
            let required: Vec<_> = form["required"]
                .as_array()
                .expect(name)
                .iter()
                .map(|field| field.as_str())
                .collect();
            let properties: Vec<_> = properties
                .keys()
                .map(|field| Some(field.as_str()))
                .collect();
            assert_eq!(required, properties, "{name}");
        }
    }
}

/// Where the forms of what is asked are.
fn asked(document: &Value) -> BTreeSet<String> {
    let paths = document["paths"].as_object().expect("paths");
    let operations = paths.values().filter_map(Value::as_object);
    let operations = operations.flat_map(|path| path.values());
    operations
        .filter_map(|operation| {
            let content = &operation["requestBody"]["content"]["application/json"];
            Some(content["schema"]["$ref"].as_str()?.to_owned())
        })
        .collect()
}

#[test]
fn every_write_shows_what_is_asked() {
    let document = document();
    for route in route_table() {
        let operation = &document["paths"][&route.path][route.method.to_lowercase()];
        let parameters = operation["parameters"].as_array();
        let named = parameters.is_some_and(|parameters| {
            let mut parameters = parameters.iter();
            parameters.any(|parameter| parameter["name"] == "Idempotency-Key")
        });
        assert_eq!(named, route.method != "GET", "{}", route.path);
        let body = &operation["requestBody"]["content"]["application/json"];
        if route.method == "POST" {
            assert!(body["example"].is_object(), "{}", route.path);
        }
    }
}

#[actix_web::test]
async fn agents_are_told_everything() {
    insta::assert_snapshot!(open(&World::new(), "/.well-known/agent.json").await.shown());
}

#[actix_web::test]
async fn agents_hear_of_every_endpoint() {
    let agent = open(&World::new(), "/.well-known/agent.json").await.json();
    let endpoints = agent["endpoints"].as_array().expect("a list");
    let told = endpoints.iter().map(|endpoint| {
        let part = |name: &str| endpoint[name].as_str().map(str::to_owned);
        (part("method"), part("path"), part("scope"))
    });
    let known = route_table().into_iter().map(|route| {
        let scope = route.scope.map(|scope| scope.as_str().to_owned());
        (Some(route.method), Some(route.path), scope)
    });
    assert_eq!(told.collect::<Vec<_>>(), known.collect::<Vec<_>>());
}

#[actix_web::test]
async fn addresses_are_the_operators_and_never_the_callers() {
    let settings = Settings {
        public_url: Some(
            org_web::PublicUrl::from_text("https://api.example.org/org/").expect("an address"),
        ),
        ..Settings::default()
    };
    for (world, base, server) in [
        (World::new(), "/api/org/v1/{slug}", "/"),
        (
            World::with(settings),
            "https://api.example.org/org/api/org/v1/{slug}",
            "https://api.example.org/org",
        ),
    ] {
        let ask = async |path: &str| {
            let request = TestRequest::with_uri(path).insert_header(("host", "evil.example"));
            world
                .send(request.insert_header(("x-forwarded-host", "evil.example")))
                .await
        };
        let agent = ask("/.well-known/agent.json").await;
        let openapi = ask("/api/org/v1/openapi.json").await;
        assert_eq!(agent.json()["baseUrl"], base);
        assert_eq!(openapi.json()["servers"][0]["url"], server);
        assert!(!agent.text().contains("evil") && !openapi.text().contains("evil"));
    }
}

#[actix_web::test]
async fn the_reference_loads_nothing_from_elsewhere() {
    let world = World::new();
    let page = open(&world, "/docs").await;
    assert_eq!(
        (page.status, page.header("content-type")),
        (200, Some("text/html; charset=utf-8"))
    );
    assert_eq!(page.header("cache-control"), Some("no-store"));
    let links: Vec<_> = page
        .text()
        .split(['"'])
        .filter(|piece| piece.starts_with("docs/") || piece.contains("//"))
        .collect();
    assert_eq!(
        links,
        [
            "docs/favicon-32x32.png",
            "docs/swagger-ui.css",
            "docs/swagger-ui-bundle.js",
            "docs/start.js"
        ]
    );
    for (link, content_type) in links.into_iter().zip([
        "image/png",
        "text/css",
        "text/javascript",
        "text/javascript",
    ]) {
        let file = open(&world, &format!("/{link}")).await;
        assert_eq!(file.status, 200, "{link}");
        assert!(
            file.header("content-type")
                .is_some_and(|sent| sent.starts_with(content_type)),
            "{link}"
        );
        assert!(file.body.len() > 100, "{link}");
    }
    let start = open(&world, "/docs/start.js").await;
    assert!(start.text().contains("url: \"api/org/v1/openapi.json\""));
}

#[actix_web::test]
async fn the_reference_cannot_be_framed_or_made_to_load_scripts() {
    let page = open(&World::new(), "/docs").await;
    let policy = page.header("content-security-policy").expect("a policy");
    assert!(
        policy.starts_with("default-src 'none'; script-src 'self';"),
        "{policy}"
    );
    assert!(policy.contains("frame-ancestors 'none'"), "{policy}");
    assert!(
        !page.text().contains("<script>"),
        "no script stands in the page"
    );
}

#[actix_web::test]
async fn the_process_is_up_whatever_its_store_does() {
    let world = World::new();
    for health in [
        Health::Well,
        Health::Unreachable,
        Health::Failing,
        Health::Panicking,
    ] {
        world.library.falls(health);
        let answer = open(&world, "/healthz").await;
        assert_eq!(
            (answer.status, answer.text()),
            (200, r#"{"success":true,"data":{"status":"ok"}}"#)
        );
    }
}

#[actix_web::test]
async fn the_server_is_ready_when_its_store_answers() {
    let world = World::new();
    for (health, status, code) in [
        (Health::Well, 200, "none"),
        (Health::Unreachable, 503, "UNAVAILABLE"),
        (Health::Failing, 500, "INTERNAL"),
        (Health::Panicking, 500, "INTERNAL"),
        (Health::Well, 200, "none"),
    ] {
        world.library.falls(health);
        let answer = open(&world, "/readyz").await;
        assert_eq!(
            (answer.status, answer.code().as_str()),
            (status, code),
            "{health:?}"
        );
        assert_eq!(answer.header("retry-after"), (status == 503).then_some("5"));
    }
}

#[actix_web::test]
async fn nothing_can_be_asked_of_what_needs_no_key() {
    let world = World::new();
    for path in [
        "/healthz",
        "/readyz",
        "/.well-known/agent.json",
        "/api/org/v1/openapi.json",
        "/docs",
    ] {
        let answer = open(&world, &format!("{path}?a=1")).await;
        assert_eq!(
            (answer.status, answer.code().as_str()),
            (422, "VALIDATION_FAILED"),
            "{path}"
        );
    }
}
