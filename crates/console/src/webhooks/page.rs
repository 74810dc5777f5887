//! One endpoint: what is known of it, what can be done with it, and its newest deliveries.

use askama::Template;
use org_kernel::StoreError;
use org_webhooks::deliveries::Turn;
use org_webhooks::endpoint::{Description, Endpoint};

use super::endpoint::found;
use super::state::State;
use super::path;
use crate::deliveries::{Row, all_of};
use crate::frame::{Frame, Section};
use crate::refusal::Refusal;
use crate::reply::{Answer, page};
use crate::visit::{Viewer, Visit};

/// How many deliveries the page has.
const NEWEST: u32 = 10;

#[derive(Template)]
#[template(path = "webhooks/endpoint.html")]
struct EndpointPage {
    frame: Frame,
    path: String,
    live: bool,
    endpoint: Endpoint,
    description: String,
    state: State,
    rows: Vec<Row>,
    /// Whether the log has more of its deliveries.
    more: bool,
}

pub(crate) async fn show(visit: Visit<Viewer>) -> Answer {
    let endpoint = found(&visit).await?;
    let mut query = all_of(endpoint.org);
    query.endpoint = Some(endpoint.id);
    query.limit = NEWEST;
    let log = visit
        .ask::<_, StoreError, Refusal>(move |console| {
            console.ports.deliveries.page(&query, Turn::Newest)
        })
        .await?;
    let description = endpoint.description.as_ref();
    page(&EndpointPage {
        frame: visit.frame("Endpoint", Section::Webhooks),
        path: path(endpoint.id),
        live: visit.console.live,
        description: description.map(Description::to_string).unwrap_or_default(),
        state: State::of(&endpoint),
        rows: log.deliveries.iter().map(|found| Row::of(&found.delivery)).collect(),
        more: log.older.is_some(),
        endpoint,
    })
}
