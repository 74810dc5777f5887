//! Endpoints from their making to their end.

use serde_json::json;

use super::{KEY, Office};
use crate::command;

#[test]
fn an_endpoint_is_made_changed_switched_and_deleted() {
    let office = Office::new();
    let create = ["webhook", "create", "--org", "here"];
    let what = [
        "--url",
        "https://Hooks.Example",
        "--event",
        "production.created",
        "--event",
        "tour.updated",
        "--description",
        "Box office",
    ];
    let made = office.json(&[&create[..], &what].concat());
    let id = command::text(&made, "id");
    assert!(id.starts_with("whk_"), "{id}");
    let listed = office.json(&["webhook", "list", "--org", "here"]);
    let mut expected = json!({
        "id": id,
        "url": "https://hooks.example/",
        "description": "Box office",
        "eventTypes": ["production.created", "tour.updated"],
        "enabled": true,
        "createdAt": listed["items"][0]["createdAt"],
        "disabledBecause": null,
        "failingSince": null,
    });
    assert!(expected["createdAt"].is_string());
    assert_eq!(listed, json!({ "items": [expected] }));

    let change = ["webhook", "update", &id, "--event", "production.updated"];
    let changed = office.json(&[&change[..], &["--description", ""]].concat());
    expected["eventTypes"] = json!(["production.updated"]);
    expected["description"] = json!(null);
    assert_eq!(changed, expected);
    let moved = office.json(&[
        "webhook",
        "update",
        &id,
        "--url",
        "https://new.example:8443/a",
    ]);
    expected["url"] = json!("https://new.example:8443/a");
    assert_eq!(moved, expected);

    for (command, enabled) in [("disable", false), ("disable", false), ("enable", true)] {
        let switched = office.json(&["webhook", command, &id]);
        expected["enabled"] = json!(enabled);
        assert_eq!(switched, expected, "{command}");
    }
    office.json(&["webhook", "delete", &id]);
    let listed = office.json(&["webhook", "list", "--org", "here"]);
    assert_eq!(listed, json!({ "items": [] }));
    for command in ["delete", "enable", "disable", "rotate"] {
        let (line, status) = office.refusal(&["webhook", command, &id]);
        let expected = format!("there is no webhook endpoint {id:?}");
        assert_eq!((line, status), (expected, 1), "{command}");
    }
}

#[test]
fn another_organizations_endpoints_are_not_listed() {
    let office = Office::new();
    let ids = ["here", "there"].map(|org| (org, office.endpoint(org).0));
    for (org, id) in ids {
        let listed = office.json(&["webhook", "list", "--org", org]);
        let items = listed["items"].as_array().expect("items");
        assert_eq!(items.len(), 1, "{listed}");
        assert_eq!(items[0]["id"], json!(id));
    }
}

/// Everything that the database holds, as text, with bytes as they would read.
const EVERYTHING: &str = "
    SELECT encode(ciphertext, 'escape') || encode(nonce, 'escape') || key_id AS line
    FROM webhook_endpoint_secrets
    UNION ALL SELECT webhook_endpoints::text FROM webhook_endpoints
    UNION ALL SELECT audit_log::text FROM audit_log";

#[test]
fn a_secret_is_shown_once_and_nowhere_else() {
    let office = Office::new();
    let create = [
        "--log", "trace", "--json", "webhook", "create", "--org", "here",
    ];
    let rest = ["--url", "https://hooks.example/", "--event", "tour.updated"];
    let made = office.run(&[&create[..], &rest].concat());
    let shown: serde_json::Value = serde_json::from_slice(&made.stdout).expect("one object");
    let (id, first) = (command::text(&shown, "id"), command::text(&shown, "secret"));
    let rotated = office.run(&["--log", "trace", "--json", "webhook", "rotate", &id]);
    let shown: serde_json::Value = serde_json::from_slice(&rotated.stdout).expect("one object");
    let second = command::text(&shown, "secret");
    assert!(first.starts_with("whsec_") && second.starts_with("whsec_"));
    assert_ne!(first, second);

    let mut told = office.lines(EVERYTHING);
    assert_eq!(
        told.len(),
        2 + 1 + 4,
        "two secrets, an endpoint, two foundings, two changes"
    );
    for output in [&made, &rotated] {
        told.push(String::from_utf8_lossy(&output.stderr).into_owned());
    }
    for arguments in [
        ["webhook", "list", "--org", "here"].as_slice(),
        &["audit", "--org", "here"],
    ] {
        told.push(office.json(arguments).to_string());
        let for_people = office.run(arguments).stderr;
        told.push(String::from_utf8_lossy(&for_people).into_owned());
    }
    for secret in [first.as_str(), &second, KEY] {
        let digits = secret.trim_start_matches("whsec_").trim_end_matches('=');
        for text in &told {
            assert!(!text.contains(digits), "{secret} in {text}");
        }
    }
}

#[test]
fn what_is_done_is_in_the_trail_of_the_organization() {
    let office = Office::new();
    let (id, _) = office.endpoint("here");
    office.json(&["webhook", "disable", &id]);
    let trail = office.json(&["audit", "--org", "here"]);
    let told = trail["items"].as_array().expect("items").iter();
    let of_endpoint: Vec<_> = told.filter(|entry| entry["subject"] == json!(id)).collect();
    let [created, disabled] = of_endpoint.as_slice() else {
        panic!("not a making and a change: {trail}");
    };
    assert_eq!(created["action"], "webhook_endpoint.created");
    assert_eq!(disabled["action"], "webhook_endpoint.disabled");
    assert_eq!(disabled["actor"], "operator");
}
