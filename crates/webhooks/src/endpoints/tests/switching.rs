//! Who enables and disables, and when.

use org_kernel::actor::Actor;
use org_kernel::audit::{AuditTrail, EntryQuery};
use org_kernel::instant::Instant;
use serde_json::{Value, json};

use super::*;
use crate::endpoint::DisabledBecause;

/// Notes, as deliveries do, since when attempts have failed.
fn note_failing_since(scene: &Scene, endpoint: &Endpoint, since: Option<Instant>) {
    let noted = scene.store.edit(endpoint.id.into(), &mut |before| {
        let after = Endpoint {
            failing_since: since,
            ..before.clone()
        };
        let noted = Change::new(scene.ids.uuid(), signed_at(), "test.noted", endpoint.id);
        Ok(Some((after, Entry::of(noted, &Origin::OPERATOR))))
    });
    noted.expect("noted");
}

/// What the server did by itself.
fn done_by_the_server(scene: &Scene) -> Vec<(String, Value)> {
    let query = EntryQuery {
        org: Some(org(1)),
        limit: 100,
        ..EntryQuery::default()
    };
    let trail = scene.store.entries(&query).expect("the trail");
    let by_server = |entry: &Entry| entry.actor == Some(Actor::Server);
    let told = trail.into_iter().filter(by_server);
    told.map(|entry| (entry.action, Value::Object(entry.details)))
        .collect()
}

fn disabled_because(reason: &str) -> (String, Value) {
    let changes = json!({
        "enabled": { "old": true, "new": false },
        "disabledBecause": { "old": null, "new": reason },
    });
    let action = "webhook_endpoint.disabled".to_owned();
    (action, json!({ "changes": changes }))
}

#[test]
fn enabling_and_disabling_twice_is_as_good_as_once() {
    let scene = Scene::new();
    let (endpoint, _) = scene.create();
    let (id, origin) = (endpoint.id, Origin::OPERATOR);
    scene.clock.advance(Duration::HOUR);
    let disabled = scene.endpoints.disable(id, &origin).expect("disabled");
    assert!(!disabled.enabled);
    scene.clock.advance(Duration::HOUR);
    let again = scene.endpoints.disable(id, &origin).expect("disabled");
    assert_eq!(again, disabled);
    let enabled = scene.endpoints.enable(id, &origin).expect("enabled");
    assert_eq!(
        enabled.updated_at.since(endpoint.created_at),
        Duration::hours(2)
    );
    scene.clock.advance(Duration::HOUR);
    let again = scene.endpoints.enable(id, &origin).expect("enabled");
    assert_eq!(again, enabled);
}

#[test]
fn an_endpoint_that_is_gone_is_disabled_by_the_server() {
    let scene = Scene::new();
    let (endpoint, _) = scene.create();
    for _ in 0..2 {
        let gone = scene.endpoints.disable_gone(endpoint.id).expect("disabled");
        assert!(!gone.enabled);
        assert_eq!(gone.disabled_because, Some(DisabledBecause::Gone));
    }
    assert_eq!(done_by_the_server(&scene), [disabled_because("GONE")]);
}

#[test]
fn an_endpoint_may_fail_for_five_days_and_not_a_moment_longer() {
    let scene = Scene::new();
    let (endpoint, _) = scene.create();
    note_failing_since(&scene, &endpoint, Some(signed_at()));
    scene
        .clock
        .advance(Duration::days(5) - Duration::MILLISECOND);
    let left = scene.endpoints.disable_failing(endpoint.id);
    assert!(left.expect("left alone").enabled);
    scene.clock.advance(Duration::MILLISECOND);
    let disabled = scene.endpoints.disable_failing(endpoint.id);
    let disabled = disabled.expect("disabled");
    assert!(!disabled.enabled);
    assert_eq!(disabled.disabled_because, Some(DisabledBecause::Failing));
    assert_eq!(disabled.failing_since, Some(signed_at()));
    assert_eq!(done_by_the_server(&scene), [disabled_because("FAILING")]);
}

#[test]
fn an_endpoint_that_has_recovered_is_left_alone() {
    let scene = Scene::new();
    let (endpoint, _) = scene.create();
    note_failing_since(&scene, &endpoint, Some(signed_at()));
    note_failing_since(&scene, &endpoint, None);
    scene.clock.advance(FAILING_FOR);
    let left = scene.endpoints.disable_failing(endpoint.id);
    assert_eq!(left.expect("left alone"), endpoint);
    assert_eq!(done_by_the_server(&scene), []);
}

#[test]
fn what_people_have_disabled_is_not_disabled_again_for_another_reason() {
    let scene = Scene::new();
    let (endpoint, _) = scene.create();
    let id = endpoint.id;
    note_failing_since(&scene, &endpoint, Some(signed_at()));
    let disabled = scene.endpoints.disable(id, &Origin::OPERATOR);
    let disabled = disabled.expect("disabled");
    assert_eq!(disabled.disabled_because, None);
    scene.clock.advance(FAILING_FOR);
    for again in [
        scene.endpoints.disable_gone(id),
        scene.endpoints.disable_failing(id),
    ] {
        assert_eq!(again.expect("left alone"), disabled);
    }
    assert_eq!(done_by_the_server(&scene), []);
}

#[test]
fn an_endpoint_is_enabled_with_a_clean_slate() {
    let scene = Scene::new();
    let (endpoint, _) = scene.create();
    note_failing_since(&scene, &endpoint, Some(signed_at()));
    scene.endpoints.disable_gone(endpoint.id).expect("disabled");
    let enabled = scene.endpoints.enable(endpoint.id, &Origin::OPERATOR);
    assert_eq!(enabled.expect("enabled"), endpoint);
}

#[test]
fn whoever_failed_at_another_address_has_not_failed_here() {
    let scene = Scene::new();
    let (endpoint, _) = scene.create();
    note_failing_since(&scene, &endpoint, Some(signed_at()));
    let to = |url: &str| EndpointChanges {
        url: Some(url.to_owned()),
        ..EndpointChanges::default()
    };
    let same = scene.change(endpoint.id.into(), &to(endpoint.url.as_str()));
    assert_eq!(same.failing_since, Some(signed_at()));
    let moved = scene.change(endpoint.id.into(), &to("https://other.example/"));
    assert_eq!(moved.failing_since, None);
}
