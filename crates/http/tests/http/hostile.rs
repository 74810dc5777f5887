//! Callers that send what nobody should.

use actix_web::http::header::HeaderValue;
use actix_web::test::TestRequest;
use serde_json::{Value, json};

use crate::world::{VIENNA, World, with_key};

async fn fields(path: &str) -> Value {
    let answer = World::new().get(path).await;
    assert_eq!(
        (answer.status, answer.code().as_str()),
        (422, "VALIDATION_FAILED"),
        "{path}"
    );
    answer.details()["fields"].clone()
}

#[actix_web::test]
async fn a_bad_page_is_named() {
    let page = json!({ "page": ["must be a whole number from 1 to 4294967295"] });
    for value in [
        "0",
        "-1",
        "%2B1",
        "1.0",
        "1e3",
        "0x1",
        "99999999999999999999",
        "4294967296",
        "one",
        "%00",
        "1%00",
        "%D9%A1",
    ] {
        assert_eq!(
            fields(&format!("/works?page={value}")).await,
            page,
            "{value}"
        );
    }
    let limit = json!({ "limit": ["must be a whole number from 1 to 100"] });
    for value in [
        "0",
        "101",
        "-1",
        "1e3",
        "99999999999999999999",
        "null",
        "100,",
    ] {
        assert_eq!(
            fields(&format!("/works?limit={value}")).await,
            limit,
            "{value}"
        );
    }
}

#[actix_web::test]
async fn the_bounds_of_a_page_are_good() {
    for query in [
        "page=1&limit=1",
        "page=4294967295&limit=100",
        "limit=007",
        "page=%201%20",
        "",
        "&",
        "&&limit=5&",
    ] {
        assert_eq!(
            World::new().get(&format!("/works?{query}")).await.status,
            200,
            "{query}"
        );
    }
}

#[actix_web::test]
async fn every_bad_parameter_is_named_at_once() {
    let query = "status=LATE&q=&limit=0&page=x&colour=red&page=2&%ff=1&a=%c3%28&b=%4&=1&limit";
    insta::assert_json_snapshot!(fields(&format!("/productions?{query}")).await);
}

#[actix_web::test]
async fn a_query_of_very_many_parameters_is_refused_without_naming_all() {
    let query: Vec<_> = (0..10_000).map(|number| format!("p{number}")).collect();
    let named = fields(&format!("/productions?{}", query.join("&"))).await;
    assert_eq!(named.as_object().expect("fields").len(), 100);
    let good_too_late = format!("/productions?{}&q=x", "&".repeat(200));
    assert_eq!(World::new().get(&good_too_late).await.status, 200);
}

#[actix_web::test]
async fn search_words_are_text() {
    for (value, message) in [
        ("%00", "must not contain the control character U+0000"),
        ("a%0Ab", "must not contain the control character U+000A"),
        (
            "%C2%85x%C2%85y",
            "must not contain the control character U+0085",
        ),
        ("%20%20", "must not be empty"),
        ("", "must not be empty"),
        (&"%C3%A9".repeat(101), "must be at most 100 characters long"),
        ("%", "must be percent-encoded UTF-8"),
        ("%f", "must be percent-encoded UTF-8"),
        ("%+1", "must be percent-encoded UTF-8"),
        ("%ff", "must be percent-encoded UTF-8"),
        ("%ed%a0%80", "must be percent-encoded UTF-8"),
    ] {
        assert_eq!(
            fields(&format!("/works?q={value}")).await,
            json!({ "q": [message] }),
            "{value}"
        );
    }
}

#[actix_web::test]
async fn a_from_after_its_to_is_named() {
    for (list, from, to) in [
        ("performance-history", "2026-03-15", "2026-03-14"),
        ("services", "2026-03-15", "2026-03-14"),
        (
            "services",
            "2026-03-14T12:00:00Z",
            "2026-03-14T12:59:59%2B01:00",
        ),
        ("services", "2026-03-14T23:00:00Z", "2026-03-14"),
        ("services", "2026-03-15", "2026-03-14T22:59:59.999Z"),
    ] {
        let found = fields(&format!("/{list}?from={from}&to={to}")).await;
        assert_eq!(
            found,
            json!({ "from": ["must not be after to"] }),
            "{list} {from} {to}"
        );
    }
}

#[actix_web::test]
async fn a_bad_time_is_named() {
    let day = "must be a date that exists, like 2026-03-14";
    for (list, value, message) in [
        ("performance-history", "2026-02-29", day),
        ("performance-history", "26-03-14", day),
        ("performance-history", "2026-03-14T00:00:00Z", day),
        ("performance-history", "%2B12026-03-14", day),
        ("services", "2026-13-01", day),
        ("services", "2026-03-14T19:30:00", "must have a UTC offset"),
        (
            "services",
            "2026-03-14T25:30:00Z",
            "must be an RFC 3339 instant like 2026-03-14T19:30:00+01:00",
        ),
        (
            "services",
            "0001-01-01T00:00:00%2B01:00",
            "must be in the years 1 to 9999",
        ),
    ] {
        assert_eq!(
            fields(&format!("/{list}?from={value}")).await,
            json!({ "from": [message] }),
            "{value}"
        );
    }
}

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

#[actix_web::test]
async fn a_key_is_read_to_the_letter() {
    let world = World::new();
    let key = world.key.as_str();
    let cut = &key[..key.len() - 1];
    let other_checksum = format!("{cut}{}", if key.ends_with('A') { 'B' } else { 'A' });
    for (value, status, code) in [
        (format!("bEaReR \t {key} "), 200, "none"),
        (String::new(), 401, "API_KEY_MISSING"),
        ("Bearer".to_owned(), 401, "API_KEY_MISSING"),
        ("Bearer  ".to_owned(), 401, "API_KEY_MISSING"),
        (format!("Basic {key}"), 401, "API_KEY_MISSING"),
        (key.to_owned(), 401, "API_KEY_MISSING"),
        (format!("Bearer {cut}"), 401, "API_KEY_MALFORMED"),
        (format!("Bearer {other_checksum}"), 401, "API_KEY_MALFORMED"),
        (format!("Bearer {key} {key}"), 401, "API_KEY_MALFORMED"),
        (format!("Bearer {key},"), 401, "API_KEY_MALFORMED"),
        (
            format!("Bearer {}", "a".repeat(60_000)),
            401,
            "API_KEY_MALFORMED",
        ),
    ] {
        let request =
            TestRequest::with_uri(VIENNA).insert_header(("authorization", value.as_str()));
        let answer = world.send(request).await;
        assert_eq!(
            (answer.status, answer.code().as_str()),
            (status, code),
            "{value:.60}"
        );
    }
}

#[actix_web::test]
async fn a_key_of_odd_bytes_or_sent_twice_is_malformed() {
    let world = World::new();
    let odd = HeaderValue::from_bytes(b"Bearer abo_org_\xff\xfe").expect("a header");
    let answer = world
        .send(TestRequest::with_uri(VIENNA).insert_header(("authorization", odd)))
        .await;
    assert_eq!(answer.code(), "API_KEY_MALFORMED");
    let twice = with_key(TestRequest::with_uri(VIENNA), &world.key);
    let twice = twice.append_header(("authorization", format!("Bearer {}", world.key)));
    assert_eq!(world.send(twice).await.code(), "API_KEY_MALFORMED");
}
