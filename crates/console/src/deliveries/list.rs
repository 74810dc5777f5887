//! The log, a page at a time, the newest delivery first.

use std::collections::BTreeMap;

use askama::Template;
use org_kernel::StoreError;
use org_kernel::id::EndpointId;

use super::filter::{Choices, address, is_any, read, turn};
use super::row::Row;
use crate::filters;
use crate::form::Form;
use crate::frame::{Frame, Section};
use crate::refusal::Refusal;
use crate::reply::{Answer, again, page};
use crate::visit::{Viewer, Visit};

#[derive(Template)]
#[template(path = "deliveries/list.html")]
struct LogPage {
    frame: Frame,
    live: bool,
    filter: Form,
    choices: Choices,
    /// The endpoints' URLs.
    urls: BTreeMap<EndpointId, String>,
    rows: Vec<Row>,
    newer: Option<String>,
    older: Option<String>,
    is_filtered: bool,
}

pub(crate) async fn show(visit: Visit<Viewer>) -> Answer {
    let org = visit.org();
    let endpoints = visit
        .ask::<_, StoreError, Refusal>(move |console| console.ports.endpoints.list(org))
        .await?;
    let asked = visit.query().clone();
    let mut filter = Form::of(asked.clone());
    let query = read(&visit, &mut filter, &endpoints);
    let turn = turn(&asked)?;
    let urls = endpoints
        .iter()
        .map(|endpoint| (endpoint.id, endpoint.url.as_str().to_owned()))
        .collect();
    let mut log = LogPage {
        frame: visit.frame("Delivery log", Section::Deliveries),
        live: visit.console.live,
        is_filtered: is_any(&asked),
        filter,
        choices: Choices::of(&endpoints),
        urls,
        rows: Vec::new(),
        newer: None,
        older: None,
    };
    if !log.filter.is_good() {
        return again(&log);
    }
    let found = visit
        .ask::<_, StoreError, Refusal>(move |console| console.ports.deliveries.page(&query, turn))
        .await?;
    log.rows = found.deliveries.iter().map(Row::of).collect();
    log.newer = found.newer.map(|place| address(&asked, "newer", place));
    log.older = found.older.map(|place| address(&asked, "older", place));
    page(&log)
}

impl LogPage {
    /// The URL of an endpoint; none of one that is deleted.
    fn url(&self, endpoint: &EndpointId) -> Option<&String> {
        self.urls.get(endpoint)
    }
}
