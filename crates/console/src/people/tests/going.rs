//! Removing people, and leaving.

use org_auth::user::Role;

use super::{path, people, stored};
use crate::testing::World;

const LEAVE: &str = "/settings/people/leave";

#[actix_web::test]
async fn whoever_is_removed_is_out_at_once() {
    let world = World::new();
    let (browser, person) = (
        world.signed_in(Role::Owner),
        world.user(world.vienna, Role::Admin),
    );
    let theirs = world.signed_in(Role::Admin);
    let page = browser.get(&path(person.id, "/remove")).await;
    page.shows(
        200,
        &[
            "Remove ADMIN Example?",
            "admin@example.org",
            "no API key that works",
        ],
    );
    let page = browser.post(&path(person.id, "/remove"), &[]).await;
    let there = "/settings/people?done=person-removed";
    assert_eq!((page.status, page.location.as_deref()), (303, Some(there)));
    assert_eq!(stored(&world, person), None);
    let page = theirs.get("/settings/people").await;
    assert_eq!(
        page.location.as_deref(),
        Some("/settings/sign-in?next=%2Fsettings%2Fpeople")
    );
    assert_eq!(
        browser.post(&path(person.id, "/remove"), &[]).await.status,
        404
    );
}

#[actix_web::test]
async fn to_remove_oneself_is_to_leave() {
    let world = World::new();
    let (browser, owner) = (
        world.signed_in(Role::Owner),
        world.user(world.vienna, Role::Owner),
    );
    for page in [
        browser.get(&path(owner.id, "/remove")).await,
        browser.post(&path(owner.id, "/remove"), &[]).await,
    ] {
        assert_eq!((page.status, page.location.as_deref()), (303, Some(LEAVE)));
    }
    assert!(stored(&world, owner).is_some());
}

#[actix_web::test]
async fn anybody_may_leave_and_is_signed_out() {
    let world = World::new();
    for role in [Role::Viewer, Role::Admin] {
        let browser = world.signed_in(role);
        browser
            .get(LEAVE)
            .await
            .shows(200, &["Leave this organization?", "signed out everywhere"]);
        let page = browser.post(LEAVE, &[]).await;
        let there = "/settings/sign-in?done=left";
        assert_eq!((page.status, page.location.as_deref()), (303, Some(there)));
        let forgets = |(name, value): &(String, String)| {
            name == "set-cookie"
                && value.starts_with("org_api_session=;")
                && value.contains("Max-Age=0")
        };
        assert!(page.headers.iter().any(forgets), "{:?}", page.headers);
        assert_eq!(stored(&world, world.user(world.vienna, role)), None);
        assert_eq!(browser.get("/settings/people").await.status, 303);
    }
}

#[actix_web::test]
async fn the_last_owner_is_told_to_transfer_first() {
    let world = World::new();
    let (browser, before) = (world.signed_in(Role::Owner), people(&world).len());
    let page = browser.get(LEAVE).await;
    page.shows(
        200,
        &[
            "You are the only owner who has joined",
            "transfer ownership",
        ],
    );
    assert!(!page.has("<button class=\"danger\">"));
    let page = browser.post(LEAVE, &[]).await;
    page.shows(422, &["Transfer ownership first."]);
    assert_eq!(people(&world).len(), before);
}

#[actix_web::test]
async fn an_owner_may_leave_where_there_is_another() {
    let world = World::new();
    let (browser, person) = (
        world.signed_in(Role::Owner),
        world.user(world.vienna, Role::Admin),
    );
    let version = stored(&world, person)
        .expect("a person")
        .updated_at
        .to_string();
    let mut fields = vec![("version", &*version), ("name", "Ida"), ("role", "OWNER")];
    fields.push(("confirmed", "OWNER"));
    assert_eq!(
        browser.post(&path(person.id, ""), &fields).await.status,
        303
    );
    assert_eq!(browser.post(LEAVE, &[]).await.status, 303);
    assert_eq!(stored(&world, world.user(world.vienna, Role::Owner)), None);
}
