//! Bodies that are not as they should be: every bad field is named, and nothing is written.

use serde_json::{Value, json};

use super::{NOBODY, booking, contact, every_write};
use crate::world::World;

/// What is wrong with each field.
fn fields(answer: &crate::response::Response) -> Vec<String> {
    let details = answer.details();
    let fields = details["fields"].as_object().expect("fields");
    let told = fields.iter().map(|(name, messages)| {
        let message = messages[0].as_str().expect("a message");
        format!("{name} {message}")
    });
    told.collect()
}

async fn refused(path: &str, body: Value, expected: &[&str]) {
    let world = World::new();
    let answer = world.post(path, &body).await;
    assert_eq!(
        (answer.status, answer.code().as_str()),
        (422, "VALIDATION_FAILED"),
        "{body}"
    );
    assert_eq!(fields(&answer), expected, "{body}");
}

async fn accepted(path: &str, body: Value) {
    let answer = World::new().post(path, &body).await;
    assert_eq!(answer.status, 201, "{}", answer.text());
}

fn with(mut body: Value, field: &str, value: Value) -> Value {
    body[field] = value;
    body
}

#[actix_web::test]
async fn contacts_are_within_their_bounds() {
    let long = |length: usize| json!("ř".repeat(length));
    for (field, most) in [
        ("name", 200),
        ("company", 200),
        ("phone", 40),
        ("city", 120),
        ("role", 120),
        ("notes", 5000),
    ] {
        accepted("/contacts", with(contact(), field, long(most))).await;
        let message = format!("{field} must be at most {most} characters long");
        refused(
            "/contacts",
            with(contact(), field, long(most + 1)),
            &[&message],
        )
        .await;
    }
    let tags = |count: usize| json!((0..count).map(|n| n.to_string()).collect::<Vec<_>>());
    accepted("/contacts", with(contact(), "tags", tags(50))).await;
    refused(
        "/contacts",
        with(contact(), "tags", tags(51)),
        &["tags must have at most 50 different tags"],
    )
    .await;
    refused(
        "/contacts",
        with(contact(), "tags", json!(["a".repeat(41), ""])),
        &[
            "tags[0] must be at most 40 characters long",
            "tags[1] must not be empty",
        ],
    )
    .await;
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
async fn bookings_are_within_their_bounds() {
    let world = World::new();
    let hall = world.hall().await;
    let slot = |start: &str, end: &str| json!({ "resourceId": hall, "title": "t", "startAt": start, "endAt": end });
    for (start, end, expected) in [
        (
            "2026-04-01T09:00:00Z",
            "2026-04-01T09:00:00Z",
            "endAt must be after startAt",
        ),
        (
            "2026-04-01T09:00:00",
            "2026-04-01T10:00:00Z",
            "startAt must have a UTC offset",
        ),
        (
            "2026-02-30T09:00:00Z",
            "2026-04-01T10:00:00Z",
            "startAt must be an RFC 3339 instant like 2026-03-14T19:30:00+01:00",
        ),
        (
            "2026-01-01T00:00:00Z",
            "2027-01-02T00:00:00.001Z",
            "endAt must be at most 366 days after startAt",
        ),
    ] {
        let answer = world.post("/resource-bookings", &slot(start, end)).await;
        assert_eq!(answer.status, 422, "{start} {end}");
        assert_eq!(fields(&answer), [expected]);
    }
    let longest = slot("2026-01-01T01:00:00+01:00", "2027-01-02T00:00:00.0009Z");
    let made = world.post("/resource-bookings", &longest).await;
    assert_eq!(made.json()["data"]["endAt"], "2027-01-02T00:00:00.000Z");
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
async fn the_days_of_a_request_are_in_order() {
    let world = World::new();
    let member = world.id_of("/members", "name", "Lindqvist, Åsa").await;
    let asked = |start: Value, end: Value| {
        json!({
            "membershipId": member, "type": "LEAVE", "subject": "s", "startDate": start, "endDate": end,
        })
    };
    for (start, end, expected) in [
        (
            json!("2026-04-02"),
            json!("2026-04-01"),
            "endDate must not be before startDate",
        ),
        (
            json!(null),
            json!("2026-04-01"),
            "endDate needs a startDate",
        ),
        (
            json!("2026-02-29"),
            json!("2026-04-01"),
            "startDate must be a date that exists, like 2026-03-14",
        ),
    ] {
        let answer = world.post("/member-requests", &asked(start, end)).await;
        assert_eq!(answer.status, 422, "{expected}");
        assert_eq!(fields(&answer), [expected]);
    }
    for (start, end) in [
        ("2026-04-01", json!("2026-04-01")),
        ("2026-04-01", json!(null)),
    ] {
        let answer = world
            .post("/member-requests", &asked(json!(start), end))
            .await;
        assert_eq!(answer.status, 201, "{}", answer.text());
    }
}

#[actix_web::test]
async fn ids_of_nothing_are_not_found() {
    let world = World::new();
    let (hall, member) = (
        world.hall().await,
        world.id_of("/members", "name", "Lindqvist, Åsa").await,
    );
    let request = |id: &str| json!({ "membershipId": id, "type": "SICK", "subject": "s" });
    let missing = |prefix: &str| format!("{prefix}_{NOBODY}");
    for (path, body) in [
        ("/resource-bookings", booking(&missing("res"), 9, 10)),
        ("/resource-bookings", booking("res_", 9, 10)),
        (
            "/resource-bookings",
            booking(&hall.replace("res", "inst"), 9, 10),
        ),
        ("/member-requests", request(&missing("mem"))),
        ("/member-requests", request(&member.to_uppercase())),
    ] {
        let answer = world.post(path, &body).await;
        assert_eq!(
            (answer.status, answer.code().as_str()),
            (404, "NOT_FOUND"),
            "{body}"
        );
    }
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
