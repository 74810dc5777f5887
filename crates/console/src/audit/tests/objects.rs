//! What the trail calls the objects that entries are on, and where it leads from them.

use org_auth::user::{Role, UserRef};
use org_kernel::actor::Actor;
use org_kernel::audit::{Change, Origin, Subject};
use org_kernel::id::{DeliveryId, KeyId};
use uuid::Uuid;

use super::{ago, note};
use crate::testing::{Page, World};

/// The trail, in which something was done to this object.
async fn trail_of(world: &World, subject: impl Into<Subject>) -> Page {
    let change = Change::new(Uuid::from_u128(7), ago(1), "object.changed", subject);
    note(world, world.vienna, Actor::Operator, &[change]);
    let browser = world.signed_in(Role::Admin);
    browser.get("/settings/audit?what=object.changed").await
}

#[actix_web::test]
async fn an_endpoint_is_called_by_its_url_until_it_is_deleted() {
    let world = World::new();
    let endpoint = world.endpoint(world.vienna, "a");
    let page = trail_of(&world, endpoint.id).await;
    let named = format!(
        r#"<a href="/settings/webhooks/{}">https://hooks.example/a</a>"#,
        endpoint.id
    );
    let filter = format!(
        r#"<a href="/settings/audit?on={}">Only entries on this"#,
        endpoint.id
    );
    page.shows(200, &[&named, &filter]);
    let deleted = world.ports.endpoints.delete(endpoint.id, &Origin::OPERATOR);
    deleted.expect("deleted");
    let browser = world.signed_in(Role::Admin);
    let page = browser.get("/settings/audit?what=object.changed").await;
    let id = endpoint.id;
    page.shows(
        200,
        &[&format!(r#"<a href="/settings/audit?on={id}">{id}</a>"#)],
    );
}

#[actix_web::test]
async fn whoever_has_a_page_is_led_to() {
    let world = World::new();
    let key: KeyId = world.ports.ids.next();
    let delivery: DeliveryId = world.ports.ids.next();
    let UserRef { id, .. } = world.user(world.vienna, Role::Viewer);
    let [key, delivery, id] = [
        (Subject::from(key), format!("/settings/keys/{key}")),
        (
            Subject::from(delivery),
            format!("/settings/deliveries/{delivery}"),
        ),
        (Subject::from(id), format!("/settings/people/{id}")),
    ];
    for (subject, path) in [key, delivery, id] {
        let world = World::new();
        let page = trail_of(&world, subject).await;
        page.shows(200, &[&format!(r#"<a href="{path}">"#)]);
    }
}

#[actix_web::test]
async fn whoever_has_left_has_no_page() {
    let world = World::new();
    let viewer = world.user(world.vienna, Role::Viewer);
    let removed = world.ports.users.remove(viewer, &Origin::OPERATOR);
    removed.expect("removed");
    let page = trail_of(&world, viewer.id).await;
    let named = format!(
        r#"<a href="/settings/audit?on={}">VIEWER Example</a>"#,
        viewer.id
    );
    page.shows(200, &[&named]);
}

#[actix_web::test]
async fn objects_lead_to_what_was_done_to_them() {
    let world = World::new();
    let endpoint = world.endpoint(world.vienna, "a");
    let person = world.user(world.vienna, Role::Viewer).id;
    for (page, id) in [
        (
            format!("/settings/webhooks/{}", endpoint.id),
            endpoint.id.to_string(),
        ),
        (format!("/settings/people/{person}"), person.to_string()),
    ] {
        let link = format!(r#"<a href="/settings/audit?on={id}">In the audit trail</a>"#);
        let shown = world.signed_in(Role::Admin).get(&page).await;
        shown.shows(200, &[&link]);
        let hidden = world.signed_in(Role::Viewer).get(&page).await;
        assert!(!hidden.has(&link), "the trail is for administrators");
    }
}
