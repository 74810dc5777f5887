//! Fields at their bounds, and just past them.

use serde_json::{Value, json};

use super::contact;
use super::shapes::{fields, refused};
use crate::world::World;

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
