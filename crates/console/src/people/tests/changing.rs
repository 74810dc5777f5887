//! Changing somebody's name and role, and transferring ownership.

use org_auth::user::{Role, UserRef};
use time::Duration;

use super::{path, stored};
use crate::testing::World;

/// The version of a person that a form has.
fn version(world: &World, user: UserRef) -> String {
    stored(world, user)
        .expect("a person")
        .updated_at
        .to_string()
}

#[actix_web::test]
async fn a_name_and_a_role_are_changed_together() {
    let world = World::new();
    let (browser, person) = (
        world.signed_in(Role::Owner),
        world.user(world.vienna, Role::Viewer),
    );
    let version = version(&world, person);
    let fields = [("version", &*version), ("name", "Ida"), ("role", "ADMIN")];
    let page = browser.post(&path(person.id, ""), &fields).await;
    let there = path(person.id, "?done=person-changed");
    assert_eq!(
        (page.status, page.location.as_deref()),
        (303, Some(&*there))
    );
    browser
        .get(&there)
        .await
        .shows(200, &["The name and the role are saved.", "Ida"]);
    let changed = stored(&world, person).expect("a person");
    assert_eq!((changed.name.as_str(), changed.role), ("Ida", Role::Admin));
}

#[actix_web::test]
async fn who_is_late_is_told_what_a_person_is_now() {
    let world = World::new();
    let (browser, person) = (
        world.signed_in(Role::Owner),
        world.user(world.vienna, Role::Viewer),
    );
    let seen = version(&world, person);
    world.clock.advance(Duration::minutes(1));
    let first = [("version", &*seen), ("name", "Ida"), ("role", "ADMIN")];
    browser.post(&path(person.id, ""), &first).await;
    let late = [("version", &*seen), ("name", "Eva"), ("role", "VIEWER")];
    let page = browser.post(&path(person.id, ""), &late).await;
    let now = version(&world, person);
    page.shows(
        409,
        &[
            "the name is Ida and the role admin now",
            r#"value="Eva""#,
            &now,
        ],
    );
    assert_eq!(
        stored(&world, person).expect("a person").name.as_str(),
        "Ida"
    );
}

#[actix_web::test]
async fn what_is_wrong_is_said_beside_its_field() {
    let world = World::new();
    let (browser, person) = (
        world.signed_in(Role::Owner),
        world.user(world.vienna, Role::Viewer),
    );
    let version = version(&world, person);
    let wrong = [("version", &*version), ("name", ""), ("role", "BOSS")];
    let page = browser.post(&path(person.id, ""), &wrong).await;
    page.shows(
        422,
        &[
            r#"id="name-error">Is required."#,
            r#"id="role-error">Must be one of"#,
        ],
    );
    let page = browser.post(&path(person.id, ""), &[("name", "Ida")]).await;
    page.shows(403, &["This form is out of date"]);
}

#[actix_web::test]
async fn the_last_owner_stays_one() {
    let world = World::new();
    let (browser, owner) = (
        world.signed_in(Role::Owner),
        world.user(world.vienna, Role::Owner),
    );
    let version = version(&world, owner);
    let fields = [("version", &*version), ("name", "Ida"), ("role", "VIEWER")];
    let page = browser.post(&path(owner.id, ""), &fields).await;
    page.shows(
        422,
        &[r#"id="role-error">Must stay an owner"#, r#"value="Ida""#],
    );
    assert_eq!(stored(&world, owner).expect("the owner").role, Role::Owner);
}

#[actix_web::test]
async fn ownership_is_transferred_to_somebody_who_has_joined() {
    let world = World::new();
    let browser = world.signed_in(Role::Owner);
    let [giver, taker] = [Role::Owner, Role::Admin].map(|role| world.user(world.vienna, role));
    let page = browser.get(&path(taker.id, "/transfer")).await;
    page.shows(200, &["You become an administrator", "ADMIN Example"]);
    let page = browser.post(&path(taker.id, "/transfer"), &[]).await;
    let there = "/settings/people?done=ownership-transferred";
    assert_eq!((page.status, page.location.as_deref()), (303, Some(there)));
    let role = |user| stored(&world, user).expect("a person").role;
    assert_eq!((role(giver), role(taker)), (Role::Admin, Role::Owner));
    let page = browser.post(&path(taker.id, "/transfer"), &[]).await;
    assert_eq!(page.status, 403, "it is no longer theirs to give");
}

#[actix_web::test]
async fn ownership_is_neither_kept_by_giving_it_to_oneself_nor_given_to_who_never_came() {
    let world = World::new();
    let browser = world.signed_in(Role::Owner);
    let owner = world.user(world.vienna, Role::Owner);
    assert_eq!(browser.get(&path(owner.id, "/transfer")).await.status, 404);
    assert_eq!(
        browser.post(&path(owner.id, "/transfer"), &[]).await.status,
        404
    );
    let id = world.ports.users.fresh_id();
    let text = id.to_string();
    let fields = [
        ("id", &*text),
        ("name", "Ada"),
        ("email", "ada@example.org"),
        ("role", "ADMIN"),
    ];
    browser
        .post("/settings/people/invite", &fields)
        .await
        .shows(200, &["Ada"]);
    let page = browser.get(&path(id, "/transfer")).await;
    page.shows(200, &["has not joined yet"]);
    assert!(!page.has("<button class=\"danger\">"));
    let page = browser.post(&path(id, "/transfer"), &[]).await;
    page.shows(422, &["They have not joined yet"]);
    assert_eq!(stored(&world, owner).expect("the owner").role, Role::Owner);
}
