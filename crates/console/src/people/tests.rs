//! The pages of people, over stores in memory.

mod changing;
mod going;
mod inviting;
mod made;
mod owning;

use org_auth::user::{Role, User, UserRef};
use org_kernel::id::UserId;

use crate::testing::World;

/// Everybody in an organization.
fn people(world: &World) -> Vec<User> {
    world.ports.users.list(world.vienna).expect("an answer")
}

/// One of them.
fn stored(world: &World, user: UserRef) -> Option<User> {
    world.ports.users.find(user).expect("an answer")
}

fn path(id: UserId, page: &str) -> String {
    format!("/settings/people/{id}{page}")
}

#[actix_web::test]
async fn everybody_sees_the_people_of_their_own_organization() {
    let world = World::new();
    let page = world.signed_in(Role::Viewer).get("/settings/people").await;
    let shown = [
        "VIEWER Example",
        "ADMIN Example",
        "OWNER Example",
        "owner@example.org",
        "Administrator",
        "you",
    ];
    page.shows(200, &shown);
    assert!(!page.has("/settings/people/invite"), "that is for owners");
    let theirs = world.user(world.linz, Role::Owner);
    assert!(!page.has(&theirs.id.to_string()));
    let page = world.signed_in(Role::Owner).get("/settings/people").await;
    page.shows(200, &["/settings/people/invite"]);
}

#[actix_web::test]
async fn a_person_has_a_page_and_owners_its_form() {
    let world = World::new();
    let person = world.user(world.vienna, Role::Admin);
    let page = world
        .signed_in(Role::Viewer)
        .get(&path(person.id, ""))
        .await;
    page.shows(200, &["ADMIN Example", "admin@example.org"]);
    assert!(!page.has("Name and role"));
    let page = world.signed_in(Role::Owner).get(&path(person.id, "")).await;
    page.shows(
        200,
        &[
            "Name and role",
            r#"<option value="ADMIN" selected>"#,
            "/transfer",
            "/remove",
            "/link",
        ],
    );
}

#[actix_web::test]
async fn nobody_meets_people_of_another_organization() {
    let world = World::new();
    let browser = world.signed_in(Role::Owner);
    let theirs = world.user(world.linz, Role::Viewer).id;
    let nobody = UserId::nobody();
    for id in [
        theirs.to_string(),
        nobody.to_string(),
        "usr_x".to_owned(),
        "%2e%2e".to_owned(),
    ] {
        for page in ["", "/link", "/remove", "/transfer"] {
            let path = format!("/settings/people/{id}{page}");
            assert_eq!(browser.get(&path).await.status, 404, "{path}");
            assert_eq!(browser.post(&path, &[]).await.status, 404, "{path}");
        }
    }
    let theirs = UserRef {
        org: world.linz,
        id: theirs,
    };
    assert!(stored(&world, theirs).is_some());
}

#[actix_web::test]
async fn only_owners_manage_people() {
    let world = World::new();
    let before = people(&world);
    let person = world.user(world.vienna, Role::Viewer).id;
    for role in [Role::Viewer, Role::Admin] {
        let browser = world.signed_in(role);
        let pages = ["/link", "/remove", "/transfer"].map(|page| path(person, page));
        for page in pages
            .iter()
            .map(String::as_str)
            .chain(["/settings/people/invite"])
        {
            assert_eq!(browser.get(page).await.status, 403, "{page}");
            assert_eq!(browser.post(page, &[]).await.status, 403, "{page}");
        }
        assert_eq!(browser.post(&path(person, ""), &[]).await.status, 403);
    }
    let ids = |people: Vec<User>| {
        people
            .into_iter()
            .map(|person| (person.id, person.role))
            .collect::<Vec<_>>()
    };
    assert_eq!(ids(people(&world)), ids(before));
}
