//! What is sent and what is not, and how it looks to its receiver.

use org_kernel::clock::{Clock, SystemClock};
use org_webhooks::header;
use org_webhooks::secret::SigningSecret;
use org_webhooks::verification::{self, Received, Unverified};
use serde_json::Value;

use super::receiver::{Message, Receiver};
use super::stage::Stage;
use crate::command::text;
use crate::waiting::until;

/// The deliveries of an endpoint, the oldest first.
fn deliveries(stage: &Stage, endpoint: &str) -> Vec<Value> {
    listed(stage, &["--endpoint", endpoint])
}

fn listed(stage: &Stage, asked_for: &[&str]) -> Vec<Value> {
    let list = ["webhook", "deliveries", "--org", "stage"];
    let listed = stage.run(&[&list, asked_for].concat());
    listed["items"].as_array().expect("a list").clone()
}

fn until_there_are(stage: &Stage, endpoint: &str, some: usize) -> Vec<Value> {
    let what = format!("{some} deliveries to {endpoint}");
    until(&what, || deliveries(stage, endpoint).len() == some);
    deliveries(stage, endpoint)
}

/// Verifies both signatures with one secret.
fn verify(message: &Message, secret: &str) -> [Result<(), Unverified>; 2] {
    let secrets = [SigningSecret::parse(secret).expect("a secret")];
    let received = Received {
        id: message.header(header::ID),
        timestamp: message.header(header::TIMESTAMP),
        signature: message.header(header::SIGNATURE),
        body: &message.body,
    };
    let now = SystemClock.now();
    let of_body = message.header(header::BODY_SIGNATURE);
    [
        verification::verify(received, &secrets, now, verification::TOLERANCE),
        verification::verify_body(of_body, &message.body, &secrets),
    ]
}

/// The message that the log has of a delivery.
fn logged(shown: &Value) -> Message {
    let headers = shown["headers"].as_object().expect("headers");
    let headers = headers.keys().map(|name| {
        let value = text(&shown["headers"], name);
        (name.to_ascii_lowercase(), value)
    });
    Message {
        path: String::new(),
        headers: headers.collect(),
        body: text(shown, "payload").into_bytes(),
    }
}

#[test]
fn unless_it_is_told_to_a_server_records_and_sends_nothing() {
    let stage = Stage::new();
    let receiver = Receiver::start();
    let (endpoint, secret) = stage.endpoint(&receiver.url("/well"));
    let _server = stage.serve_with(&[]);
    stage.tell(2);
    for delivery in until_there_are(&stage, &endpoint, 2) {
        assert_eq!(delivery["status"], "PENDING", "{delivery}");
        let shown = stage.run(&["webhook", "show", &text(&delivery, "id")]);
        assert_eq!(
            verify(&logged(&shown), &secret),
            [Ok(()), Ok(())],
            "{shown}"
        );
        assert_eq!(shown["log"], Value::Array(Vec::new()), "{shown}");
    }
    assert_eq!(receiver.seen("/well", |seen| seen.total), 0);
}

#[test]
fn what_arrives_is_what_was_told_and_its_signatures_fit() {
    let stage = Stage::new();
    let receiver = Receiver::start();
    let (endpoint, secret) = stage.endpoint(&receiver.url("/well"));
    let _server = stage.serve();
    stage.tell(1);
    until("a message", || {
        receiver.seen("/well", |seen| seen.total) == 1
    });
    let message = receiver.seen("/well", |seen| seen.last.clone());
    assert_eq!(message.header("content-type"), "application/json");
    assert_eq!(verify(&message, &secret), [Ok(()), Ok(())]);
    let mut flipped = message.clone();
    flipped.body[17] ^= 1;
    let refused = Err(Unverified::BadSignature);
    assert_eq!(verify(&flipped, &secret), [refused, refused]);
    let body: Value = serde_json::from_slice(&message.body).expect("JSON");
    assert_eq!(body["id"], message.header(header::ID));
    assert_eq!(body["type"], "production.created");
    assert_eq!(body["data"]["title"], "No. 0");
    until("the answer is logged", || {
        deliveries(&stage, &endpoint)[0]["status"] == "DELIVERED"
    });
    let shown = stage.run(&[
        "webhook",
        "show",
        &text(&deliveries(&stage, &endpoint)[0], "id"),
    ]);
    assert_eq!(logged(&shown).body, message.body);
    assert_eq!(
        logged(&shown).headers[header::SIGNATURE],
        message.header(header::SIGNATURE)
    );
    let attempts = shown["log"].as_array().expect("attempts");
    assert_eq!(attempts.len(), 1, "{shown}");
    assert_eq!(attempts[0]["status"], 200, "{shown}");
    assert_eq!(attempts[0]["answer"], "heard\n", "{shown}");
}

