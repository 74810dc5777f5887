//! The audit trail, from what is done and refused to what `org-api audit` prints.

use org_auth::refusals::{RefusalLog, RefusedRequest};
use org_auth::usage::{Tally, UsageStore};
use org_kernel::audit::Request;
use org_kernel::id::OrgId;
use org_kernel::id_source::{IdSource, SystemIds};
use org_kernel::instant::Instant;
use org_store::testing::TestDatabase;
use org_store::{Pg, Settings};
use rustix::process::Signal;
use serde_json::{Value, json};
use time::macros::date;

use crate::command;
use crate::server::Server;
use crate::world::World;

const ROUTE: &str = "/api/org/v1/{slug}/works";

/// The one who is nobody: the checksum of this key is right.
const UNKNOWN_KEY: &str = "abo_org_000000000000000000000000002mjKAR";

/// What a command prints of a trail.
fn trail(url: &str, arguments: &[&str]) -> Vec<Value> {
    let printed = command::json(url, &[&["audit"], arguments].concat());
    printed["items"].as_array().expect("items").clone()
}

/// The actions and the subjects' kinds of entries.
fn actions(items: &[Value]) -> Vec<&str> {
    let actions = items.iter().map(|item| item["action"].as_str());
    actions.map(|action| action.expect("an action")).collect()
}

fn refused(items: Vec<Value>) -> Vec<Value> {
    let of_requests = |item: &Value| item["action"] == "request.refused";
    items.into_iter().filter(of_requests).collect()
}

/// Stops a server, which stores all that it has noted.
fn stop(server: Server) {
    server.signal(Signal::TERM);
    assert!(server.ended_well());
}

/// Ids and times are the server's own; that they are what they should be is all there is to compare.
fn without_id_and_time(mut item: Value) -> Value {
    let (id, at) = (item["id"].take(), item["at"].take());
    assert_eq!(id.as_str().map(str::len), Some(36), "{id}");
    let at: Result<Instant, _> = at.as_str().expect("a time").parse();
    assert!(at.is_ok(), "{at:?}");
    assert!(item["requestId"].take().is_string());
    item
}

#[test]
fn what_is_done_at_the_command_line_is_told() {
    let database = TestDatabase::fresh();
    let url = database.url().as_str();
    command::json(url, &["org", "create", "--slug", "one", "--name", "One"]);
    let create = ["key", "create", "--org", "one", "--name", "Box office"];
    let limited = ["--scope", "org:read:resources", "--reads-per-minute", "7"];
    let made = command::json(url, &[&create[..], &limited[..]].concat());
    let (id, secret) = (command::text(&made, "id"), command::text(&made, "secret"));
    for _ in 0..2 {
        command::json(url, &["key", "revoke", &id]);
    }
    let mut items = trail(url, &["--org", "one"]);
    assert_eq!(items[0]["action"], "organization.created");
    let slug = json!({ "old": null, "new": "one" });
    assert_eq!(items[0]["details"]["changes"]["slug"], slug);
    items.retain(|item| item["subject"] == json!(id));
    assert_eq!(actions(&items), ["api_key.created", "api_key.revoked"]);
    for item in &items {
        assert_eq!(item["actor"], "operator");
        for absent in ["address", "method", "route", "status", "requestId"] {
            assert_eq!(item[absent], Value::Null, "{absent}");
        }
    }
    let expected = json!({
        "name": { "old": null, "new": "Box office" },
        "scopes": { "old": null, "new": ["org:read:resources"] },
        "readsPerMinute": { "old": null, "new": 7 },
    });
    assert_eq!(items[0]["details"]["changes"], expected);
    let printed = json!(items).to_string();
    assert!(!printed.contains(&secret[8..12]), "{printed}");
    assert_eq!(trail(url, &[]), [json!(null); 0]);
}

