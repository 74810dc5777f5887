//! The page of the trail.

use askama::Template;
use org_kernel::StoreError;
use org_kernel::audit::EntryQuery;

use super::entry::Told;
use super::filter::Filter;
use super::names::{Choices, KEYS, Names};
use crate::filters;
use crate::form::Form;
use crate::frame::{Frame, Section};
use crate::refusal::Refusal;
use crate::reply::{Answer, again, page};
use crate::visit::{Admin, Visit};

/// How many entries a page has.
const PAGE: usize = 50;

/// What can be asked for by its name: kinds of objects, and what is asked for most.
const ACTIONS: [&str; 16] = [
    "api_key",
    "checklist_item",
    "contact",
    "engagement",
    "file.imported",
    "member_request",
    "organization",
    "organization.changed",
    "ownership",
    "production",
    "request.refused",
    "resource_booking",
    "session",
    "user",
    "webhook_delivery",
    "webhook_endpoint",
];

#[derive(Template)]
#[template(path = "audit/list.html")]
struct TrailPage {
    frame: Frame,
    filter: Form,
    choices: Choices,
    actions: [&'static str; 16],
    entries: Vec<Told>,
    /// Whether anything is filtered by.
    is_filtered: bool,
    /// Whether these are not the newest.
    is_later_page: bool,
    /// The address of the filters alone.
    address: String,
    /// The address of the entries before the last one here, if there are any.
    older: Option<String>,
}

pub(crate) async fn list(visit: Visit<Admin>) -> Answer {
    let organization = visit.organization();
    let zone = &organization.facts.time_zone;
    let filter = Filter::read(visit.query(), visit.org(), zone)?;
    show(&visit, filter).await
}

/// The page of these filters; without entries where something is wrong with them.
pub(super) async fn show(visit: &Visit<Admin>, filter: Filter) -> Answer {
    let (org, is_good) = (visit.org(), filter.form.is_good());
    // One more than is shown tells whether there are more.
    let query = EntryQuery {
        limit: u32::try_from(PAGE + 1).map_err(Refusal::internal)?,
        ..filter.query.clone()
    };
    let read = visit.ask::<_, StoreError, Refusal>(move |console| {
        let entries = if is_good {
            console.ports.trail.entries(&query)?
        } else {
            Vec::new()
        };
        let names = Names::of(console, org, &entries)?;
        let choices = Choices::of(console, org, query.actor)?;
        Ok((names, choices, entries))
    });
    let (names, choices, mut entries) = read.await?;
    let has_more = entries.len() > PAGE;
    entries.truncate(PAGE);
    let last = entries.last().filter(|_| has_more);
    let trail = TrailPage {
        frame: visit.frame("Audit trail", Section::Audit),
        choices,
        actions: ACTIONS,
        older: last.map(|entry| filter.address_after(entry)),
        entries: entries
            .into_iter()
            .map(|entry| Told::of(entry, &names))
            .collect(),
        is_filtered: filter.is_set(),
        is_later_page: filter.query.after.is_some(),
        address: filter.address(),
        filter: filter.form,
    };
    if is_good { page(&trail) } else { again(&trail) }
}
