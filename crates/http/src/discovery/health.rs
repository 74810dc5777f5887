//! Whether the server is there, and whether it can answer.

use std::sync::Arc;
use std::time::Duration;

use org_kernel::StoreError;
use serde::Serialize;
use tokio::time::timeout;
use utoipa::ToSchema;

use crate::answer::{Answer, Item};
use crate::api::Api;
use crate::failure::Failure;
use crate::route::About;
use crate::tags;

pub(crate) const HEALTHZ: About = About {
    id: "getHealth",
    tag: tags::DISCOVERY,
    summary: "Is the process up?",
    description: "Answers as long as the process runs, whatever the state of its database.",
};

/// The process is up: it could run this.
pub(crate) async fn healthz(_: Arc<Api>) -> Result<Answer<Health>, Failure> {
    Answer::of(&Health { status: "ok" })
}

pub(crate) const READYZ: About = About {
    id: "getReadiness",
    tag: tags::DISCOVERY,
    summary: "Can requests be answered?",
    description: "Answers 200 when the database answers just now, and 503 when it does not, or when the server is about to stop.",
};

/// How long the store has for its answer. One that stands still answers nothing at all, and whoever asks
/// for readiness waits for seconds only.
const PROMPT: Duration = Duration::from_secs(3);

/// The store said nothing.
#[derive(Debug, thiserror::Error)]
#[error("the store did not answer within {PROMPT:?}")]
struct Silent;

/// The store answered just now.
pub(crate) async fn readyz(api: Arc<Api>) -> Result<Answer<Health>, Failure> {
    if api.bounds.gate.is_closing() {
        return Err(Failure::Closing);
    }
    let asked = Arc::clone(&api);
    let check = move || asked.readiness.check();
    let checked = timeout(PROMPT, api.readiness_checks.run(check)).await;
    let checked: Result<(), Failure> = checked.map_err(|_| StoreError::unavailable(Silent))?;
    checked?;
    Answer::of(&Health { status: "ok" })
}

/// A sign of life.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Health {
    /// Always `ok`; when it is not, the answer is an error.
    status: &'static str,
}

impl Item for Health {
    fn example() -> Self {
        Self { status: "ok" }
    }
}
