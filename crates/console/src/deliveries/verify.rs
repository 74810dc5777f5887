//! Programs that verify one delivery, one at a time: each holds the payload, which may be long.

use askama::Template;
use org_kernel::StoreError;

use super::page::target;
use super::path;
use super::snippets::{Language, program};
use crate::frame::{Frame, Section};
use crate::refusal::Refusal;
use crate::reply::{Answer, page};
use crate::visit::{Viewer, Visit};

#[derive(Template)]
#[template(path = "deliveries/verify.html")]
struct VerifyPage {
    frame: Frame,
    path: String,
    event_type: String,
    language: Language,
    /// None where the delivery was not signed.
    program: Option<String>,
}

/// The language is that of the query, or else the first.
pub(crate) async fn show(visit: Visit<Viewer>) -> Answer {
    let target = target(&visit)?;
    let asked = visit.query().one("language");
    let mut known = Language::ALL.into_iter();
    let language = match asked {
        "" => Language::Rust,
        asked => known
            .find(|known| known.code() == asked)
            .ok_or(Refusal::NotFound)?,
    };
    let found = visit
        .ask::<_, StoreError, Refusal>(move |console| console.ports.deliveries.find(target))
        .await?;
    let detail = found.ok_or(Refusal::NotFound)?;
    page(&VerifyPage {
        frame: visit.frame("Verify a delivery", Section::Deliveries),
        path: path(detail.delivery.id),
        language,
        program: program(language, &detail)?,
        event_type: detail.delivery.event_type,
    })
}
