//! The keys that a person made, which stay when they go.

use org_auth::api_keys::{IssuedKey, KeyRequest};
use org_auth::rate::OwnLimits;
use org_auth::scope::ScopeSet;
use org_auth::user::{Role, UserRef};
use org_kernel::actor::Actor;
use org_kernel::audit::Origin;
use org_kernel::field::FromText;
use time::Duration;

use super::path;
use crate::testing::World;

/// A key that somebody made, and that works for so many days if not for ever.
fn key(world: &World, by: UserRef, name: &str, days: Option<i64>) -> IssuedKey {
    let now = world.ports.clock.now();
    let request = KeyRequest {
        id: None,
        org: by.org,
        name: FromText::from_text(name).expect("a name"),
        scopes: ScopeSet::default(),
        limits: OwnLimits::default(),
        expires_at: days.map(|days| now.saturating_add(Duration::days(days))),
    };
    let origin = Origin {
        actor: Actor::User(by.id),
        request: None,
    };
    world.ports.keys.issue(request, &origin).expect("issued")
}

#[actix_web::test]
async fn the_keys_that_a_person_made_and_that_work_are_named() {
    let world = World::new();
    let [owner, admin] = [Role::Owner, Role::Admin].map(|role| world.user(world.vienna, role));
    let working = key(&world, admin, "Website", None).key;
    key(&world, admin, "Old one", Some(1));
    key(&world, owner, "Another's", None);
    world.clock.advance(Duration::days(2));
    let browser = world.signed_in(Role::Owner);
    for page in ["", "/remove"] {
        let page = browser.get(&path(admin.id, page)).await;
        let link = format!(r#"<a href="/settings/keys/{}">Website</a>"#, working.id);
        page.shows(200, &[&link, working.prefix.as_str()]);
        assert!(
            !page.has("Old one") && !page.has("Another"),
            "{}",
            page.body
        );
    }
}
