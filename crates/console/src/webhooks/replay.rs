//! Sending everything again that was made since a time: first a page that says how much that is, then it
//! is done.
//!
//! The form bears both times that were counted between, and an id by which it is done once: what came
//! since, and what was delivered of it meanwhile, is not sent again because a form is.

use askama::Template;
use org_kernel::instant::Instant;
use org_kernel::{WriteError, chain};
use org_webhooks::deliveries::{COUNTED, ReplayError, ReplayRequest, Replayable};
use org_webhooks::endpoint_store::NoSuchEndpoint;
use time::Duration;
use uuid::Uuid;

use super::endpoint::{found, target};
use super::path;
use crate::filters;
use crate::form::Form;
use crate::frame::{Frame, Section};
use crate::moments;
use crate::refusal::Refusal;
use crate::reply::{Answer, again, done, page, page_with};
use crate::visit::{Admin, Visit};

#[derive(Template)]
#[template(path = "webhooks/replay.html")]
struct ReplayPage {
    frame: Frame,
    path: String,
    url: String,
    live: bool,
    enabled: bool,
    /// Since when a replay is likely to be wanted.
    likely: Instant,
    fields: Form,
    /// What would be sent again, once it is known since when.
    found: Option<Found>,
}

struct Found {
    id: Uuid,
    since: Instant,
    until: Instant,
    deliveries: u32,
    /// Whether there are more than that.
    many: bool,
}

impl Found {
    const fn number(&self) -> u32 {
        self.deliveries
    }
}

#[derive(Template)]
#[template(path = "webhooks/replay_stopped.html")]
struct StoppedPage {
    frame: Frame,
    path: String,
    url: String,
    /// How many are due.
    due: u64,
    since: Instant,
}

/// Without a time in the query, only the time is asked for: since the endpoint began to fail, or else the
/// last day, is what somebody wants most often.
pub(crate) async fn ask(visit: Visit<Admin>) -> Answer {
    let mut form = Form::of(visit.query().clone());
    let page_of = |fields, found| replay_page(&visit, fields, found);
    if !visit.query().has("since") {
        let mut asked = page_of(form, None).await?;
        let since = asked.frame.local.field(asked.likely);
        asked.fields = Form::filled([("since", since)]);
        return page(&asked);
    }
    let zone = &visit.organization().facts.time_zone;
    let Some(since) = moments::required(&mut form, "since", zone) else {
        return again(&page_of(form, None).await?);
    };
    let (target, until) = (target(&visit)?, visit.now());
    let counted = visit
        .ask::<_, WriteError<NoSuchEndpoint>, Refusal>(move |console| {
            console.ports.deliveries.replayable(target, since, until)
        })
        .await?;
    let (deliveries, many) = match counted {
        Replayable::Exactly(number) => (number, false),
        Replayable::Many => (COUNTED, true),
    };
    let found = Found {
        id: visit.console.ports.ids.uuid(),
        since,
        until,
        deliveries,
        many,
    };
    page(&page_of(form, Some(found)).await?)
}

pub(crate) async fn submit(visit: Visit<Admin>) -> Answer {
    let endpoint = found(&visit).await?;
    let instant = |name| visit.form().one(name).parse();
    let (since, until) = instant("since")
        .and_then(|since| Ok((since, instant("until")?)))
        .map_err(|_| Refusal::StaleForm)?;
    let request = ReplayRequest {
        endpoint: target(&visit)?,
        since,
        until: Some(until),
        id: Some(visit.id_to_be(|id: Uuid| id)?),
    };
    let origin = visit.origin();
    let replayed = visit
        .replay(move |console| console.ports.deliveries.replay(&request, &origin))
        .await?;
    match replayed {
        Ok(_) => done(&path(endpoint.id), "endpoint-replayed"),
        Err(ReplayError::BegunAlready) => done(&path(endpoint.id), "endpoint-replayed-before"),
        Err(ReplayError::NoSuchEndpoint) => Err(Refusal::NotFound),
        Err(ReplayError::Stopped { due: 0, cause }) => Err(cause.into()),
        Err(ReplayError::Stopped { due, cause }) => {
            tracing::error!(error = chain(&cause), due, "a replay stopped half-way");
            let stopped = StoppedPage {
                frame: visit.frame("The replay stopped half-way", Section::Webhooks),
                path: path(endpoint.id),
                url: endpoint.url.as_str().to_owned(),
                due,
                since,
            };
            page_with(Refusal::from(cause).status(), &stopped)
        }
    }
}

async fn replay_page(
    visit: &Visit<Admin>,
    fields: Form,
    replayable: Option<Found>,
) -> Result<ReplayPage, Refusal> {
    let endpoint = found(visit).await?;
    let yesterday = visit.now().saturating_add(-Duration::DAY);
    Ok(ReplayPage {
        frame: visit.frame("Replay deliveries", Section::Webhooks),
        path: path(endpoint.id),
        url: endpoint.url.as_str().to_owned(),
        live: visit.console.live,
        enabled: endpoint.enabled,
        likely: endpoint.failing_since.unwrap_or(yesterday),
        fields,
        found: replayable,
    })
}
