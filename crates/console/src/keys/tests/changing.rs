//! Rotating and revoking: by those who may, of their own keys, and once.

use super::*;
use crate::keys::path;

const A_NEW_ID: &str = "key_01jzzzzzzze000000000000001";

fn rotation<'a>(id: &'a str, overlap: &'a str) -> [(&'a str, &'a str); 2] {
    [("id", id), ("overlap", overlap)]
}

#[actix_web::test]
async fn a_rotated_key_is_followed_by_another_whose_secret_is_shown_once() {
    let world = World::new();
    let admin = world.signed_in(Role::Admin);
    let old = world.key(world.vienna, "Website", Some(90)).key;
    let form = format!("{}/rotate", path(old.id));
    let id = new_id(&admin, &form).await;
    let page = admin.post(&form, &rotation(&id, "24h")).await;
    let until = world.in_days(1);
    page.shows(
        200,
        &[
            "works until",
            &format!("<time datetime=\"{until}\">"),
            "curl --header",
        ],
    );
    let new = world.stored(world.vienna, id.parse().expect("an id"));
    assert!(secret(&page).is_some_and(|secret| secret.starts_with(new.prefix.as_str())));
    assert_eq!((new.name, new.scopes), (old.name, old.scopes));
    let ended = world.stored(world.vienna, old.id);
    assert_eq!(
        (ended.expires_at, ended.replaced_by),
        (Some(until), Some(new.id))
    );
    let told = ["api_key.created", "api_key.rotated", "api_key.created"];
    let told = told
        .map(str::to_owned)
        .into_iter()
        .zip([None, Some(200), Some(200)]);
    assert_eq!(world.told(), told.collect::<Vec<_>>());
    let page = admin.get(&path(old.id)).await;
    page.shows(
        200,
        &[
            "Replaced, still works",
            &format!("href=\"{}\"", path(new.id)),
        ],
    );
    assert!(!page.has("/rotate\""), "it is not rotated again");
}

#[actix_web::test]
async fn without_an_overlap_the_old_key_ends_at_once() {
    let world = World::new();
    let admin = world.signed_in(Role::Admin);
    let old = world.key(world.vienna, "Website", None).key.id;
    let form = format!("{}/rotate", path(old));
    let page = admin.post(&form, &rotation(A_NEW_ID, "now")).await;
    page.shows(200, &["is refused from now on"]);
    let ended = world.stored(world.vienna, old);
    assert!(!ended.works_at(world.clock.now()));
}

#[actix_web::test]
async fn a_rotation_that_is_sent_twice_is_done_once() {
    let world = World::new();
    let admin = world.signed_in(Role::Admin);
    let old = world.key(world.vienna, "Website", None).key.id;
    let form = format!("{}/rotate", path(old));
    let id = new_id(&admin, &form).await;
    admin
        .post(&form, &rotation(&id, "1h"))
        .await
        .shows(200, &[]);
    let again = admin.post(&form, &rotation(&id, "1h")).await;
    again.shows(409, &["made already"]);
    assert_eq!(secret(&again), None);
    let by_another = admin.post(&form, &rotation(A_NEW_ID, "1h")).await;
    by_another.shows(
        409,
        &["This key cannot be rotated", "It was rotated already."],
    );
    assert_eq!(world.keys_of(world.vienna).len(), 2);
}

#[actix_web::test]
async fn what_does_not_work_is_not_rotated() {
    let world = World::new();
    let admin = world.signed_in(Role::Admin);
    let [revoked, expired] =
        [None, Some(0)].map(|days| world.key(world.vienna, "Website", days).key.id);
    let keys = &world.ports.keys;
    keys.revoke(revoked, &Origin::OPERATOR).expect("revoked");
    for (key, words) in [(revoked, "It was revoked"), (expired, "It has expired")] {
        let form = format!("{}/rotate", path(key));
        admin
            .get(&form)
            .await
            .shows(409, &["This key cannot be rotated", words]);
        let page = admin.post(&form, &rotation(A_NEW_ID, "24h")).await;
        page.shows(409, &["This key cannot be rotated", words]);
    }
    assert_eq!(world.keys_of(world.vienna).len(), 2);
}

