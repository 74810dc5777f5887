//! The pages of endpoints, over stores in memory.

mod forms;
mod once;
mod replaying;

use org_auth::user::Role;
use org_kernel::audit::Origin;
use org_kernel::id::EndpointId;
use org_webhooks::delivery::Outcome;
use org_webhooks::fan_out::DeliveryMode;

use super::path;
use crate::testing::World;

const LIST: &str = "/settings/webhooks";
const NEW: &str = "/settings/webhooks/new";

#[actix_web::test]
async fn without_endpoints_the_page_says_what_to_do_next() {
    let world = World::new();
    let admin = world.signed_in(Role::Admin).get(LIST).await;
    admin.shows(200, &["No endpoints yet", NEW, "only records"]);
    let viewer = world.signed_in(Role::Viewer).get(LIST).await;
    viewer.shows(
        200,
        &["No endpoints yet", "An administrator of your organization"],
    );
    assert!(!viewer.has(NEW));
}

#[actix_web::test]
async fn endpoints_are_listed_with_their_state_and_their_last_delivery() {
    let mut world = World::new();
    let (one, other) = (
        world.endpoint(world.vienna, "one"),
        world.endpoint(world.vienna, "other"),
    );
    world.endpoint(world.linz, "foreign");
    world.happens(world.vienna, DeliveryMode::Record);
    let disabled = world.ports.endpoints.disable_gone(other.id);
    disabled.expect("disabled");
    world.settings.live = true;
    let page = world.signed_in(Role::Viewer).get(LIST).await;
    let made = world.log(&one)[0].created_at;
    page.shows(
        200,
        &[
            "https://hooks.example/one",
            &path(other.id),
            "production.updated",
            "Enabled",
            "Disabled",
            "answered that it is gone (410)",
            &format!("datetime=\"{made}\""),
            "This server sends deliveries",
        ],
    );
    assert!(!page.has("foreign"), "{}", page.body);
}

#[actix_web::test]
async fn an_endpoint_has_buttons_for_administrators_alone() {
    let world = World::new();
    let endpoint = world.endpoint(world.vienna, "one");
    let here = path(endpoint.id);
    let (edit, disable) = (format!("{here}/edit"), format!("{here}/disable"));
    let actions = [
        edit.as_str(),
        disable.as_str(),
        "Rotate the secret",
        "Replay since a time",
        "Delete",
        "Send test",
    ];
    let admin = world.signed_in(Role::Admin).get(&here).await;
    admin.shows(200, &actions);
    admin.shows(
        200,
        &["https://hooks.example/one", "Enabled", "Nothing yet"],
    );
    let viewer = world.signed_in(Role::Viewer).get(&here).await;
    viewer.shows(
        200,
        &["https://hooks.example/one", "Enabled", "Nothing yet"],
    );
    for action in actions {
        assert!(!viewer.has(action), "{action}");
    }
}

#[actix_web::test]
async fn an_endpoint_that_fails_says_since_when() {
    let world = World::new();
    let endpoint = world.endpoint(world.vienna, "one");
    world.happens(world.vienna, DeliveryMode::Live);
    world.attempt(Outcome::Failed {
        error: "the connection was refused".to_owned(),
    });
    let since = world
        .endpoint_now(&endpoint)
        .expect("it is there")
        .failing_since;
    let since = since.expect("it fails").to_string();
    for page in [LIST, &path(endpoint.id)] {
        let page = world.signed_in(Role::Viewer).get(page).await;
        page.shows(200, &["Failing", &since]);
    }
}

#[actix_web::test]
async fn an_endpoint_is_disabled_when_that_was_confirmed_and_enabled_at_once() {
    let world = World::new();
    let endpoint = world.endpoint(world.vienna, "one");
    let (here, browser) = (path(endpoint.id), world.signed_in(Role::Admin));
    let enabled = || world.endpoint_now(&endpoint).expect("it is there").enabled;
    let ask = browser.get(&format!("{here}/disable")).await;
    ask.shows(
        200,
        &["Disable this endpoint?", "https://hooks.example/one"],
    );
    assert!(enabled());
    let page = browser.post(&format!("{here}/disable"), &[]).await;
    assert_eq!(
        page.location,
        Some(format!("{here}?done=endpoint-disabled"))
    );
    assert!(!enabled());
    let page = browser.get(&here).await;
    page.shows(
        200,
        &[
            "Disabled",
            "by hand: ADMIN Example",
            &format!("{here}/enable"),
        ],
    );
    let page = browser.post(&format!("{here}/enable"), &[]).await;
    assert_eq!(page.location, Some(format!("{here}?done=endpoint-enabled")));
    assert!(enabled());
}

