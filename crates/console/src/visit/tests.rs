//! What every page is held to, whoever asks for it.

use org_auth::user::Role;
use time::Duration;

use crate::testing::World;

#[actix_web::test]
async fn whoever_is_not_signed_in_is_led_to_where_they_can() {
    let world = World::new();
    let page = world.stranger().get("/settings/nowhere").await;
    page.shows(404, &["There is no such page"]);
}

#[actix_web::test]
async fn whoever_is_signed_in_keeps_the_way_to_the_pages_they_may_see() {
    let world = World::new();
    let page = world.signed_in(Role::Viewer).get("/settings/nowhere").await;
    page.shows(404, &["/settings/keys", "/settings/sign-out"]);
    assert!(!page.has("/settings/audit"));
    let page = world.signed_in(Role::Admin).get("/settings/nowhere").await;
    page.shows(404, &["/settings/audit"]);
}

#[actix_web::test]
async fn a_session_that_is_used_goes_on_in_the_browser_too() {
    let world = World::new();
    let browser = world.signed_in(Role::Viewer);
    world.clock.advance(Duration::minutes(4));
    let page = browser.get("/settings/keys").await;
    let cookie = page.header("set-cookie").unwrap_or_default();
    assert!(
        !cookie.contains("session="),
        "it was used just before: {cookie}"
    );
    world.clock.advance(Duration::days(6));
    let page = browser.get("/settings/keys").await;
    let cookie = page.header("set-cookie").expect("the cookie again");
    assert!(
        cookie.starts_with("org_api_session=") && cookie.contains("Max-Age=604800"),
        "{cookie}"
    );
    world.clock.advance(Duration::days(6));
    assert_eq!(browser.get("/settings/keys").await.status, 200);
    world.clock.advance(Duration::days(8));
    assert_eq!(browser.get("/settings/keys").await.status, 303);
}

#[actix_web::test]
async fn what_is_no_form_is_said_to_be_none() {
    let world = World::new();
    let browser = world.signed_in(Role::Owner);
    let long = "x".repeat(70_000);
    let page = browser.post("/settings/keys", &[("name", &long)]).await;
    page.shows(413, &["This is not a form of ours"]);
}

#[actix_web::test]
async fn a_slash_too_many_is_taken_away() {
    let world = World::new();
    let page = world.stranger().get("/settings/keys/?all=true").await;
    let to = (page.status, page.location.as_deref());
    assert_eq!(to, (308, Some("/settings/keys?all=true")));
}

#[actix_web::test]
async fn the_organization_has_not_to_be_typed_again() {
    let world = World::new();
    let page = world.signed_in(Role::Viewer).get("/settings/keys").await;
    let kept = page.headers.iter().any(|(name, cookie)| {
        name == "set-cookie" && cookie.starts_with("org_api_organization=vienna;")
    });
    assert!(kept, "{:?}", page.headers);
}