#[actix_web::test]
async fn an_overlap_that_is_not_offered_is_refused_beside_the_choices() {
    let world = World::new();
    let admin = world.signed_in(Role::Admin);
    let key = world.key(world.vienna, "Website", None).key;
    let form = format!("{}/rotate", path(key.id));
    for (overlap, message) in [
        ("", "Is required."),
        ("30d", "Must be one of now, 1h, 24h, 7d."),
    ] {
        let page = admin.post(&form, &rotation(A_NEW_ID, overlap)).await;
        page.shows(422, &[message, " autofocus"]);
        assert_eq!(hidden(&page, "id"), A_NEW_ID);
    }
    let tampered = admin.post(&form, &rotation("x", "24h")).await;
    tampered.shows(403, &["This form is out of date"]);
    assert_eq!(world.keys_of(world.vienna), [key]);
}

#[actix_web::test]
async fn a_key_is_revoked_after_a_page_that_says_what_stops() {
    let world = World::new();
    let admin = world.signed_in(Role::Admin);
    let key = world.key(world.vienna, "Website", None).key.id;
    let form = format!("{}/revoke", path(key));
    let page = admin.get(&form).await;
    page.shows(
        200,
        &[
            "Revoke Website",
            "never used",
            "org:read:operations",
            "cannot be undone",
        ],
    );
    assert_eq!(
        world.stored(world.vienna, key).revoked_at,
        None,
        "to look is not to do"
    );
    for _ in 0..2 {
        let answer = admin.post(&form, &[]).await;
        assert_eq!(answer.status, 303, "{}", answer.body);
        let shown = answer.location.expect("a page");
        assert_eq!(shown, format!("{}?done=key-revoked", path(key)));
        admin
            .get(&shown)
            .await
            .shows(200, &["The key is revoked.", ">Revoked<"]);
    }
    let told = ["api_key.created", "api_key.revoked"];
    let told = told.map(str::to_owned).into_iter().zip([None, Some(303)]);
    assert_eq!(world.told(), told.collect::<Vec<_>>());
    admin.get(&form).await.shows(200, &["was revoked already"]);
}

/// Every path of keys that an administrator alone may ask for.
fn managed(key: KeyId) -> [(&'static str, String); 6] {
    let key = path(key);
    [
        ("GET", "/settings/keys/new".to_owned()),
        ("POST", "/settings/keys".to_owned()),
        ("GET", format!("{key}/rotate")),
        ("POST", format!("{key}/rotate")),
        ("GET", format!("{key}/revoke")),
        ("POST", format!("{key}/revoke")),
    ]
}

async fn ask(browser: &Browser<'_>, (method, path): &(&str, String)) -> Page {
    let fields = rotation(A_NEW_ID, "24h");
    match *method {
        "GET" => browser.get(path).await,
        _ => browser.post(path, &fields).await,
    }
}

#[actix_web::test]
async fn a_viewer_changes_nothing() {
    let world = World::new();
    let viewer = world.signed_in(Role::Viewer);
    let key = world.key(world.vienna, "Website", None).key;
    for request in managed(key.id) {
        let page = ask(&viewer, &request).await;
        page.shows(403, &["Your role does not allow this"]);
    }
    assert_eq!(world.keys_of(world.vienna), [key]);
}

#[actix_web::test]
async fn another_organizations_key_does_not_exist() {
    let world = World::new();
    let owner = world.signed_in(Role::Owner);
    let theirs = world.key(world.linz, "Theirs", None).key;
    let of_one_key = managed(theirs.id).into_iter().skip(2);
    for request in of_one_key.chain([("GET", path(theirs.id))]) {
        let page = ask(&owner, &request).await;
        page.shows(404, &["There is no such page"]);
        assert!(!page.has("Theirs"), "{}", page.body);
    }
    for unknown in ["x", "usr_01hf7yat00e00r000000000009"] {
        owner
            .get(&format!("/settings/keys/{unknown}"))
            .await
            .shows(404, &[]);
    }
    assert_eq!(world.keys_of(world.linz), [theirs]);
}
