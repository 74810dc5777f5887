//! Making a key: once, as it was typed, and not otherwise.

use org_auth::rate::PerMinute;

use super::*;

const FORM: &str = "/settings/keys/new";
const KEYS: &str = "/settings/keys";

/// The fields of a good form, with these in the place of those of their names.
fn typed<'a>(id: &'a str, instead: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let usual = [
        ("id", id),
        ("name", "Website <live>"),
        ("scope", "org:read:personnel"),
        ("scope", "org:write:bookings"),
        ("expiry", "90"),
        ("until", ""),
        ("reads", ""),
        ("writes", "20"),
    ];
    let is_usual = |field: &(&str, &str)| instead.iter().all(|(name, _)| *name != field.0);
    let mut fields: Vec<_> = usual.into_iter().filter(is_usual).collect();
    fields.extend(instead);
    fields
}

#[actix_web::test]
async fn the_form_offers_every_scope_with_what_it_grants() {
    let world = World::new();
    let page = world.signed_in(Role::Admin).get(FORM).await;
    page.shows(200, &["name=\"name\"", "name=\"until\"", "name=\"writes\""]);
    for scope in Scope::ALL {
        let (name, grants) = (scope.as_str(), scope.grants().replace('\'', "&#39;"));
        page.shows(200, &[&format!("value=\"{name}\""), &grants]);
    }
}

#[actix_web::test]
async fn a_key_is_made_as_it_was_typed_and_its_secret_is_shown_once() {
    let world = World::new();
    let admin = world.signed_in(Role::Admin);
    let id = new_id(&admin, FORM).await;
    let page = admin.post(KEYS, &typed(&id, &[])).await;
    page.shows(
        200,
        &["Website &#60;live&#62;", "shown this once", "readonly"],
    );
    let shown = secret(&page).expect("the secret");
    let curl = format!(
        "Bearer {shown}&#39; \\\n  &#39;http://127.0.0.1:8080/api/org/v1/vienna/members&#39;"
    );
    page.shows(200, &[&curl]);
    let [key] = &world.keys_of(world.vienna)[..] else {
        panic!("not one key");
    };
    assert_eq!(
        (key.id.to_string(), key.name.as_str()),
        (id, "Website <live>")
    );
    let scopes = [Scope::ReadPersonnel, Scope::WriteBookings];
    assert_eq!(key.scopes, ScopeSet::from_iter(scopes));
    assert_eq!(key.expires_at, Some(world.in_days(90)));
    let limits = [key.limits.reads, key.limits.writes].map(|limit| limit.map(PerMinute::get));
    assert_eq!(limits, [None, Some(20)]);
    assert!(shown.starts_with(key.prefix.as_str()));
    assert_eq!(world.told(), [("api_key.created".to_owned(), Some(200))]);
    let later = admin.get(&crate::keys::path(key.id)).await;
    later.shows(200, &["ADMIN Example", "its own"]);
    assert!(!later.has(shown), "nobody sees the secret again");
}

#[actix_web::test]
async fn a_form_that_is_sent_twice_makes_one_key() {
    let world = World::new();
    let admin = world.signed_in(Role::Admin);
    let id = new_id(&admin, FORM).await;
    admin.post(KEYS, &typed(&id, &[])).await.shows(200, &[]);
    let again = admin.post(KEYS, &typed(&id, &[])).await;
    again.shows(409, &["made already", &format!("/settings/keys/{id}\"")]);
    assert_eq!(secret(&again), None);
    assert_eq!(world.keys_of(world.vienna).len(), 1);
}

