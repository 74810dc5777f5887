//! Inviting people, and giving them links.

use org_auth::user::Role;
use org_kernel::id::UserId;

use super::{path, people, stored};
use crate::testing::{Page, World};

const INVITE: &str = "/settings/people/invite";

const LINK: &str = "http://127.0.0.1:8080/settings/link/";

fn invitation<'a>(id: &'a str, email: &'a str) -> [(&'a str, &'a str); 4] {
    [
        ("id", id),
        ("name", "Ada & Co"),
        ("email", email),
        ("role", "ADMIN"),
    ]
}

/// The id that the form has for whoever is invited.
fn id(form: &Page) -> String {
    let (_, rest) = form
        .body
        .split_once(r#"name="id" value=""#)
        .expect("a field");
    rest.split('"').next().expect("a value").to_owned()
}

/// The secret of the link that a page shows.
fn secret(page: &Page) -> &str {
    let (_, rest) = page.body.split_once(LINK).expect("a link");
    rest.split('"').next().expect("its end")
}

#[actix_web::test]
async fn whoever_is_invited_gets_a_link_that_is_shown_once() {
    let world = World::new();
    let browser = world.signed_in(Role::Owner);
    let form = browser.get(INVITE).await;
    form.shows(200, &["No mail is sent", r#"<option value="OWNER""#]);
    let id = id(&form);
    let page = browser
        .post(INVITE, &invitation(&id, "ada@example.org"))
        .await;
    page.shows(
        200,
        &[
            "Sign-in link for Ada &#38; Co",
            "shown once",
            "It works once, until",
        ],
    );
    assert_eq!(secret(&page).len(), 43);
    let invited: UserId = id.parse().expect("an id");
    let person = people(&world)
        .into_iter()
        .find(|person| person.id == invited);
    let person = person.expect("the person");
    assert_eq!((person.role, person.joined_at), (Role::Admin, None));
    let list = browser.get("/settings/people").await;
    list.shows(200, &["Ada &#38; Co", "invited"]);
}

#[actix_web::test]
async fn a_form_that_is_sent_twice_invites_once() {
    let world = World::new();
    let browser = world.signed_in(Role::Owner);
    let id = id(&browser.get(INVITE).await);
    browser
        .post(INVITE, &invitation(&id, "ada@example.org"))
        .await;
    let number = people(&world).len();
    let page = browser
        .post(INVITE, &invitation(&id, "ada@example.org"))
        .await;
    page.shows(
        409,
        &["was sent before", &format!("/settings/people/{id}/link")],
    );
    assert!(!page.has("/settings/link/"), "the link is shown once");
    assert_eq!(people(&world).len(), number);
}

#[actix_web::test]
async fn what_is_wrong_with_an_invitation_is_said_beside_its_field() {
    let world = World::new();
    let before = people(&world).len();
    let browser = world.signed_in(Role::Owner);
    let id = id(&browser.get(INVITE).await);
    let page = browser
        .post(INVITE, &invitation(&id, "OWNER@example.org"))
        .await;
    page.shows(
        422,
        &[
            "Belongs to somebody who is here already.",
            r#"value="OWNER@example.org""#,
            &id,
        ],
    );
    let wrong = [
        ("id", &*id),
        ("name", ""),
        ("email", "ada"),
        ("role", "BOSS"),
    ];
    let page = browser.post(INVITE, &wrong).await;
    page.shows(
        422,
        &[
            r#"id="name-error">Is required."#,
            r#"id="email-error">Must be an e-mail address"#,
            r#"id="role-error">Must be one of"#,
            "3 fields need another look.",
        ],
    );
    assert_eq!(page.body.matches(" autofocus").count(), 1);
    let page = browser
        .post(INVITE, &invitation("", "ada@example.org"))
        .await;
    page.shows(403, &["This form is out of date"]);
    assert_eq!(people(&world).len(), before);
}

#[actix_web::test]
async fn a_new_link_is_made_after_its_owner_was_told_what_it_does() {
    let world = World::new();
    let browser = world.signed_in(Role::Owner);
    let person = world.user(world.vienna, Role::Viewer);
    let page = browser.get(&path(person.id, "/link")).await;
    page.shows(
        200,
        &[
            "can choose a new password",
            "viewer@example.org",
            "72 hours",
        ],
    );
    assert!(!page.has("/settings/link/"), "nothing is made yet");
    let first = browser.post(&path(person.id, "/link"), &[]).await;
    first.shows(200, &["Sign-in link for VIEWER Example"]);
    let second = browser.post(&path(person.id, "/link"), &[]).await;
    assert_ne!(secret(&first), secret(&second));
    assert!(stored(&world, person).is_some());
}
