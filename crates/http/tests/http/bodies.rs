//! Bodies of every kind, where none is needed.

use serde_json::json;

use crate::world::World;

#[actix_web::test]
async fn a_body_on_a_read_is_looked_at() {
    let json = Some("application/json");
    let deep = format!("{}1{}", r#"{"a":"#.repeat(1000), "}".repeat(1000));
    let twice = r#"{"a":{"b":1,"b":2}}"#;
    let full = format!("{{\"a\":\"{}\"}}", "x".repeat(256 * 1024 - 8));
    for (content_type, body, status, code) in [
        (None, String::new(), 200, "none"),
        (None, "{}".to_owned(), 200, "none"),
        (Some("text/plain"), " {\n} ".to_owned(), 200, "none"),
        (json, "x".repeat(300 * 1024), 413, "PAYLOAD_TOO_LARGE"),
        (None, " ".repeat(256 * 1024 + 1), 413, "PAYLOAD_TOO_LARGE"),
        (json, full, 422, "VALIDATION_FAILED"),
        (None, "{\"a\":1}".to_owned(), 415, "UNSUPPORTED_MEDIA_TYPE"),
        (
            Some("text/json"),
            "{\"a\":1}".to_owned(),
            415,
            "UNSUPPORTED_MEDIA_TYPE",
        ),
        (
            Some("application/jsonx"),
            "[".to_owned(),
            415,
            "UNSUPPORTED_MEDIA_TYPE",
        ),
        (
            Some("application/json; charset=utf-16"),
            "1".to_owned(),
            415,
            "UNSUPPORTED_MEDIA_TYPE",
        ),
        (
            Some("application/json; charset=\"UTF-8\"; q=1"),
            "{\"a\":1}".to_owned(),
            422,
            "VALIDATION_FAILED",
        ),
        (
            Some("APPLICATION/JSON ;charset=utf-8"),
            "{\"a\":1}".to_owned(),
            422,
            "VALIDATION_FAILED",
        ),
        (json, deep, 422, "VALIDATION_FAILED"),
        (json, twice.to_owned(), 422, "VALIDATION_FAILED"),
        (json, "[]".to_owned(), 422, "VALIDATION_FAILED"),
        (json, "{".to_owned(), 422, "VALIDATION_FAILED"),
    ] {
        let world = World::new();
        let mut request = world.request("/works");
        if let Some(content_type) = content_type {
            request = request.insert_header(("content-type", content_type));
        }
        let shown: String = body.chars().take(40).collect();
        let answer = world.send(request.set_payload(body)).await;
        assert_eq!(
            (answer.status, answer.code().as_str()),
            (status, code),
            "{content_type:?} {shown}"
        );
    }
}

#[actix_web::test]
async fn a_compressed_body_is_refused() {
    let world = World::new();
    for (encoding, status) in [("gzip", 415), ("identity, gzip", 415), ("identity", 422)] {
        let request = world
            .request("/works")
            .insert_header(("content-type", "application/json"));
        let request = request
            .insert_header(("content-encoding", encoding))
            .set_payload("{\"a\":1}");
        assert_eq!(world.send(request).await.status, status, "{encoding}");
    }
}

#[actix_web::test]
async fn what_is_wrong_with_body_and_query_is_told_together() {
    let world = World::new();
    let ask = async |body: &'static str| {
        let request = world
            .request("/works?limit=0")
            .insert_header(("content-type", "application/json"));
        world.send(request.set_payload(body)).await.details()
    };
    let limit = json!(["must be a whole number from 1 to 100"]);
    let unknown = json!(["is not a field of this object"]);
    assert_eq!(
        ask(r#"{"a":1,"b":null}"#).await,
        json!({ "fields": { "a": unknown, "b": unknown, "limit": limit } })
    );
    let broken = ask(r#"{"a":1,"a":2}"#).await;
    assert_eq!(broken["fields"], json!({ "limit": limit }));
    let message = broken["body"][0].as_str().expect("a message");
    assert!(
        message.starts_with("must be JSON: the name \"a\" stands twice"),
        "{message}"
    );
    assert_eq!(ask("3").await["body"], json!(["must be a JSON object"]));
}

#[actix_web::test]
async fn a_length_that_is_announced_is_believed_when_it_is_too_large() {
    let world = World::new();
    for (length, status) in [
        ("262145", 413),
        ("262144", 200),
        ("99999999999999999999999999", 200),
    ] {
        let request = world
            .request("/works")
            .insert_header(("content-length", length));
        assert_eq!(world.send(request).await.status, status, "{length}");
    }
}
