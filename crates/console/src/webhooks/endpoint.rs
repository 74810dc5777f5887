//! The endpoint that a page is about.

use org_kernel::id::EndpointId;
use org_kernel::{StoreError, WriteError};
use org_webhooks::endpoint::Endpoint;
use org_webhooks::endpoint_store::{NoSuchEndpoint, Target};

use crate::refusal::Refusal;
use crate::visit::Visit;

/// Where an endpoint's page is.
pub(crate) fn path(id: EndpointId) -> String {
    format!("/settings/webhooks/{id}")
}

/// The endpoint that the path names, among those of the visitor's organization.
pub(super) fn target<R>(visit: &Visit<R>) -> Result<Target, Refusal> {
    Ok(Target {
        org: Some(visit.org()),
        id: visit.id("endpoint")?,
    })
}

/// The same, as it is now.
pub(super) async fn found<R>(visit: &Visit<R>) -> Result<Endpoint, Refusal> {
    let target = target(visit)?;
    let found = visit
        .ask::<_, StoreError, Refusal>(move |console| console.ports.endpoints.find(target))
        .await?;
    found.ok_or(Refusal::NotFound)
}

impl From<WriteError<NoSuchEndpoint>> for Refusal {
    fn from(error: WriteError<NoSuchEndpoint>) -> Self {
        match error {
            WriteError::Refused(NoSuchEndpoint) => Self::NotFound,
            WriteError::Store(error) => error.into(),
        }
    }
}
