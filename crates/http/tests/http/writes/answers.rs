//! What is answered, and what happens.

use org_http::routes::route_table;
use serde_json::{Value, json};

use super::{booking, contact, every_write, id};
use crate::world::World;

#[actix_web::test]
async fn every_write_is_tried() {
    let world = World::new();
    let tried: Vec<_> = every_write(&world).await;
    let known = route_table();
    let writes = known.iter().filter(|route| route.method != "GET");
    let untried: Vec<_> = writes
        .filter(|route| {
            let segments = route.path.matches('/').count();
            let first = route.path.split('/').nth(5);
            !tried.iter().any(|(method, path, _)| {
                *method == route.method
                    && path.matches('/').count() + 4 == segments
                    && path.split('/').nth(1) == first
            })
        })
        .collect();
    assert!(untried.is_empty(), "{untried:?}");
}

#[actix_web::test]
async fn every_write_is_answered_with_its_object() {
    let world = World::new();
    for (method, path, body) in every_write(&world).await {
        let answer = world.write(method, &path, &body).await;
        let name = path.split('/').filter(|part| !part.contains('_'));
        let name: Vec<_> = name.filter(|part| !part.is_empty()).collect();
        insta::assert_snapshot!(format!("{method}_{}", name.join("_")), answer.shown());
    }
}

#[actix_web::test]
async fn what_was_read_can_be_sent_back() {
    let world = World::new();
    for (method, path, body) in every_write(&world).await {
        let first = world.write(method, &path, &body).await;
        let mut object = first.json()["data"].clone();
        assert!(first.status < 300, "{}", first.text());
        if path == "/resource-bookings" {
            object["startAt"] = json!("2026-04-02T09:00:00Z");
            object["endAt"] = json!("2026-04-02T10:00:00Z");
        }
        let again = world.write(method, &path, &object).await;
        assert_eq!(again.status, first.status, "{path}: {}", again.text());
    }
}

#[actix_web::test]
async fn a_field_that_is_unknown_is_named() {
    let world = World::new();
    for (method, path, mut body) in every_write(&world).await {
        body["colour"] = json!("red");
        let answer = world.write(method, &path, &body).await;
        let expected = json!({ "fields": { "colour": ["is not a field of this object"] } });
        assert_eq!((answer.status, answer.details()), (422, expected), "{path}");
    }
}

#[actix_web::test]
async fn a_write_is_asked_nothing_in_its_query() {
    let world = World::new();
    for (method, path, body) in every_write(&world).await {
        let answer = world.write(method, &format!("{path}?a=1"), &body).await;
        assert_eq!(answer.status, 422, "{path}");
        assert!(answer.details()["fields"]["a"].is_array(), "{path}");
    }
}

/// An event bears the object as it is answered.
#[actix_web::test]
async fn what_happened_is_told_once_as_it_is_answered() {
    let world = World::new();
    let writes = every_write(&world).await;
    let before = world.events().len();
    let mut told = Vec::new();
    for (method, path, body) in &writes {
        told.push(world.write(method, path, body).await.json()["data"].clone());
    }
    let events = world.events().split_off(before);
    let expected = [
        ("resource_booking.created", &told[2]),
        ("resource_booking.cancelled", &told[3]),
        ("checklist_item.completed", &told[5]),
        ("member_request.created", &told[6]),
    ];
    let expected: Vec<_> = expected
        .map(|(kind, object)| (kind.to_owned(), object.clone()))
        .into();
    assert_eq!(events, expected);
}

#[actix_web::test]
async fn what_is_done_already_is_not_told_again() {
    let world = World::new();
    let writes = every_write(&world).await;
    let idempotent = || writes.iter().filter(|(method, ..)| *method == "PATCH");
    let mut first = Vec::new();
    for (method, path, body) in idempotent() {
        first.push(world.write(method, path, body).await.body);
    }
    let events = world.events();
    for ((method, path, body), first) in idempotent().zip(first) {
        assert_eq!(world.write(method, path, body).await.body, first, "{path}");
    }
    assert_eq!(world.events(), events);
}

