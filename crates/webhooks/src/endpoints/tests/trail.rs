//! What the audit trail tells of endpoints.

use org_kernel::actor::Actor;
use org_kernel::audit::{AuditTrail, EntryQuery};
use org_kernel::id::UserId;
use serde_json::{Value, json};
use uuid::Uuid;

use super::*;

fn trail(scene: &Scene) -> Vec<Entry> {
    let query = EntryQuery {
        org: Some(org(1)),
        limit: 100,
        ..EntryQuery::default()
    };
    scene.store.entries(&query).expect("the trail")
}

#[test]
fn whatever_is_done_is_told_with_its_origin_and_its_values_but_no_secret() {
    let scene = Scene::new();
    let origin = Origin {
        actor: Actor::User(UserId::new(Uuid::from_u128(7))),
        request: None,
    };
    let endpoints = &scene.endpoints;
    let (endpoint, first) = endpoints.create(&request(), &origin).expect("created");
    let id = endpoint.id;
    let changes = EndpointChanges {
        url: Some("https://other.example/".to_owned()),
        description: Some(String::new()),
        event_types: None,
        seen: None,
    };
    endpoints.change(id, &changes, &origin).expect("changed");
    endpoints.disable(id, &origin).expect("disabled");
    endpoints.enable(id, &origin).expect("enabled");
    let second = endpoints.rotate(id, &origin).expect("rotated");
    endpoints.delete(id, &origin).expect("deleted");

    let told = trail(&scene);
    for entry in &told {
        assert_eq!((entry.actor, entry.at), (Some(origin.actor), signed_at()));
        assert_eq!(entry.subject, Some(id.into()));
        let shown = format!("{entry:?}");
        for secret in [&first, &second] {
            assert!(!shown.contains(secret.expose()), "{shown}");
        }
    }
    let told: Vec<_> = told
        .into_iter()
        .map(|entry| (entry.action, Value::Object(entry.details)))
        .collect();
    let expected = [
        (
            "created",
            json!({ "changes": {
            "url": { "old": null, "new": "https://hooks.example/a" },
            "description": { "old": null, "new": "Box office" },
            "eventTypes": { "old": null, "new": ["b.made", "a.made"] },
            "enabled": { "old": null, "new": true },
        } }),
        ),
        (
            "changed",
            json!({ "changes": {
            "url": { "old": "https://hooks.example/a", "new": "https://other.example/" },
            "description": { "old": "Box office", "new": null },
        } }),
        ),
        (
            "disabled",
            json!({ "changes": { "enabled": { "old": true, "new": false } } }),
        ),
        (
            "enabled",
            json!({ "changes": { "enabled": { "old": false, "new": true } } }),
        ),
        (
            "rotated",
            json!({ "oldSecretValidUntil": "2026-03-15T18:30:07.999Z" }),
        ),
        (
            "deleted",
            json!({ "changes": {
            "url": { "old": "https://other.example/", "new": null },
            "eventTypes": { "old": ["b.made", "a.made"], "new": null },
            "enabled": { "old": true, "new": null },
        } }),
        ),
    ];
    let expected = expected.map(|(verb, details)| (format!("webhook_endpoint.{verb}"), details));
    assert_eq!(told, expected);
}

#[test]
fn what_changes_nothing_is_not_told() {
    let scene = Scene::new();
    let (endpoint, _) = scene.create();
    scene.clock.advance(Duration::HOUR);
    let (same, origin) = (request(), Origin::OPERATOR);
    let unchanged = EndpointChanges {
        url: Some("https://HOOKS.example:443/a".to_owned()),
        description: same.description,
        event_types: Some(same.event_types),
        seen: None,
    };
    for changes in [EndpointChanges::default(), unchanged] {
        assert_eq!(scene.change(endpoint.id.into(), &changes), endpoint);
    }
    let enabled = scene.endpoints.enable(endpoint.id, &origin);
    assert_eq!(enabled.expect("enabled"), endpoint);
    assert_eq!(trail(&scene).len(), 1);
}
