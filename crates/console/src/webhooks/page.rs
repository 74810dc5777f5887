//! One endpoint: what is known of it, what can be done with it, and its newest deliveries.

use askama::Template;
use org_kernel::StoreError;
use org_kernel::audit::{Action, EntryQuery, Order};
use org_kernel::instant::Instant;
use org_webhooks::deliveries::Turn;
use org_webhooks::endpoint::{Description, Endpoint};

use super::endpoint::found;
use super::path;
use super::state::State;
use crate::authors::Authors;
use crate::console::Console;
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
    disabled: Option<Disabled>,
    rows: Vec<Row>,
    /// Whether the log has more of its deliveries.
    more: bool,
}

/// Who disabled it, and when, as the trail tells.
struct Disabled {
    by: String,
    at: Instant,
}

impl Disabled {
    /// None where nobody did, or the trail no longer goes back so far.
    fn of(console: &Console, endpoint: &Endpoint) -> Result<Option<Self>, StoreError> {
        if endpoint.enabled {
            return Ok(None);
        }
        let entries = console.ports.trail.entries(&EntryQuery {
            org: Some(endpoint.org),
            action: Some(Action::One("webhook_endpoint.disabled".to_owned())),
            subject: Some(endpoint.id.into()),
            order: Order::NewestFirst,
            limit: 1,
            ..EntryQuery::default()
        })?;
        let last = entries.first();
        let Some((by, at)) = last.and_then(|last| Some((last.actor?, last.at))) else {
            return Ok(None);
        };
        let by = Authors::of(console, endpoint.org, [by])?.name(by);
        Ok(Some(Self { by, at }))
    }
}

pub(crate) async fn show(visit: Visit<Viewer>) -> Answer {
    let endpoint = found(&visit).await?;
    let mut query = all_of(endpoint.org);
    query.endpoint = Some(endpoint.id);
    query.limit = NEWEST;
    let asked = endpoint.clone();
    let (log, disabled) = visit
        .ask::<_, StoreError, Refusal>(move |console| {
            let log = console.ports.deliveries.page(&query, Turn::Newest)?;
            Ok((log, Disabled::of(console, &asked)?))
        })
        .await?;
    let description = endpoint.description.as_ref();
    page(&EndpointPage {
        frame: visit.frame("Endpoint", Section::Webhooks),
        path: path(endpoint.id),
        live: visit.console.live,
        description: description.map(Description::to_string).unwrap_or_default(),
        state: State::of(&endpoint),
        disabled,
        rows: log.deliveries.iter().map(Row::of).collect(),
        more: log.older.is_some(),
        endpoint,
    })
}
