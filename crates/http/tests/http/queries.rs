//! Queries that nobody should send.

use serde_json::{Value, json};

use crate::world::World;

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
    let query: Vec<_> = (0..1_000).map(|number| format!("p{number}")).collect();
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
