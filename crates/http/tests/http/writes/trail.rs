//! What the audit trail tells of writes.

use org_kernel::actor::Actor;
use org_kernel::id::KeyId;
use serde_json::{Value, json};

use super::{contact, every_write, id};
use crate::world::World;

#[actix_web::test]
async fn every_write_is_told_with_its_request() {
    let world = World::new();
    let writes = every_write(&world).await;
    let before = world.library.inner.entries(world.vienna).len();
    for (place, (method, path, body)) in writes.iter().enumerate() {
        let request = world.writing(method, path, body);
        let request = request
            .insert_header(("x-request-id", format!("request-{place}")))
            .peer_addr("192.0.2.7:4711".parse().expect("an address"));
        let answer = world.send(request).await;
        let told = world.library.inner.entries(world.vienna);
        if path.starts_with("/contacts/") {
            // The same contact again: nothing was changed.
            assert_eq!(told.len(), before + place);
            continue;
        }
        let entry = told.last().expect("an entry");
        let object = answer.json()["data"]["id"].clone();
        let subject = entry.subject.as_ref().expect("a subject").to_string();
        assert_eq!(json!(subject), object, "{path}");
        assert_eq!(
            entry.actor,
            Some(Actor::Key(KeyId::new(uuid::Uuid::from_u128(1))))
        );
        let request = entry.request.as_ref().expect("a request");
        assert_eq!(request.id, format!("request-{place}"));
        assert_eq!(request.address.to_string(), "192.0.2.7");
        assert_eq!((&*request.method, request.status), (*method, answer.status));
        assert!(
            request.route.starts_with("/api/org/v1/{slug}/"),
            "{}",
            request.route
        );
        assert!(!request.route.contains('_'), "{}", request.route);
    }
}

#[actix_web::test]
async fn old_and_new_values_are_told_and_addresses_are_not() {
    let world = World::new();
    let mut person = contact();
    person["email"] = json!("elena@example.org");
    person["city"] = json!("Wien");
    let made = world.post("/contacts", &person).await;
    person["email"] = json!("e.markovic@example.org");
    person["city"] = json!("Graz");
    let path = format!("/contacts/{}", id(&made));
    world.patch(&path, &person).await;
    let told = world.library.inner.entries(world.vienna);
    let last = told.last().expect("an entry");
    assert_eq!(last.action, "contact.replaced");
    let changes: &Value = &last.details["changes"];
    assert_eq!(
        *changes,
        json!({
            "email": { "old": "***", "new": "***" },
            "city": { "old": "Wien", "new": "Graz" },
        })
    );
    assert!(
        told.iter()
            .all(|entry| !json!(entry.details).to_string().contains("@example.org"))
    );
}
