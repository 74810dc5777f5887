//! All endpoints.

use askama::Template;
use org_kernel::StoreError;
use org_kernel::instant::Instant;
use org_webhooks::endpoint::{Description, Endpoint};

use super::path;
use super::state::State;
use crate::frame::{Frame, Section};
use crate::refusal::Refusal;
use crate::reply::{Answer, page};
use crate::visit::{Viewer, Visit};

#[derive(Template)]
#[template(path = "webhooks/list.html")]
struct ListPage {
    frame: Frame,
    live: bool,
    endpoints: Vec<Line>,
}

struct Line {
    path: String,
    url: String,
    description: Option<String>,
    event_types: Vec<String>,
    state: State,
    newest: Option<Instant>,
}

impl Line {
    fn of(endpoint: &Endpoint, newest: Option<Instant>) -> Self {
        Self {
            path: path(endpoint.id),
            state: State::of(endpoint),
            url: endpoint.url.as_str().to_owned(),
            description: endpoint.description.as_ref().map(Description::to_string),
            event_types: endpoint.event_types.names().to_vec(),
            newest,
        }
    }
}

pub(crate) async fn show(visit: Visit<Viewer>) -> Answer {
    let org = visit.org();
    let (endpoints, newest) = visit
        .ask::<_, StoreError, Refusal>(move |console| {
            let endpoints = console.ports.endpoints.list(org)?;
            let ids: Vec<_> = endpoints.iter().map(|endpoint| endpoint.id).collect();
            let newest = console.ports.figures.newest(org, &ids)?;
            Ok((endpoints, newest))
        })
        .await?;
    let lines = endpoints.iter().map(|endpoint| {
        let newest = newest.get(&endpoint.id).copied();
        Line::of(endpoint, newest)
    });
    page(&ListPage {
        frame: visit.frame("Webhooks", Section::Webhooks),
        live: visit.console.live,
        endpoints: lines.collect(),
    })
}
