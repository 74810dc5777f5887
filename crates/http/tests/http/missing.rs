//! What is not there, and what is somebody else's, look alike to the last byte.

use actix_web::test::TestRequest;

use crate::response::Response;
use crate::world::{World, with_key};

/// Ids of nothing that the key may see; `theirs` is a production of the other organization.
fn ids_of_nothing(theirs: &str) -> Vec<String> {
    let (_, digits) = theirs.split_once('_').expect("a prefix");
    let mut ids = vec![
        theirs.to_owned(),
        theirs.to_uppercase(),
        format!("work_{digits}"),
        "prod_01h455vb4pex5vsknk084sn02q".to_owned(),
        "prod_00000000000000000000000000".to_owned(),
        format!("prod_8{}", "z".repeat(25)),
        format!("prod_{}", "0".repeat(4_000)),
    ];
    let odd = [
        "x",
        "prod_",
        "prod",
        "%00",
        "%ff",
        "%2e%2e",
        "%2f",
        "prod_%20",
        "1%3B%20drop",
        "%F0%9F%8E%BB",
        "..",
        "%zz",
    ];
    ids.extend(odd.map(str::to_owned));
    ids
}

/// Status, headers and body, but for the request id and the count.
fn bytes(answer: &Response) -> String {
    let counts = ["x-ratelimit-remaining:", "ratelimit:"];
    let counted = |line: &&str| !counts.iter().any(|name| line.starts_with(name));
    let head: Vec<_> = answer
        .head()
        .lines()
        .filter(counted)
        .map(str::to_owned)
        .collect();
    format!("{}\n\n{}", head.join("\n"), answer.text())
}

/// The id of a production that Linz has, as Linz sees it.
async fn their_production(world: &World) -> String {
    let key = world.issue(50, |key| key.org = world.linz);
    let request = with_key(TestRequest::with_uri("/api/org/v1/linz/productions"), &key);
    world.send(request).await.items("id")[0]
        .as_str()
        .expect("an id")
        .to_owned()
}

#[actix_web::test]
async fn no_id_tells_whether_another_organization_has_it() {
    let world = World::new();
    let theirs = their_production(&world).await;
    let mut answers = Vec::new();
    for id in ids_of_nothing(&theirs) {
        let answer = world.get(&format!("/productions/{id}")).await;
        assert_eq!(
            (answer.status, answer.code().as_str()),
            (404, "NOT_FOUND"),
            "{id}"
        );
        answers.push(bytes(&answer));
    }
    answers.dedup();
    insta::assert_snapshot!(answers.join("\n---\n"));
}

#[actix_web::test]
async fn no_slug_tells_whether_an_organization_has_it() {
    let world = World::new();
    let slugs = [
        "linz",
        "graz",
        "VIENNA",
        "vienna%2F",
        "vienna%00",
        "%ff",
        "vienna%20",
        "vienn%D0%B0",
        "-",
        "vienna%2fproductions",
        &"x".repeat(4_000),
    ];
    let mut answers = Vec::new();
    for slug in slugs {
        for path in [
            "",
            "/",
            "/productions",
            "/productions/x",
            "/members?limit=0",
        ] {
            let request = TestRequest::with_uri(&format!("/api/org/v1/{slug}{path}"));
            let answer = world.send(with_key(request, &world.key)).await;
            assert_eq!(
                (answer.status, answer.code().as_str()),
                (404, "ORG_NOT_FOUND"),
                "{slug}{path}"
            );
            answers.push(bytes(&answer));
        }
    }
    answers.dedup();
    insta::assert_snapshot!(answers.join("\n---\n"));
}

#[actix_web::test]
async fn a_slug_is_compared_as_it_is_meant() {
    let world = World::new();
    let request = TestRequest::with_uri("/api/org/v1/%76ienn%61");
    assert_eq!(world.send(with_key(request, &world.key)).await.status, 200);
}

#[actix_web::test]
async fn a_filter_by_an_id_of_nothing_finds_nothing() {
    let world = World::new();
    let theirs = their_production(&world).await;
    for id in ids_of_nothing(&theirs) {
        let valid_query = !id.contains("%ff") && !id.contains("%zz");
        let answer = world.get(&format!("/services?productionId={id}")).await;
        assert_eq!(answer.status, if valid_query { 200 } else { 422 }, "{id}");
        if valid_query {
            assert_eq!(answer.items("id").len(), 0, "{id}");
        }
    }
}

#[actix_web::test]
async fn whatever_is_no_route_is_answered_alike() {
    let world = World::new();
    let paths = [
        "/",
        "/api",
        "/api/",
        "/api/org/v1",
        "/api/org/v1/",
        "/api/org/v1//",
        "/api/org/v1//productions",
        "/api/org/v2/vienna",
        "/api/org/v1/vienna/productions/",
        "/api/org/v1/vienna//productions",
        "/api/org/v1/vienna/productions/x/",
        "/api/org/v1/vienna/productions/x/y",
        "/api/org/v1/vienna/Productions",
        "/api/org/v1/vienna/contacts%2F",
        "/docs/",
        "/docs/../secret",
        "/docs/index.html",
        "/docs/swagger-initializer.js",
        "/docs/%2e%2e%2fsecret",
        "/healthz/",
        "/.well-known/agent",
        "/favicon.ico",
        "/%ff",
        "/%00",
        "/api/org/v1/vienna/;",
    ];
    let mut answers = Vec::new();
    for path in paths {
        let answer = world
            .send(with_key(TestRequest::with_uri(path), &world.key))
            .await;
        assert_eq!(
            (answer.status, answer.code().as_str()),
            (404, "ROUTE_NOT_FOUND"),
            "{path}"
        );
        answers.push(bytes(&answer));
    }
    answers.dedup();
    insta::assert_snapshot!(answers.join("\n---\n"));
}