#[actix_web::test]
async fn an_endpoint_is_deleted_when_it_was_said_what_goes() {
    let world = World::new();
    let endpoint = world.endpoint(world.vienna, "one");
    let (delete, browser) = (
        format!("{}/delete", path(endpoint.id)),
        world.signed_in(Role::Admin),
    );
    let ask = browser.get(&delete).await;
    ask.shows(
        200,
        &[
            "Delete this endpoint?",
            "its signing secrets",
            "deliveries in the log",
        ],
    );
    assert!(world.endpoint_now(&endpoint).is_some());
    let page = browser.post(&delete, &[]).await;
    assert_eq!(
        page.location.as_deref(),
        Some("/settings/webhooks?done=endpoint-deleted")
    );
    assert_eq!(world.endpoint_now(&endpoint), None);
    assert_eq!(browser.post(&delete, &[]).await.status, 404);
}

#[actix_web::test]
async fn a_test_is_logged_and_shown() {
    let world = World::new();
    let endpoint = world.endpoint(world.vienna, "one");
    let (here, browser) = (path(endpoint.id), world.signed_in(Role::Admin));
    let page = browser.post(&format!("{here}/test"), &[]).await;
    assert_eq!(page.location, Some(format!("{here}?done=endpoint-tested")));
    assert_eq!(world.log(&endpoint).len(), 1);
    let page = browser.get(&page.location.expect("a page")).await;
    page.shows(
        200,
        &[
            "A test was signed and logged",
            "webhook.test",
            "Simulated",
            ">Mar 14, 2026, 7:30:00\u{202f}PM</time>",
        ],
    );
    browser
        .get(LIST)
        .await
        .shows(200, &["None yet", "Tests are not counted as deliveries."]);
}

/// Of each action, by whoever may not, and by whoever may but elsewhere.
#[actix_web::test]
async fn only_administrators_act_and_only_on_their_own() {
    let world = World::new();
    let own = world.endpoint(world.vienna, "one");
    let foreign = world.endpoint(world.linz, "two");
    let (viewer, admin) = (world.signed_in(Role::Viewer), world.signed_in(Role::Admin));
    for (action, is_asked) in [
        ("edit", true),
        ("disable", true),
        ("enable", false),
        ("rotate", true),
        ("delete", true),
        ("replay", true),
        ("test", false),
    ] {
        let at = |id: EndpointId| format!("{}/{action}", path(id));
        assert_eq!(viewer.post(&at(own.id), &[]).await.status, 403, "{action}");
        assert_eq!(
            admin.post(&at(foreign.id), &[]).await.status,
            404,
            "{action}"
        );
        assert_eq!(
            admin.post(&at(EndpointId::nobody()), &[]).await.status,
            404,
            "{action}"
        );
        if is_asked {
            assert_eq!(viewer.get(&at(own.id)).await.status, 403, "{action}");
            assert_eq!(admin.get(&at(foreign.id)).await.status, 404, "{action}");
        }
    }
    assert_eq!(viewer.get(NEW).await.status, 403);
    assert_eq!(viewer.post(NEW, &[]).await.status, 403);
    for nothing in [
        path(foreign.id),
        format!("{LIST}/whk_x"),
        format!("{LIST}/key_x"),
    ] {
        assert_eq!(admin.get(&nothing).await.status, 404, "{nothing}");
    }
    for endpoint in [own, foreign] {
        assert_eq!(world.endpoint_now(&endpoint), Some(endpoint));
    }
}

#[actix_web::test]
async fn without_a_master_key_no_secret_is_made_and_the_page_says_why() {
    let world = World::new();
    let endpoint = world.endpoint(world.vienna, "one");
    let world = world.without_master_key();
    let (here, browser) = (path(endpoint.id), world.signed_in(Role::Admin));
    let why = "This server has no master key";
    browser.get(NEW).await.shows(503, &[why]);
    browser
        .get(&format!("{here}/rotate"))
        .await
        .shows(503, &[why]);
    browser
        .post(&format!("{here}/test"), &[])
        .await
        .shows(503, &[why]);
    let fields = [
        ("id", "whk_01h455vb4pex5vsknk084sn02q"),
        ("url", "https://hooks.example/new"),
        ("eventTypes", "production.updated"),
    ];
    browser.post(NEW, &fields).await.shows(503, &[why]);
    let newest = world.ports.endpoints.newest_secret(endpoint.id);
    let version = newest.expect("answered").expect("a secret").to_string();
    let rotate = browser
        .post(&format!("{here}/rotate"), &[("version", &version)])
        .await;
    rotate.shows(503, &[why]);
    // What needs no secret is done.
    let disabled = world
        .ports
        .endpoints
        .disable(endpoint.id, &Origin::OPERATOR);
    assert!(!disabled.expect("disabled").enabled);
    assert_eq!(
        world
            .ports
            .endpoints
            .list(world.vienna)
            .expect("listed")
            .len(),
        1
    );
    browser.get(&here).await.shows(200, &["by hand"]);
}
