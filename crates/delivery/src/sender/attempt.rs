//! One attempt: sign, post, and say what came of it.

use std::sync::Arc;
use std::time::Duration;

use org_kernel::clock::Clock;
use org_kernel::entropy::{Entropy, NoEntropy};
use org_kernel::instant;
use org_webhooks::delivery::{Headers, Outcome};
use org_webhooks::outgoing::{Attempted, Claimed, Doing};
use org_webhooks::sealing::MasterKey;
use org_webhooks::signing::{Message, headers};
use tokio::time::{Instant, timeout_at};

use super::Post;
use super::begun::{Begun, Ending};
use crate::outcome;

/// What attempts are made with.
pub(super) struct Workshop<P> {
    pub(super) poster: P,
    pub(super) master_key: Arc<MasterKey>,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) entropy: Arc<dyn Entropy>,
}

impl<P: Post> Workshop<P> {
    /// Makes the attempt that was begun at a delivery, and gives it up when the lease ends.
    pub(super) async fn attempt(
        &self,
        claimed: Claimed,
        begun: Begun,
        lease_end: Instant,
    ) -> Attempted {
        let started = Instant::now();
        let (headers, (outcome, doing)) = match self.sign(&claimed, begun.started_at) {
            Ok(headers) => {
                let posted = self.post(claimed, &headers, lease_end).await;
                (Some(headers), posted)
            }
            Err(error) => (None, (failed(error), Doing::Sender)),
        };
        // Not what the clock says now: it may have been set meanwhile.
        let ended_at = begun.started_at.saturating_add(took(started.elapsed()));
        begun.end(Ending {
            headers,
            outcome,
            doing,
            ended_at,
            random: self.random(),
        })
    }

    /// What becomes of an attempt of which nothing is known but that its task has panicked.
    pub(super) fn panicked(&self, begun: Begun) -> Attempted {
        begun.end(Ending {
            headers: None,
            outcome: failed("the sender panicked at this attempt"),
            doing: Doing::Sender,
            ended_at: self.clock.now(),
            random: self.random(),
        })
    }

    /// The headers, or why there are none, in words for the delivery log: an organization is not told of
    /// the server's keys.
    fn sign(&self, claimed: &Claimed, now: instant::Instant) -> Result<Headers, &'static str> {
        let endpoint = claimed.endpoint;
        let secrets = self.master_key.open_valid(endpoint, &claimed.secrets, now);
        let secrets = secrets.map_err(|error| {
            tracing::error!(%endpoint, %error, "a secret does not open: nothing is sent");
            "not sent: the endpoint's secret does not open, so nothing could be signed"
        })?;
        if secrets.is_empty() {
            tracing::error!(%endpoint, "there is no valid secret: nothing is sent");
            return Err("not sent: the endpoint has no secret, so nothing could be signed");
        }
        let message = Message {
            id: claimed.message,
            signed_at: now,
            body: claimed.payload.as_bytes(),
        };
        Ok(headers(message, &secrets))
    }

    /// A post ends by itself before the lease does: if it has not, that is not the receiver's doing.
    async fn post(
        &self,
        claimed: Claimed,
        headers: &Headers,
        lease_end: Instant,
    ) -> (Outcome, Doing) {
        let post = self
            .poster
            .post(claimed.url.as_str(), headers, claimed.payload);
        let Ok(posted) = timeout_at(lease_end, post).await else {
            let error = "given up: nobody knew the answer when the lease ended";
            return (failed(error), Doing::Sender);
        };
        (outcome_of(posted.end), Doing::Receiver)
    }

    fn random(&self) -> u16 {
        let mut bytes = [0; 2];
        if let Err(NoEntropy) = self.entropy.fill(&mut bytes) {
            tracing::warn!("there is no randomness: what is tried again is not spread");
            return 0;
        }
        u16::from_be_bytes(bytes)
    }
}

fn outcome_of(end: Result<outcome::Answer, outcome::Failure>) -> Outcome {
    match end {
        Ok(outcome::Answer {
            status,
            body,
            retry_after,
        }) => Outcome::Answered {
            status,
            body,
            retry_after,
        },
        Err(failure) => failed(failure.to_string()),
    }
}

fn failed(error: impl Into<String>) -> Outcome {
    Outcome::Failed {
        error: error.into(),
    }
}

/// To the millisecond, as attempts are logged.
fn took(elapsed: Duration) -> time::Duration {
    let milliseconds = i64::try_from(elapsed.as_millis()).unwrap_or(i64::MAX);
    time::Duration::milliseconds(milliseconds)
}
