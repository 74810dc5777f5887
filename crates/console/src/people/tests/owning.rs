//! Giving ownership, and giving it up: neither is one Save.

use org_auth::user::{Role, UserRef};

use super::{path, stored};
use crate::testing::{Page, World};

/// What the owner of a browser sends of a person: the role, and what else.
async fn save(world: &World, person: UserRef, role: &str, more: &[(&str, &str)]) -> Page {
    let version = stored(world, person).expect("a person").updated_at;
    let version = version.to_string();
    let mut fields = vec![("version", &*version), ("name", "Ida"), ("role", role)];
    fields.extend(more);
    let browser = world.signed_in(Role::Owner);
    browser.post(&path(person.id, ""), &fields).await
}

fn role(world: &World, person: UserRef) -> Role {
    stored(world, person).expect("a person").role
}

#[actix_web::test]
async fn nobody_is_made_an_owner_without_a_question() {
    let world = World::new();
    let person = world.user(world.vienna, Role::Viewer);
    let page = save(&world, person, "OWNER", &[]).await;
    page.shows(
        200,
        &[
            "Make VIEWER Example an owner?",
            r#"name="name" value="Ida""#,
            r#"name="confirmed" value="OWNER""#,
        ],
    );
    assert_eq!(role(&world, person), Role::Viewer, "nothing is done yet");
    let page = save(&world, person, "OWNER", &[("confirmed", "ADMIN")]).await;
    page.shows(200, &["Make VIEWER Example an owner?"]);
    let page = save(&world, person, "OWNER", &[("confirmed", "OWNER")]).await;
    assert_eq!(page.status, 303, "{}", page.body);
    assert_eq!(role(&world, person), Role::Owner);
}

#[actix_web::test]
async fn nobody_gives_up_their_ownership_without_a_question() {
    let world = World::new();
    let owner = world.user(world.vienna, Role::Owner);
    let other = world.user(world.vienna, Role::Admin);
    save(&world, other, "OWNER", &[("confirmed", "OWNER")]).await;
    let page = save(&world, owner, "ADMIN", &[]).await;
    page.shows(
        200,
        &[
            "Give up your ownership?",
            "Your role becomes Administrator",
            r#"name="confirmed" value="ADMIN""#,
        ],
    );
    assert_eq!(role(&world, owner), Role::Owner, "nothing is done yet");
    let page = save(&world, owner, "ADMIN", &[("confirmed", "ADMIN")]).await;
    assert_eq!(page.status, 303, "{}", page.body);
    assert_eq!(role(&world, owner), Role::Admin);
}

#[actix_web::test]
async fn what_changes_no_ownership_is_saved_at_once() {
    let world = World::new();
    let owner = world.user(world.vienna, Role::Owner);
    let page = save(&world, owner, "OWNER", &[]).await;
    assert_eq!(page.status, 303, "{}", page.body);
    let admin = world.user(world.vienna, Role::Admin);
    let page = save(&world, admin, "VIEWER", &[]).await;
    assert_eq!(page.status, 303, "{}", page.body);
}

#[actix_web::test]
async fn who_is_late_is_told_so_and_not_asked() {
    let world = World::new();
    let person = world.user(world.vienna, Role::Viewer);
    let seen = stored(&world, person).expect("a person").updated_at;
    save(&world, person, "ADMIN", &[]).await;
    let seen = seen.to_string();
    let late = [("version", &*seen), ("name", "Eva"), ("role", "OWNER")];
    let browser = world.signed_in(Role::Owner);
    let page = browser.post(&path(person.id, ""), &late).await;
    page.shows(409, &["Somebody else changed this person"]);
}
