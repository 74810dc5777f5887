//! What every page is held to, whoever asks for it.

use org_auth::user::Role;

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
