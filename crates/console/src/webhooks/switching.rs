//! Enabling, and disabling, which is asked about first.

use askama::Template;
use org_kernel::WriteError;
use org_webhooks::endpoint_store::NoSuchEndpoint;

use super::endpoint::{found, target};
use super::path;
use crate::frame::{Frame, Section};
use crate::refusal::Refusal;
use crate::reply::{Answer, done, page};
use crate::visit::{Admin, Visit};

#[derive(Template)]
#[template(path = "webhooks/disable.html")]
struct DisablePage {
    frame: Frame,
    path: String,
    url: String,
}

pub(crate) async fn ask_disable(visit: Visit<Admin>) -> Answer {
    let endpoint = found(&visit).await?;
    page(&DisablePage {
        frame: visit.frame("Disable this endpoint?", Section::Webhooks),
        path: path(endpoint.id),
        url: endpoint.url.as_str().to_owned(),
    })
}

pub(crate) async fn disable(visit: Visit<Admin>) -> Answer {
    let (target, origin) = (target(&visit)?, visit.origin());
    visit
        .ask::<_, WriteError<NoSuchEndpoint>, Refusal>(move |console| {
            console.ports.endpoints.disable(target, &origin)
        })
        .await?;
    done(&path(target.id), "endpoint-disabled")
}

pub(crate) async fn enable(visit: Visit<Admin>) -> Answer {
    let (target, origin) = (target(&visit)?, visit.origin());
    visit
        .ask::<_, WriteError<NoSuchEndpoint>, Refusal>(move |console| {
            console.ports.endpoints.enable(target, &origin)
        })
        .await?;
    done(&path(target.id), "endpoint-enabled")
}
