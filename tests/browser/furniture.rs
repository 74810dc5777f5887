//! Objects of the demonstration for the pages to show, made as its people would make them.

use std::time::Instant;

use serde_json::{Value, json};

use crate::client::{Answer, Asked};
use crate::command::text;
use crate::guests::{Invited, viewer};
use crate::server::PATIENCE;
use crate::stage::{DEMO, Stage};

/// Where an endpoint would be told, if anything were sent.
const RECEIVER: &str = "https://tickets.example.com/hooks/orchestra";

/// The name of the key that was used.
pub(crate) const USED: &str = "Stage manager’s tablet";

/// One object of each kind that a page is about, and their ids.
pub(crate) struct Furniture {
    pub(crate) key: String,
    pub(crate) endpoint: String,
    /// A test.
    pub(crate) delivery: String,
    /// A delivery of what happened.
    pub(crate) booked: String,
    /// Somebody else than who looks.
    pub(crate) person: Invited,
}

impl Furniture {
    /// Makes them.
    pub(crate) fn of(stage: &Stage) -> Self {
        keys(stage);
        let endpoint = endpoints(stage);
        stage.command(&["webhook", "test", &endpoint]);
        events(stage);
        Self {
            key: used_key(stage),
            endpoint,
            delivery: delivery(stage, "webhook.test"),
            booked: delivery(stage, "resource_booking.created"),
            person: viewer(stage),
        }
    }
}

/// Keys that work, and one that was revoked.
fn keys(stage: &Stage) {
    let key = |name, scopes: &[&str], more: &[&str]| {
        let mut arguments = vec!["key", "create", "--org", DEMO, "--name", name];
        arguments.extend(scopes.iter().flat_map(|scope| ["--scope", *scope]));
        arguments.extend(more);
        text(&stage.command(&arguments), "id")
    };
    key("Website, production", &["org:read:operations"], &[]);
    let own = ["--reads-per-minute", "60", "--writes-per-minute", "10"];
    key(
        "Lobby display",
        &["org:read:operations", "org:read:resources"],
        &own,
    );
    let revoked = key("Old website", &["org:read:operations"], &[]);
    stage.command(&["key", "revoke", &revoked]);
}

/// One that is enabled, whose id it answers, and one that is not.
fn endpoints(stage: &Stage) -> String {
    let create = ["webhook", "create", "--org", DEMO];
    let events = [
        "--event",
        "resource_booking.created",
        "--event",
        "resource_booking.cancelled",
        "--event",
        "checklist_item.completed",
    ];
    let about = [
        "--url",
        RECEIVER,
        "--description",
        "Ticketing: ask the box office",
    ];
    let endpoint = stage.command(&[&create[..], &events, &about].concat());
    let idle = [
        "--url",
        "https://archive.example.com/in",
        "--event",
        "production.updated",
    ];
    let idle = stage.command(&[&create[..], &idle].concat());
    stage.command(&["webhook", "disable", &text(&idle, "id")]);
    text(&endpoint, "id")
}

/// The oldest delivery of an event, which is made a moment after the event.
fn delivery(stage: &Stage, event: &str) -> String {
    let deadline = Instant::now() + PATIENCE;
    loop {
        let log = stage.command(&["webhook", "deliveries", "--org", DEMO]);
        let items = log["items"].as_array().expect("a list");
        if let Some(found) = items.iter().find(|item| item["eventType"] == event) {
            return text(found, "id");
        }
        assert!(Instant::now() < deadline, "no {event} in {log}");
    }
}

/// What a program asks for in a morning, not all of it granted; the id of its key.
fn used_key(stage: &Stage) -> String {
    let scopes = [
        "--scope",
        "org:read:operations",
        "--scope",
        "org:write:checklist",
    ];
    let create = ["key", "create", "--org", DEMO, "--name", USED];
    let made = stage.command(&[&create[..], &scopes].concat());
    let secret = text(&made, "secret");
    for path in [
        "",
        "/productions",
        "/services",
        "/members",
        "/nowhere",
        "/tours",
    ] {
        ask(stage, ("GET", path), &secret, None);
    }
    text(&made, "id")
}

/// Bookings, of which an endpoint hears.
fn events(stage: &Stage) {
    let secret = stage.said("export KEY=");
    let halls = ask(stage, ("GET", "/resources"), &secret, None).data();
    let hall = text(&halls["items"][0], "id");
    for (title, day) in [
        ("Sectional: violas", 2),
        ("Audition: second horn", 3),
        ("Piano tuning", 4),
    ] {
        let booking = json!({
            "resourceId": hall,
            "title": title,
            "startAt": format!("2031-03-{day:02}T10:00:00+01:00"),
            "endAt": format!("2031-03-{day:02}T12:00:00+01:00"),
        });
        ask(
            stage,
            ("POST", "/resource-bookings"),
            &secret,
            Some(booking),
        )
        .made();
    }
}

fn ask(stage: &Stage, (method, path): (&str, &str), key: &str, body: Option<Value>) -> Answer {
    let path = format!("/api/org/v1/{DEMO}{path}");
    stage.client().send(&Asked {
        body,
        ..Asked::of(method, &path, Some(key))
    })
}