#[actix_web::test]
async fn a_contact_is_replaced_whole() {
    let world = World::new();
    let full = json!({
        "name": " Elena ", "type": "AGENT", "company": "C", "email": "E@example.org",
        "phone": "1", "city": "Wien", "country": "at", "role": "r", "notes": "a\r\nb",
        "tags": ["Violin ", "violin", "x"],
    });
    let made = world.post("/contacts", &full).await;
    let data = made.json()["data"].clone();
    assert_eq!(data["name"], "Elena");
    assert_eq!(data["country"], "AT");
    assert_eq!(data["notes"], "a\nb");
    assert_eq!(data["tags"], json!(["Violin", "x"]));
    let path = format!("/contacts/{}", id(&made));
    let replaced = world.patch(&path, &contact()).await.json()["data"].clone();
    for field in [
        "company", "email", "phone", "city", "country", "role", "notes",
    ] {
        assert_eq!(replaced[field], Value::Null, "{field}");
    }
    assert_eq!(replaced["tags"], json!([]));
    assert_eq!(replaced["createdAt"], data["createdAt"]);
}

#[actix_web::test]
async fn a_checklist_is_read_where_it_was_written() {
    let world = World::new();
    let production = world.production().await;
    let list = format!("/productions/{production}/checklist");
    for label in ["one", "two", "three"] {
        world.post(&list, &json!({ "label": label })).await;
    }
    let detail = world.get(&format!("/productions/{production}")).await;
    let items = detail.json()["data"]["checklist"].clone();
    let labels: Vec<_> = items
        .as_array()
        .expect("a list")
        .iter()
        .map(|item| (item["label"].clone(), item["position"].clone()))
        .collect();
    assert_eq!(
        labels,
        [
            (json!("one"), json!(1)),
            (json!("two"), json!(2)),
            (json!("three"), json!(3))
        ]
    );
}

#[actix_web::test]
async fn an_item_of_another_production_is_not_found() {
    let world = World::new();
    let open_day = world.production().await;
    let other = world
        .id_of("/productions", "title", "From the New World")
        .await;
    let list = format!("/productions/{open_day}/checklist");
    let item = id(&world.post(&list, &json!({ "label": "one" })).await);
    let elsewhere = format!("/productions/{other}/checklist/{item}");
    let answer = world.patch(&elsewhere, &json!({})).await;
    assert_eq!((answer.status, answer.code().as_str()), (404, "NOT_FOUND"));
}

#[actix_web::test]
async fn done_is_true_when_nothing_is_said_of_it() {
    let world = World::new();
    let list = format!("/productions/{}/checklist", world.production().await);
    let item = id(&world.post(&list, &json!({ "label": "one" })).await);
    let path = format!("{list}/{item}");
    let done = |answer: crate::response::Response| answer.json()["data"]["done"].clone();
    let request = world.request_by("PATCH", &path);
    assert_eq!(done(world.send(request).await), true);
    assert_eq!(
        done(world.patch(&path, &json!({ "done": false })).await),
        false
    );
    assert_eq!(
        done(world.patch(&path, &json!({ "done": null })).await),
        true
    );
}

#[actix_web::test]
async fn a_label_that_is_to_be_changed_completes_nothing() {
    let world = World::new();
    let list = format!("/productions/{}/checklist", world.production().await);
    let item = id(&world.post(&list, &json!({ "label": "one" })).await);
    let answer = world
        .patch(&format!("{list}/{item}"), &json!({ "label": "two" }))
        .await;
    let expected = json!({ "fields": { "label": ["cannot be changed"] } });
    assert_eq!((answer.status, answer.details()), (422, expected));
    assert_eq!(world.events(), []);
}

#[actix_web::test]
async fn a_slot_that_was_cancelled_is_free() {
    let world = World::new();
    let slot = booking(&world.hall().await, 9, 11);
    let first = world.post("/resource-bookings", &slot).await;
    assert_eq!(world.post("/resource-bookings", &slot).await.status, 409);
    let cancel = format!("/resource-bookings/{}/cancel", id(&first));
    assert_eq!(world.patch(&cancel, &json!({})).await.status, 200);
    assert_eq!(world.post("/resource-bookings", &slot).await.status, 201);
}
