//! One delivery, as its page shows it.

use org_kernel::instant::Instant;
use org_webhooks::delivery::{Attempt, Delivery, DeliveryStatus, Outcome};
use org_webhooks::endpoint::Endpoint;
use serde_json::Value;
use time::Duration;

use crate::local::Local;

/// The same JSON over several lines; none for what is no JSON, which is shown as it is alone.
pub(super) fn formatted(payload: &str) -> Option<String> {
    let value: Value = serde_json::from_str(payload).ok()?;
    serde_json::to_string_pretty(&value).ok()
}

/// One attempt.
pub(super) struct Tried {
    pub(super) number: u32,
    pub(super) at: Instant,
    /// How long it took, in milliseconds; nobody knows of one that was interrupted.
    pub(super) took: Option<String>,
    pub(super) is_good: bool,
    /// What came of it, in a few words.
    pub(super) outcome: String,
    /// The beginning of what the receiver answered.
    pub(super) answer: String,
}

impl Tried {
    pub(super) fn of(attempt: &Attempt, local: &Local) -> Self {
        let (is_good, outcome, answer) = match &attempt.outcome {
            Outcome::Answered { status, body, .. } => (
                (200..300).contains(status),
                format!("Answered {status}"),
                body.clone(),
            ),
            Outcome::Failed { error } => (false, format!("No answer: {error}"), String::new()),
        };
        let took = attempt.took.map(Duration::whole_milliseconds);
        Self {
            number: attempt.number,
            at: attempt.started_at,
            took: took.map(|took| local.number(took)),
            is_good,
            outcome,
            answer,
        }
    }
}

/// When the next attempt is due, and why it may not come then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Next {
    /// No further attempt is to be made.
    Never,
    /// It was recorded on a server that does not send, and is not sent by itself.
    Recorded,
    /// It is due at this time, and comes when it is.
    Due(Instant),
    /// It is due, and waits until its endpoint is enabled.
    EndpointDisabled,
    /// It is due, and waits for a server that sends.
    NotLive,
}

impl Next {
    /// `endpoint` is none where it was deleted.
    pub(super) fn of(delivery: &Delivery, endpoint: Option<&Endpoint>, live: bool) -> Self {
        match delivery.due_at {
            None if delivery.status == DeliveryStatus::Pending => Self::Recorded,
            None => Self::Never,
            Some(_) if !endpoint.is_some_and(|endpoint| endpoint.enabled) => Self::EndpointDisabled,
            Some(_) if !live => Self::NotLive,
            Some(at) => Self::Due(at),
        }
    }
}
