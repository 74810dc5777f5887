//! Whoever can be chosen as the author of entries.

use org_auth::api_keys::KeyRequest;
use org_auth::rate::OwnLimits;
use org_auth::scope::ScopeSet;
use org_auth::user::Role;
use org_kernel::audit::Origin;
use org_kernel::field::FromText;
use org_kernel::id::KeyId;
use time::Duration;

use super::super::names::KEYS;
use crate::testing::World;

/// So many keys, the first made first.
fn keys(world: &World, number: u32) -> Vec<KeyId> {
    let key = |number| {
        world.clock.advance(Duration::SECOND);
        let request = KeyRequest {
            id: None,
            org: world.vienna,
            name: FromText::from_text(&format!("number {number}")).expect("a name"),
            scopes: ScopeSet::from_iter([]),
            limits: OwnLimits::default(),
            expires_at: None,
        };
        let issued = world.ports.keys.issue(request, &Origin::OPERATOR);
        issued.expect("issued").key.id
    };
    (0..number).map(key).collect()
}

#[actix_web::test]
async fn the_latest_keys_can_be_chosen_and_the_page_says_that_there_are_more() {
    let world = World::new();
    let first = keys(&world, KEYS);
    let browser = world.signed_in(Role::Admin);
    let note = "only the 200 that were made last can be chosen";
    let page = browser.get("/settings/audit").await;
    assert!(page.has(&format!("value=\"{}\"", first[0])) && !page.has(note));
    keys(&world, 1);
    let page = browser.get("/settings/audit").await;
    page.shows(200, &[note, &format!("value=\"{}\"", first[1])]);
    assert!(!page.has(&format!("value=\"{}\"", first[0])));
}

#[actix_web::test]
async fn whoever_was_chosen_stays_chosen_by_their_name() {
    let world = World::new();
    let first = keys(&world, KEYS + 1)[0];
    let browser = world.signed_in(Role::Admin);
    let page = browser.get(&format!("/settings/audit?who={first}")).await;
    page.shows(
        200,
        &["Key “number 0”", &format!("value=\"{first}\" selected")],
    );
}
