//! Sending everything again that was made since a time: first a page that says how much that is, then it
//! is done.

use askama::Template;
use org_kernel::WriteError;
use org_kernel::instant::Instant;
use org_webhooks::deliveries::{COUNTED, Replayable};
use org_webhooks::endpoint_store::NoSuchEndpoint;
use time::Duration;

use super::endpoint::{found, target};
use super::path;
use crate::filters;
use crate::form::Form;
use crate::frame::{Frame, Section};
use crate::moments;
use crate::refusal::Refusal;
use crate::reply::{Answer, again, done, page};
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
    since: Instant,
    deliveries: u32,
    /// Whether there are more than that.
    many: bool,
}

impl Found {
    const fn number(&self) -> u32 {
        self.deliveries
    }
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
    let target = target(&visit)?;
    let counted = visit
        .ask::<_, WriteError<NoSuchEndpoint>, Refusal>(move |console| {
            console.ports.deliveries.replayable(target, since)
        })
        .await?;
    let (deliveries, many) = match counted {
        Replayable::Exactly(number) => (number, false),
        Replayable::Many => (COUNTED, true),
    };
    let found = Found {
        since,
        deliveries,
        many,
    };
    page(&page_of(form, Some(found)).await?)
}

/// The form bears the very instant that was counted from.
pub(crate) async fn submit(visit: Visit<Admin>) -> Answer {
    found(&visit).await?;
    let (target, origin) = (target(&visit)?, visit.origin());
    let since: Instant = visit
        .form()
        .one("since")
        .parse()
        .map_err(|_| Refusal::StaleForm)?;
    visit
        .ask::<_, WriteError<NoSuchEndpoint>, Refusal>(move |console| {
            console.ports.deliveries.replay(target, since, &origin)
        })
        .await?;
    done(&path(target.id), "endpoint-replayed")
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
