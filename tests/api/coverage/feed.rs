//! The feed of each organization, which has its events a moment after they happened.

use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::server::PATIENCE;
use crate::world::{Side, World};

/// What is in an organization's feed, once there is as much as this.
fn fed(world: &World, side: &Side, least: usize) -> Vec<Value> {
    let deadline = Instant::now() + PATIENCE;
    loop {
        let feed = world.client.get(&side.path("/events"), Some(&side.key));
        let items = feed.data()["items"].as_array().expect("a list").clone();
        if items.len() >= least {
            return items;
        }
        assert!(Instant::now() < deadline, "not in time: {items:?}");
        thread::sleep(Duration::from_millis(20));
    }
}

fn titles(items: &[Value]) -> Vec<&str> {
    let titles = items.iter().map(|item| item["data"]["title"].as_str());
    titles.map(|title| title.expect("a title")).collect()
}

/// Each side was imported before the server began, and tells of its one production.
#[test]
fn no_feed_has_another_organizations_events() {
    let world = World::new();
    let (ours, theirs) = (fed(&world, &world.here, 1), fed(&world, &world.there, 1));
    assert_eq!(titles(&ours), ["Opening of here-orchestra"]);
    assert_eq!(titles(&theirs), ["Opening of there-orchestra"]);
}

/// Nobody but the server itself tells it to look.
#[test]
fn what_is_written_is_fed_after_what_was_read() {
    let world = World::new();
    let before = fed(&world, &world.here, 1);
    let member = world.only("/members");
    let asked = json!({ "membershipId": member, "type": "SICK", "subject": "Flu" });
    assert_eq!(world.post("/member-requests", asked).status, 201);
    let fed = fed(&world, &world.here, 2);
    assert_eq!(fed[0], before[0]);
    assert_eq!(fed[1]["type"], "member_request.created");
    let id = before[0]["id"].as_str().expect("an id");
    let after = world.get(&format!("/events?after={id}")).data();
    assert_eq!(after["items"], Value::from(vec![fed[1].clone()]));
    assert_eq!(after["hasMore"], false);
}
