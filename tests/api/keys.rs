//! Keys, from the command line to the request.

use std::time::{Duration, Instant};

use serde_json::json;

use crate::command;
use crate::server::{PATIENCE, Server};
use crate::world::World;

#[test]
fn a_key_is_listed_without_its_secret() {
    let world = World::new();
    let url = world.url();
    let arguments = [
        "key",
        "create",
        "--org",
        "here-orchestra",
        "--name",
        "Box office",
    ];
    let limited = [
        "--scope",
        "org:read:operations",
        "--expires-at",
        "2099-01-01T00:00:00+01:00",
        "--reads-per-minute",
        "5",
    ];
    let made = command::json(url, &[&arguments[..], &limited[..]].concat());
    let secret = command::text(&made, "secret");
    let listed = command::json(url, &["key", "list", "--org", "here-orchestra"]);
    let key = listed["items"]
        .as_array()
        .expect("items")
        .iter()
        .find(|key| key["id"] == made["id"]);
    let key = key.expect("the key is listed");
    assert_eq!(key["name"], "Box office");
    assert_eq!(key["prefix"], json!(&secret[..12]));
    assert_eq!(key["scopes"], json!(["org:read:operations"]));
    assert_eq!(key["expiresAt"], "2098-12-31T23:00:00.000Z");
    assert_eq!(
        (&key["lastUsedAt"], &key["revokedAt"]),
        (&json!(null), &json!(null))
    );
    assert!(!listed.to_string().contains(&secret));
    let answer = world.client.get(&world.path("/works"), Some(&secret));
    assert_eq!(answer.header("x-ratelimit-limit"), Some("5"));
    assert_eq!(answer.header("x-ratelimit-remaining"), Some("4"));
}

/// That it takes less than a second is tested by the clock of the keys' own crate; here, that the
/// news arrives at all: without it, a key is remembered for thirty.
#[test]
fn a_revoked_key_is_refused_by_every_server() {
    let world = World::new();
    let other = Server::start(world.url());
    let clients = [world.client.clone(), other.client()];
    let path = world.path("/works");
    for client in &clients {
        assert_eq!(client.get(&path, Some(&world.here.key)).status, 200);
    }
    let listed = command::json(world.url(), &["key", "list", "--org", world.here.slug]);
    let id = command::text(&listed["items"][0], "id");
    command::json(world.url(), &["key", "revoke", &id]);
    let deadline = Instant::now() + Duration::from_secs(15);
    for client in &clients {
        let mut answer = client.get(&path, Some(&world.here.key));
        while answer.status == 200 && Instant::now() < deadline {
            answer = client.get(&path, Some(&world.here.key));
        }
        assert_eq!(answer.code(), "API_KEY_REVOKED");
    }
}

/// That the new end reaches a server that remembers the old key is what takes a second process.
#[test]
fn a_rotated_key_is_followed_by_one_that_may_do_the_same_and_ends_on_every_server() {
    let world = World::new();
    let path = world.path("/works");
    let status = |key: &str| world.client.get(&path, Some(key)).status;
    assert_eq!(status(&world.here.key), 200);
    let listed = command::json(world.url(), &["key", "list", "--org", world.here.slug]);
    let first = command::text(&listed["items"][0], "id");
    let second = command::json(world.url(), &["key", "rotate", &first]);
    let overlapping = command::text(&second, "secret");
    assert_eq!([status(&world.here.key), status(&overlapping)], [200, 200]);
    let second = command::text(&second, "id");
    let at_once = ["key", "rotate", &second, "--overlap", "now"];
    let third = command::json(world.url(), &at_once);
    assert_eq!(third["replaces"]["id"], json!(second));
    let deadline = Instant::now() + Duration::from_secs(15);
    while status(&overlapping) == 200 && Instant::now() < deadline {}
    let code = world.client.get(&path, Some(&overlapping)).code();
    assert_eq!(code, "API_KEY_EXPIRED");
    assert_eq!(status(&command::text(&third, "secret")), 200);
    let listed = command::json(world.url(), &["key", "list", "--org", world.here.slug]);
    let replaced = &listed["items"][0];
    assert_eq!(replaced["replacedBy"], json!(second));
    assert!(replaced["expiresAt"].is_string(), "the old one has an end");
}