/// Whoever has the list has all that is needed to deliver, also of more than are read at once.
#[test]
fn all_deliveries_are_listed_as_they_are_sent_the_oldest_first() {
    let stage = Stage::new();
    let receiver = Receiver::start();
    let (endpoint, secret) = stage.endpoint(&receiver.url("/well"));
    let (other, _) = stage.endpoint(&receiver.url("/other"));
    let _server = stage.serve_with(&[]);
    stage.tell(600);
    until_there_are(&stage, &endpoint, 600);
    until_there_are(&stage, &other, 600);
    let all = listed(&stage, &[]);
    assert_eq!(all.len(), 1200);
    let times: Vec<_> = all.iter().map(|one| text(one, "createdAt")).collect();
    assert!(times.is_sorted(), "{times:?}");
    for delivery in all
        .iter()
        .filter(|one| one["endpointId"] == endpoint.as_str())
    {
        assert_eq!(verify(&logged(delivery), &secret), [Ok(()), Ok(())]);
        let body: Value = serde_json::from_str(&text(delivery, "payload")).expect("JSON");
        assert_eq!(body["id"], delivery["eventId"], "{delivery}");
        assert_eq!(body["type"], delivery["eventType"], "{delivery}");
    }
    assert_eq!(listed(&stage, &["--status", "DELIVERED"]), [Value::Null; 0]);
}

#[test]
fn around_a_rotation_both_secrets_fit() {
    let stage = Stage::new();
    let receiver = Receiver::start();
    let (endpoint, old) = stage.endpoint(&receiver.url("/well"));
    let new = text(&stage.run(&["webhook", "rotate", &endpoint]), "secret");
    let _server = stage.serve();
    stage.tell(1);
    until("a message", || {
        receiver.seen("/well", |seen| seen.total) == 1
    });
    let message = receiver.seen("/well", |seen| seen.last.clone());
    assert_eq!(verify(&message, &new), [Ok(()), Ok(())]);
    // The signature of the body alone has room for one secret, and is the newest's.
    assert_eq!(
        verify(&message, &old),
        [Ok(()), Err(Unverified::BadSignature)]
    );
}

#[test]
fn what_is_sent_again_bears_the_same_id() {
    let stage = Stage::new();
    let receiver = Receiver::start();
    let (endpoint, _) = stage.endpoint(&receiver.url("/well"));
    let _server = stage.serve();
    stage.tell(3);
    stage.until_delivered(&[receiver.url("/well")], 3);
    let again = text(&deliveries(&stage, &endpoint)[0], "id");
    stage.run(&["webhook", "resend", &again]);
    until("one more", || {
        receiver.seen("/well", |seen| seen.total) == 4
    });
    let replayed = stage.run(&[
        "webhook",
        "replay",
        &endpoint,
        "--since",
        "2026-01-01T00:00:00Z",
    ]);
    assert_eq!(replayed["deliveries"], 3, "{replayed}");
    until("three more", || {
        receiver.seen("/well", |seen| seen.total) == 7
    });
    let messages = receiver.seen("/well", |seen| seen.messages.clone());
    let mut came: Vec<_> = messages.into_values().collect();
    came.sort_unstable();
    assert_eq!(came, [2, 2, 3]);
}

#[test]
fn a_test_is_recorded_and_never_sent() {
    let stage = Stage::new();
    let receiver = Receiver::start();
    let (endpoint, secret) = stage.endpoint(&receiver.url("/well"));
    let _server = stage.serve();
    let test = stage.run(&["webhook", "test", &endpoint]);
    assert_eq!(test["status"], "SIMULATED", "{test}");
    assert_eq!(test["eventType"], "webhook.test", "{test}");
    let shown = stage.run(&["webhook", "show", &text(&test, "id")]);
    assert_eq!(
        verify(&logged(&shown), &secret),
        [Ok(()), Ok(())],
        "{shown}"
    );
    // Whatever is told after the test comes, and the test does not.
    stage.tell(1);
    until("a message", || {
        receiver.seen("/well", |seen| seen.total) == 1
    });
    let kind = |message: &Message| {
        let body: Value = serde_json::from_slice(&message.body).expect("JSON");
        text(&body, "type")
    };
    assert_eq!(
        receiver.seen("/well", |seen| kind(&seen.last)),
        "production.created"
    );
}

#[test]
fn a_receiver_that_hangs_keeps_eight_attempts_and_nobody_else() {
    let stage = Stage::new();
    let receiver = Receiver::start();
    stage.endpoint(&receiver.url("/hang"));
    stage.endpoint(&receiver.url("/well"));
    let server = stage.serve();
    stage.tell(100);
    stage.until_delivered(&[receiver.url("/well")], 100);
    let (hanging, at_once) = receiver.seen("/hang", |seen| (seen.total, seen.most_at_once));
    assert_eq!(at_once, 8, "of {hanging}");
    drop(server);
}

#[test]
fn a_receiver_that_is_gone_is_left_alone() {
    let stage = Stage::new();
    let receiver = Receiver::start();
    let (endpoint, _) = stage.endpoint(&receiver.url("/gone"));
    let _server = stage.serve();
    stage.tell(1);
    let endpoint_is = |field: &str| {
        let listed = stage.run(&["webhook", "list", "--org", "stage"]);
        listed["items"][0][field].clone()
    };
    until("it is disabled", || endpoint_is("enabled") == false);
    assert_eq!(endpoint_is("disabledBecause"), "GONE");
    let trail = stage.run(&["audit", "--org", "stage"]);
    let entries = trail["items"].as_array().expect("entries");
    let disabled = entries
        .iter()
        .find(|entry| entry["action"] == "webhook_endpoint.disabled")
        .expect("an entry");
    assert_eq!(disabled["actor"], "server", "{disabled}");
    assert_eq!(disabled["subject"], endpoint.as_str(), "{disabled}");
}