#[actix_web::test]
async fn what_is_wrong_is_said_beside_its_field_and_what_was_typed_is_kept() {
    let world = World::new();
    let admin = world.signed_in(Role::Admin);
    let id = new_id(&admin, FORM).await;
    let long = "x".repeat(121);
    for (field, instead, message) in [
        ("name", &[("name", " ")][..], "Is required."),
        ("name", &[("name", &long)], "120"),
        ("name", &[("name", "a\u{7}b")], "name-error"),
        (
            "scope-1",
            &[("scope", "org:write:everything")],
            "one of org:read:operations",
        ),
        ("expiry-30", &[("expiry", "31")], "Choose one of these."),
        ("until", &[("expiry", "date")], "Is required."),
        (
            "until",
            &[("expiry", "365"), ("until", "2026-04-01")],
            "Choose “Until the end of a day” as well, or empty this.",
        ),
        (
            "until",
            &[("expiry", "never"), ("until", "x")],
            "Choose “Until the end of a day” as well, or empty this.",
        ),
        (
            "until",
            &[("expiry", "date"), ("until", "2026-03-13")],
            "Must be today or later.",
        ),
        (
            "until",
            &[("expiry", "date"), ("until", "2026-02-30")],
            "a date that exists",
        ),
        (
            "until",
            &[("expiry", "date"), ("until", "9999-12-31")],
            "the years 1 to 9999",
        ),
        ("reads", &[("reads", "0")], "from 1 to 1000000"),
        ("writes", &[("writes", "1000001")], "from 1 to 1000000"),
    ] {
        let page = admin.post(KEYS, &typed(&id, instead)).await;
        page.shows(422, &[message, "One field needs another look."]);
        assert_eq!(page.body.matches(" autofocus").count(), 1, "{instead:?}");
        let (before, _) = page.body.split_once(" autofocus").expect("one");
        let (_, input) = before.rsplit_once("<input").expect("an input");
        assert!(input.contains(&format!("id=\"{field}\"")), "{input}");
        assert_eq!(hidden(&page, "id"), id);
    }
    let page = admin.post(KEYS, &typed(&id, &[("reads", "many")])).await;
    page.shows(
        422,
        &[
            "value=\"Website &#60;live&#62;\"",
            "value=\"many\"",
            "value=\"20\"",
        ],
    );
    let checked = |value: &str| {
        let (_, rest) = page
            .body
            .split_once(&format!("value=\"{value}\""))
            .expect("the choice");
        rest.split_once('>')
            .is_some_and(|(input, _)| input.contains("checked"))
    };
    assert!(checked("org:read:personnel") && checked("org:write:bookings") && checked("90"));
    assert!(!checked("org:read:operations") && !checked("never"));
    assert_eq!(world.keys_of(world.vienna), []);
}

#[actix_web::test]
async fn a_key_without_a_scope_is_not_made() {
    let world = World::new();
    let admin = world.signed_in(Role::Admin);
    let id = new_id(&admin, FORM).await;
    let fields = [("id", id.as_str()), ("name", "x"), ("expiry", "never")];
    let page = admin.post(KEYS, &fields).await;
    page.shows(422, &["Choose at least one", "id=\"scope-error\""]);
    assert_eq!(world.keys_of(world.vienna), []);
}

#[actix_web::test]
async fn a_key_lasts_as_long_as_was_chosen() {
    let world = World::new();
    let admin = world.signed_in(Role::Admin);
    // It is 19:30 in Vienna, whose day ends at 23:00 in UTC.
    let tonight = "2026-03-14T23:00:00Z".parse().expect("an instant");
    for (fields, expected) in [
        (&[("expiry", "never")][..], None),
        (&[("expiry", "30")], Some(world.in_days(30))),
        (
            &[("expiry", "365"), ("until", " ")],
            Some(world.in_days(365)),
        ),
        (
            &[("expiry", "date"), ("until", "2026-03-14")],
            Some(tonight),
        ),
    ] {
        let id = new_id(&admin, FORM).await;
        admin.post(KEYS, &typed(&id, fields)).await.shows(200, &[]);
        let id = id.parse().expect("an id");
        assert_eq!(
            world.stored(world.vienna, id).expires_at,
            expected,
            "{fields:?}"
        );
    }
}

#[actix_web::test]
async fn an_id_that_no_form_gave_makes_no_key() {
    let world = World::new();
    let admin = world.signed_in(Role::Admin);
    for id in [
        "",
        "x",
        "key_00000000000000000000000000",
        "usr_01hf7yat00e00r000000000009",
        "key_7n42dgm5tfjfqxzzzzzzzzzzzz",
    ] {
        let page = admin.post(KEYS, &typed(id, &[])).await;
        page.shows(403, &["This form is out of date"]);
    }
    let theirs = world.key(world.linz, "Theirs", None).key;
    let page = admin.post(KEYS, &typed(&theirs.id.to_string(), &[])).await;
    page.shows(409, &["made already"]);
    assert!(!page.has("Theirs"), "{}", page.body);
    assert_eq!(world.keys_of(world.vienna), []);
    assert_eq!(world.keys_of(world.linz), [theirs]);
}
