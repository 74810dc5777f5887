//! The profile's pages, over stores in memory.

use org_auth::user::Role;
use org_domain::organizations::Organization;
use org_domain::record::Record;
use org_kernel::actor::Actor;
use org_kernel::audit::EntryQuery;
use time::Duration;

use crate::testing::World;

const EDIT: &str = "/settings/organization/edit";

fn stored(world: &World) -> Record<Organization> {
    let found = world.ports.organizations.get(world.vienna);
    found.expect("an answer").expect("an organization")
}

/// A form that is right, of the version that is stored, but for what `other` says.
fn form<'a>(version: &'a str, other: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let usual = [
        ("version", version),
        ("name", "Wiener Beispielorchester"),
        ("legalName", ""),
        ("website", "https://example.org"),
        ("city", "Wien"),
        ("country", "AT"),
        ("timeZone", "Europe/Vienna"),
        ("locale", "de-AT"),
        ("currency", "EUR"),
        ("seasonStartMonth", "10"),
    ];
    let texts = |(name, text)| {
        let said = other.iter().find(|(other, _)| *other == name);
        (name, said.map_or(text, |(_, text)| *text))
    };
    usual.map(texts).to_vec()
}

#[actix_web::test]
async fn everybody_sees_the_profile_and_administrators_the_way_to_its_form() {
    let world = World::new();
    let page = world
        .signed_in(Role::Viewer)
        .get("/settings/organization")
        .await;
    page.shows(
        200,
        &[
            "vienna Example Orchestra",
            "Europe/Vienna",
            "September",
            "1,234,567",
        ],
    );
    assert!(!page.has(EDIT));
    let page = world
        .signed_in(Role::Admin)
        .get("/settings/organization")
        .await;
    page.shows(200, &[EDIT]);
}

#[actix_web::test]
async fn viewers_change_nothing() {
    let world = World::new();
    let before = stored(&world);
    let browser = world.signed_in(Role::Viewer);
    assert_eq!(browser.get(EDIT).await.status, 403);
    let version = before.updated_at.to_string();
    let page = browser.post(EDIT, &form(&version, &[])).await;
    assert_eq!(page.status, 403);
    assert_eq!(stored(&world), before);
}

#[actix_web::test]
async fn a_form_holds_what_is_there_and_saves_what_is_typed() {
    let world = World::new();
    let browser = world.signed_in(Role::Admin);
    let version = stored(&world).updated_at.to_string();
    let page = browser.get(EDIT).await;
    page.shows(
        200,
        &[
            &format!(r#"name="version" value="{version}""#),
            r#"value="vienna Example Orchestra" required"#,
            r#"<option value="Europe/Vienna" selected>"#,
            r#"<option value="9" selected>September"#,
        ],
    );
    let page = browser.post(EDIT, &form(&version, &[])).await;
    let there = "/settings/organization?done=organization-changed";
    assert_eq!((page.status, page.location.as_deref()), (303, Some(there)));
    let page = browser.get(there).await;
    page.shows(
        200,
        &[
            "The profile is saved.",
            "Wiener Beispielorchester",
            "Austria",
            "October",
            "14.03.2026, 19:30",
        ],
    );
}

#[actix_web::test]
async fn the_trail_tells_who_changed_the_profile() {
    let world = World::new();
    let version = stored(&world).updated_at.to_string();
    let browser = world.signed_in(Role::Owner);
    browser.post(EDIT, &form(&version, &[])).await;
    let entries = world.ports.trail.entries(&EntryQuery {
        org: Some(world.vienna),
        action: Some("organization.changed".parse().expect("an action")),
        limit: 10,
        ..EntryQuery::default()
    });
    let [entry] = &entries.expect("an answer")[..] else {
        panic!("one change");
    };
    let owner = world.user(world.vienna, Role::Owner);
    assert_eq!(entry.actor, Some(Actor::User(owner.id)));
    let request = entry.request.as_ref().expect("a request");
    assert_eq!((request.route.as_str(), request.status), (EDIT, 303));
}

#[actix_web::test]
async fn what_is_wrong_is_said_beside_its_field_and_what_was_typed_stays() {
    let world = World::new();
    let before = stored(&world);
    let version = before.updated_at.to_string();
    let wrong = [
        ("name", " "),
        ("website", "javascript:alert(1)"),
        ("country", "XX"),
        ("timeZone", "Vienna"),
        ("locale", "<script>"),
        ("currency", "euro"),
        ("seasonStartMonth", "13"),
        ("city", "Wien & Umgebung"),
    ];
    let page = world
        .signed_in(Role::Admin)
        .post(EDIT, &form(&version, &wrong))
        .await;
    page.shows(
        422,
        &[
            "7 fields need another look.",
            r#"<p class="error" id="name-error">Is required.</p>"#,
            r#"id="website-error">Must be a web address like https://example.org."#,
            r#"id="country-error">Must be two letters of ISO 3166-1"#,
            r#"id="timeZone-error">Must be an IANA time zone"#,
            r#"id="locale-error">Must be a language tag like de-AT."#,
            r#"id="currency-error">Must be three letters of ISO 4217"#,
            r#"id="seasonStartMonth-error">Must be a month, 1 to 12."#,
            r#"value="javascript:alert(1)""#,
            "Wien &#38; Umgebung",
        ],
    );
    assert!(!page.has("<script>"), "{}", page.body);
    assert_eq!(page.body.matches(" autofocus").count(), 1);
    let name = page
        .body
        .find(r#"id="name" name="name""#)
        .expect("the field");
    assert!(page.body[name..].find(" autofocus").expect("the focus") < 200);
    assert_eq!(stored(&world), before);
}

#[actix_web::test]
async fn who_is_late_is_told_what_is_there_and_may_save_once_more() {
    let world = World::new();
    let seen = stored(&world).updated_at.to_string();
    world.clock.advance(Duration::minutes(1));
    let other = world.signed_in(Role::Owner);
    let first = form(
        &seen,
        &[("name", "Linzer Beispielorchester"), ("city", "Linz")],
    );
    other.post(EDIT, &first).await;
    let there = stored(&world);
    let browser = world.signed_in(Role::Admin);
    let page = browser.post(EDIT, &form(&seen, &[])).await;
    page.shows(
        409,
        &[
            "Somebody else changed the profile",
            "<dt>Name</dt><dd>Linzer Beispielorchester</dd>",
            "<dt>City</dt><dd>Linz</dd>",
            r#"value="Wiener Beispielorchester""#,
        ],
    );
    assert!(!page.has("<dt>Currency</dt>"), "it says the same");
    assert_eq!(stored(&world), there);
    let version = there.updated_at.to_string();
    assert!(page.has(&format!(r#"name="version" value="{version}""#)));
    let page = browser.post(EDIT, &form(&version, &[])).await;
    assert_eq!(page.status, 303);
    assert_eq!(
        stored(&world).facts.name.as_str(),
        "Wiener Beispielorchester"
    );
}

#[actix_web::test]
async fn a_form_without_a_version_is_none_of_ours() {
    let world = World::new();
    let before = stored(&world);
    for version in ["", "yesterday"] {
        let page = world
            .signed_in(Role::Admin)
            .post(EDIT, &form(version, &[]))
            .await;
        page.shows(403, &["This form is out of date"]);
    }
    assert_eq!(stored(&world), before);
}
