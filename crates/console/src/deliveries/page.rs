//! One delivery.

use askama::Template;
use org_kernel::StoreError;
use org_kernel::id::DeliveryId;
use org_webhooks::delivery::{DeliveryDetail, DeliveryStatus};
use org_webhooks::delivery_log::DeliveryTarget;
use org_webhooks::endpoint_store::Target;

use super::detail::{Next, Tried, formatted};
use super::path;
use super::row::Shown;
use crate::filters;
use crate::frame::{Frame, Section};
use crate::refusal::Refusal;
use crate::reply::{Answer, page};
use crate::visit::{Viewer, Visit};
use crate::webhooks;

#[derive(Template)]
#[template(path = "deliveries/delivery.html")]
pub(super) struct DeliveryPage {
    frame: Frame,
    path: String,
    problem: Option<&'static str>,
    live: bool,
    /// None where it is deleted.
    endpoint_path: Option<String>,
    /// Its endpoint's; where that is deleted, its id.
    url: String,
    detail: DeliveryDetail,
    status: Shown,
    next: Next,
    formatted: Option<String>,
    attempts: Vec<Tried>,
}

impl DeliveryPage {
    fn is_test(&self) -> bool {
        self.status.0 == DeliveryStatus::Simulated
    }
}

/// The delivery that the path names, among those of the visitor's organization.
pub(super) fn target<R>(visit: &Visit<R>) -> Result<DeliveryTarget, Refusal> {
    let id: DeliveryId = visit.id("delivery")?;
    Ok(DeliveryTarget {
        org: Some(visit.org()),
        id,
    })
}

pub(crate) async fn show(visit: Visit<Viewer>) -> Answer {
    page(&delivery_page(&visit, None).await?)
}

/// The page of the delivery that the path names, with what is wrong if something is.
pub(super) async fn delivery_page<R>(
    visit: &Visit<R>,
    problem: Option<&'static str>,
) -> Result<DeliveryPage, Refusal> {
    let target = target(visit)?;
    let found = visit
        .ask::<_, StoreError, Refusal>(move |console| {
            let Some(found) = console.ports.deliveries.find(target)? else {
                return Ok(None);
            };
            let endpoint = console.ports.endpoints.find(Target {
                org: target.org,
                id: found.delivery.endpoint,
            })?;
            Ok(Some((found, endpoint)))
        })
        .await?;
    let (detail, endpoint) = found.ok_or(Refusal::NotFound)?;
    let live = visit.console.live;
    let id = detail.delivery.endpoint;
    let url = endpoint
        .as_ref()
        .map(|endpoint| endpoint.url.as_str().to_owned());
    let frame = visit.frame("Delivery", Section::Deliveries);
    let attempts = detail.attempts.iter();
    Ok(DeliveryPage {
        path: path(detail.delivery.id),
        problem,
        live,
        endpoint_path: endpoint.as_ref().map(|_| webhooks::path(id)),
        url: url.unwrap_or_else(|| id.to_string()),
        status: Shown(detail.delivery.status),
        next: Next::of(&detail.delivery, endpoint.as_ref(), live),
        formatted: formatted(&detail.payload),
        attempts: attempts
            .map(|attempt| Tried::of(attempt, &frame.local))
            .collect(),
        detail,
        frame,
    })
}
