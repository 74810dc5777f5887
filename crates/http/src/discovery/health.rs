//! Whether the server is there, and whether it can answer.

use std::sync::Arc;

use serde::Serialize;
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
    Ok(Health { status: "ok" }.into())
}

pub(crate) const READYZ: About = About {
    id: "getReadiness",
    tag: tags::DISCOVERY,
    summary: "Can requests be answered?",
    description: "Answers 200 when the database answers just now, and 503 when it does not.",
};

/// The store answered just now.
pub(crate) async fn readyz(api: Arc<Api>) -> Result<Answer<Health>, Failure> {
    let asked = Arc::clone(&api);
    let check = move || asked.readiness.check();
    let checked: Result<(), Failure> = api.readiness_checks.run(check).await;
    checked?;
    Ok(Health { status: "ok" }.into())
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
