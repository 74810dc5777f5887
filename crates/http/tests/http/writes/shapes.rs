//! Bodies that are not as they should be: every bad field is named, and nothing is written.

use serde_json::{Value, json};

use super::every_write;
use crate::world::World;

/// What is wrong with each field.
pub(super) fn fields(answer: &crate::response::Response) -> Vec<String> {
    let details = answer.details();
    let fields = details["fields"].as_object().expect("fields");
    let told = fields.iter().map(|(name, messages)| {
        let message = messages[0].as_str().expect("a message");
        format!("{name} {message}")
    });
    told.collect()
}

/// Holds that a body is refused, and what is told of its fields.
pub(super) async fn refused(path: &str, body: Value, expected: &[&str]) {
    let world = World::new();
    let answer = world.post(path, &body).await;
    assert_eq!(
        (answer.status, answer.code().as_str()),
        (422, "VALIDATION_FAILED"),
        "{body}"
    );
    assert_eq!(fields(&answer), expected, "{body}");
}

#[actix_web::test]
async fn everything_that_is_wrong_with_a_contact_is_told_at_once() {
    refused(
        "/contacts",
        json!({
            "name": "", "type": "FRIEND", "company": 7, "email": "nobody", "phone": "1\u{7}",
            "country": "XX", "tags": "violin", "colour": 1,
        }),
        &[
            "colour is not a field of this object",
            "company must be a string",
            "country must be two letters of ISO 3166-1, like AT",
            "email must be an e-mail address",
            "name must not be empty",
            "phone must not contain the control character U+0007",
            "tags must be a list",
            &format!("type {}", types()),
        ],
    )
    .await;
    refused(
        "/contacts",
        json!({}),
        &["name is required", "type is required"],
    )
    .await;
}

fn types() -> String {
    let types = org_domain::contacts::ContactType::ALL.iter();
    let types: Vec<_> = types.map(ToString::to_string).collect();
    format!("must be one of {}", types.join(", "))
}

#[actix_web::test]
async fn everything_that_is_wrong_with_a_booking_is_told_at_once() {
    refused(
        "/resource-bookings",
        json!({ "resourceId": 7, "title": null, "startAt": "soon", "notes": ["a"] }),
        &[
            "endAt is required",
            "notes must be a string",
            "resourceId must be a string",
            "startAt must be an RFC 3339 instant like 2026-03-14T19:30:00+01:00",
            "title is required",
        ],
    )
    .await;
}

#[actix_web::test]
async fn bodies_of_every_kind_are_refused_and_nothing_is_written() {
    let world = World::new();
    let writes = every_write(&world).await;
    let (events, entries) = (
        world.events(),
        world.library.inner.entries(world.vienna).len(),
    );
    let deep = format!("{}1{}", r#"{"a":"#.repeat(1000), "}".repeat(1000));
    for (method, path, _) in writes {
        for (body, status, told) in [
            (" ".repeat(300 * 1024), 413, ""),
            (deep.clone(), 422, "body"),
            (r#"{"a":1,"a":2}"#.to_owned(), 422, "body"),
            (r#"{"a":{"b":1,"b":2}}"#.to_owned(), 422, "body"),
            ("[]".to_owned(), 422, "body"),
            ("{\"a\":\"\u{1}\"}".to_owned(), 422, "body"),
            ("\u{feff}{}".to_owned(), 422, "body"),
            ("nonsense".to_owned(), 422, "body"),
        ] {
            let request = world.request_by(method, &path);
            let request = request.insert_header(("content-type", "application/json"));
            let answer = world.send(request.set_payload(body.clone())).await;
            let shown: String = body.chars().take(20).collect();
            assert_eq!(answer.status, status, "{path} {shown}");
            if !told.is_empty() {
                assert!(answer.details()[told].is_array(), "{path} {shown}");
            }
        }
        let request = world.request_by(method, &path).set_payload("{\"a\":1}");
        assert_eq!(world.send(request).await.status, 415, "{path}");
    }
    assert_eq!(world.events(), events);
    assert_eq!(world.library.inner.entries(world.vienna).len(), entries);
}