#[test]
fn each_refusal_makes_one_entry_and_a_read_none() {
    let world = World::new();
    let (url, path) = (world.url().to_owned(), world.path("/works"));
    let get = |key: Option<&str>| world.client.get(&path, key).status;
    let narrow = world.key(&["org:read:personnel"]);
    let revoked = command::json(
        &url,
        &["key", "create", "--org", world.here.slug, "--name", "past"],
    );
    let (revoked, secret) = (
        command::text(&revoked, "id"),
        command::text(&revoked, "secret"),
    );
    command::json(&url, &["key", "revoke", &revoked]);
    let org = world.get("").data()["id"].clone();
    let org: OrgId = org.as_str().expect("an id").parse().expect("an org's");

    assert_eq!(get(None), 401);
    assert_eq!(get(Some(&world.here.key)), 200);
    assert_eq!(get(Some(UNKNOWN_KEY)), 401);
    assert_eq!(get(Some(&narrow)), 403);
    assert_eq!(get(Some(&secret)), 401);
    stop(world.server);

    let row = |actor: Value, status: u16, details: Value| {
        // Whose the key is, is whose the row is.
        let organization = (!actor.is_null()).then_some(org);
        json!({
            "id": null, "at": null, "organization": organization, "actor": actor, "action": "request.refused", "subject": null,
            "details": details, "address": "127.0.0.1", "method": "GET", "route": ROUTE,
            "status": status, "requestId": null,
        })
    };
    let of = |arguments: &[&str]| -> Vec<_> {
        let refused = refused(trail(&url, arguments));
        refused.into_iter().map(without_id_and_time).collect()
    };
    let nobodys = row(Value::Null, 401, json!({ "code": "API_KEY_INVALID" }));
    assert_eq!(of(&[]), [nobodys]);
    let listed = command::json(&url, &["key", "list", "--org", world.here.slug]);
    let narrow = listed["items"][1]["id"].clone();
    let missing = json!({ "code": "API_SCOPE_MISSING", "required": "org:read:operations" });
    let heres = [
        row(narrow, 403, missing),
        row(json!(revoked), 401, json!({ "code": "API_KEY_REVOKED" })),
    ];
    assert_eq!(of(&["--org", world.here.slug]), heres);
    assert_eq!(of(&["--org", world.there.slug]), [json!(null); 0]);

    let used =
        Pg::connect(&Settings::new(url.parse().expect("a URL"))).of(org, date!(2000 - 01 - 01));
    let mut total = Tally::default();
    for day in used.expect("the database answers") {
        total += day.tally;
    }
    assert_eq!((total.reads, total.refused, total.writes), (3, 1, 0));
}

/// More entries than are read at a time, some of one instant.
#[test]
fn a_long_trail_is_printed_whole_in_its_order_and_since_when_it_is_asked() {
    let database = TestDatabase::fresh();
    let url = database.url().as_str();
    let printed = command::run(url, &["audit"]);
    assert!(printed.status.success() && printed.stdout.is_empty());
    let entry = |number: i64| {
        let start: Instant = "2026-03-14T18:30:00Z".parse().expect("an instant");
        let at = start.saturating_add(time::Duration::minutes(number / 7));
        let request = Request {
            id: number.to_string(),
            address: "2001:db8::7".parse().expect("an address"),
            method: "GET".to_owned(),
            route: ROUTE.to_owned(),
            status: 401,
        };
        RefusedRequest::new(
            (SystemIds.uuid(), at),
            None,
            "API_KEY_INVALID",
            None,
            request,
        )
    };
    let entries: Vec<_> = (0..1203).map(entry).collect();
    database.pg().append(&entries).expect("stored");
    let numbers = |arguments: &[&str]| -> Vec<String> {
        let items = trail(url, arguments);
        items
            .iter()
            .map(|item| command::text(item, "requestId"))
            .collect()
    };
    let expected: Vec<_> = (0..1203).map(|number| number.to_string()).collect();
    assert_eq!(numbers(&[]), expected);
    let since = ["--since", "2026-03-14T19:31:00+01:00"];
    assert_eq!(numbers(&since), expected[7..]);
    let until = ["--until", "2026-03-14T18:32:00Z"];
    assert_eq!(numbers(&[since, until].concat()), expected[7..14]);
    assert_eq!(numbers(&["--action", "request"]), expected);
    assert_eq!(numbers(&["--action", "contact.created"]), [""; 0]);

    let told = command::run(url, &["audit", "--since", "2026-03-14T21:21:00Z"]);
    let told = String::from_utf8(told.stderr).expect("text");
    let lines: Vec<_> = told.lines().collect();
    assert_eq!(lines.len(), 6, "{told}");
    assert_eq!(
        lines[0],
        "2026-03-14T21:21:00.000Z  somebody  request.refused  \
         GET /api/org/v1/{slug}/works 401 from 2001:db8::7 (1197)  {\"code\":\"API_KEY_INVALID\"}"
    );
}

#[test]
fn what_is_wrong_with_the_question_is_said_in_one_line() {
    let database = TestDatabase::fresh();
    let url = database.url().as_str();
    for (arguments, status, named) in [
        (
            ["--org", "no-such-orchestra"],
            1,
            "no organization no-such-orchestra",
        ),
        (["--org", "No Slug"], 2, "--org"),
        (["--since", "2026-03-14T18:30:00"], 2, "offset"),
    ] {
        let output = command::run(url, &[&["--json", "audit"], &arguments[..]].concat());
        let said = String::from_utf8(output.stderr).expect("text");
        assert_eq!(output.status.code(), Some(status), "{said}");
        assert!(
            said.contains(named) && said.trim_end().lines().count() == 1,
            "{arguments:?}: {said}"
        );
        assert!(output.stdout.is_empty());
    }
}