#[test]
fn what_is_wrong_with_a_rotation_is_said_in_one_line() {
    let world = World::new();
    let listed = command::json(world.url(), &["key", "list", "--org", world.here.slug]);
    let id = command::text(&listed["items"][0], "id");
    command::json(world.url(), &["key", "rotate", &id]);
    for (arguments, status, named) in [
        (&["key_none"][..], 1, "key_none"),
        (&[&id], 1, "rotated already"),
        (&[&id, "--overlap", "1d"], 2, "--overlap"),
    ] {
        let output = command::run(world.url(), &[&["key", "rotate"], arguments].concat());
        let said = String::from_utf8(output.stderr).expect("text");
        assert_eq!(output.status.code(), Some(status), "{arguments:?}: {said}");
        assert!(said.contains(named), "{arguments:?}: {said}");
        assert_eq!(said.trim_end().lines().count(), 1, "{said}");
        assert!(output.stdout.is_empty());
    }
}

#[test]
fn the_use_of_a_key_is_noted_to_the_minute() {
    let world = World::new();
    assert_eq!(world.get("/works").status, 200);
    let deadline = Instant::now() + PATIENCE;
    let used = loop {
        let listed = command::json(world.url(), &["key", "list", "--org", world.here.slug]);
        if let Some(used) = listed["items"][0]["lastUsedAt"].as_str() {
            break used.to_owned();
        }
        assert!(Instant::now() < deadline, "no use was noted");
        std::thread::sleep(Duration::from_millis(50));
    };
    assert!(used.ends_with(":00.000Z"), "{used}");
}

#[test]
fn each_refusal_of_a_key_has_its_code() {
    let world = World::new();
    let path = world.path("/works");
    let code = |key: &str| world.client.get(&path, Some(key)).code();
    let mut mistyped = world.here.key.clone();
    mistyped.replace_range(39..40, if mistyped.ends_with('0') { "1" } else { "0" });
    assert_eq!(code(&mistyped), "API_KEY_MALFORMED");
    let expired = [
        "--scope",
        "org:read:operations",
        "--expires-at",
        "1999-01-01T00:00:00Z",
    ];
    let create = ["key", "create", "--org", world.here.slug, "--name", "past"];
    let expired = command::json(world.url(), &[&create[..], &expired[..]].concat());
    assert_eq!(code(&command::text(&expired, "secret")), "API_KEY_EXPIRED");
    // Well formed, and of nobody.
    assert_eq!(code(UNKNOWN_KEY), "API_KEY_INVALID");
}

/// Its checksum is right.
const UNKNOWN_KEY: &str = "abo_org_000000000000000000000000002mjKAR";

#[test]
fn what_is_wrong_with_a_new_key_is_said_in_one_line() {
    let world = World::new();
    for (arguments, named) in [
        (&["--org", "no-such-orchestra"][..], "no-such-orchestra"),
        (
            &["--org", "here-orchestra", "--scope", "org:read:everything"],
            "org:read:everything",
        ),
        (
            &[
                "--org",
                "here-orchestra",
                "--expires-at",
                "2099-01-01T00:00:00",
            ],
            "offset",
        ),
        (
            &["--org", "here-orchestra", "--reads-per-minute", "0"],
            "reads-per-minute",
        ),
    ] {
        let start = ["key", "create", "--name", "a test"];
        let output = command::run(world.url(), &[&start[..], arguments].concat());
        let said = String::from_utf8(output.stderr).expect("text");
        assert!(!output.status.success(), "{arguments:?}");
        assert!(
            said.contains(named) && said.trim_end().lines().count() == 1,
            "{arguments:?}: {said}"
        );
        assert!(output.stdout.is_empty());
    }
}
