//! What is shown of deliveries.

use org_webhooks::delivery::{Attempt, Delivery, DeliveryDetail, Headers, Outcome};
use org_webhooks::delivery_log::SignedDelivery;
use serde_json::{Value, json};

pub(super) fn row(delivery: &Delivery) -> Value {
    json!({
        "id": delivery.id,
        "endpointId": delivery.endpoint,
        "eventId": delivery.message,
        "eventType": delivery.event_type,
        "status": delivery.status.as_str(),
        "attempts": delivery.attempts,
        "dueAt": delivery.due_at,
        "deliveredAt": delivery.delivered_at,
        "createdAt": delivery.created_at,
        "updatedAt": delivery.updated_at,
    })
}

/// `2026-03-14T18:30:00.000Z  dlv_…  production.created  FAILED  2 attempts, the next at …  evt_…`
pub(super) fn line(delivery: &Delivery) -> String {
    let attempts = match delivery.attempts {
        1 => "1 attempt".to_owned(),
        attempts => format!("{attempts} attempts"),
    };
    let due = delivery.due_at;
    let due = due.map_or(String::new(), |due| format!(", the next at {due}"));
    format!(
        "{}  {}  {}  {}  {attempts}{due}  {}",
        delivery.created_at, delivery.id, delivery.event_type, delivery.status, delivery.message
    )
}

/// A delivery with what is sent.
pub(super) fn signed(found: &SignedDelivery) -> Value {
    with_message(&found.delivery, &found.payload, &found.headers)
}

/// The payload is text: its exact bytes are what is signed.
fn with_message(delivery: &Delivery, payload: &str, headers: &Headers) -> Value {
    let mut shown = row(delivery);
    shown["payload"] = payload.into();
    shown["headers"] = json!(headers);
    shown
}

/// A delivery with all that is known of it.
pub(super) fn detail(found: &DeliveryDetail) -> Value {
    let mut shown = with_message(&found.delivery, &found.payload, &found.headers);
    shown["log"] = found.attempts.iter().map(attempt).collect();
    shown
}

fn attempt(attempt: &Attempt) -> Value {
    let (status, answer, error) = match &attempt.outcome {
        Outcome::Answered { status, body, .. } => (Some(status), Some(body), None),
        Outcome::Failed { error } => (None, None, Some(error)),
    };
    json!({
        "number": attempt.number,
        "startedAt": attempt.started_at,
        "durationMs": attempt.took.map(milliseconds),
        "status": status,
        "answer": answer,
        "error": error,
    })
}

fn milliseconds(took: time::Duration) -> i64 {
    i64::try_from(took.whole_milliseconds()).unwrap_or(i64::MAX)
}

pub(super) fn lines(found: &DeliveryDetail) -> String {
    let headers = found.headers.iter();
    let headers = headers.map(|(name, value)| format!("{name}: {value}"));
    let attempts = found.attempts.iter().map(attempt_line);
    let first = [line(&found.delivery)].into_iter();
    let payload = [String::new(), found.payload.clone(), String::new()];
    let lines = first.chain(headers).chain(payload).chain(attempts);
    lines.collect::<Vec<_>>().join("\n")
}

/// `attempt 1 at 2026-03-14T18:30:00.000Z, 12 ms: answered 200 "heard"`
fn attempt_line(attempt: &Attempt) -> String {
    let took = attempt.took.map(milliseconds);
    let took = took.map_or(String::new(), |took| format!(", {took} ms"));
    let outcome = match &attempt.outcome {
        Outcome::Answered { status, body, .. } => format!("answered {status} {body:?}"),
        Outcome::Failed { error } => error.clone(),
    };
    format!(
        "attempt {} at {}{took}: {outcome}",
        attempt.number, attempt.started_at
    )
}
