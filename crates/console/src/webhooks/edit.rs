//! An endpoint's fields, changed.

use askama::Template;
use org_domain::events::EventType;
use org_kernel::instant::Instant;
use org_webhooks::endpoint::{Description, Endpoint};
use org_webhooks::endpoints::{ChangeError, EndpointChanges};

use super::endpoint::{found, target};
use super::fields::{Asked, catalogue, filled, reject};
use super::path;
use crate::filters;
use crate::form::Form;
use crate::frame::{Frame, Section};
use crate::refusal::Refusal;
use crate::reply::{Answer, again, done, outdated, page};
use crate::visit::{Admin, Visit};

#[derive(Template)]
#[template(path = "webhooks/edit.html")]
struct EditPage {
    frame: Frame,
    path: String,
    live: bool,
    version: Instant,
    fields: Form,
    catalogue: &'static [EventType],
    /// What somebody else has made of it meanwhile.
    theirs: Option<Theirs>,
}

struct Theirs {
    url: String,
    description: String,
    event_types: String,
}

pub(crate) async fn form(visit: Visit<Admin>) -> Answer {
    let endpoint = found(&visit).await?;
    let names = endpoint.event_types.names();
    let fields = filled(endpoint.url.as_str(), description(&endpoint), names);
    page(&edit_page(&visit, fields, endpoint.updated_at)?)
}

pub(crate) async fn submit(visit: Visit<Admin>) -> Answer {
    found(&visit).await?;
    let target = target(&visit)?;
    let seen: Instant = visit
        .form()
        .one("version")
        .parse()
        .map_err(|_| Refusal::StaleForm)?;
    let mut form = Form::of(visit.form().clone());
    let asked = Asked::of(&form);
    let changes = EndpointChanges {
        url: Some(asked.url),
        description: Some(asked.description),
        event_types: Some(asked.event_types),
        seen: Some(seen),
    };
    let origin = visit.origin();
    let edited = visit
        .attempt(move |console| console.ports.endpoints.change(target, &changes, &origin))
        .await?;
    match edited {
        Ok(endpoint) => done(&path(endpoint.id), "endpoint-changed"),
        Err(ChangeError::Invalid(errors)) => {
            reject(&mut form, &errors);
            again(&edit_page(&visit, form, seen)?)
        }
        Err(ChangeError::Changed(now)) => {
            form.fail(
                "Somebody else has changed this endpoint meanwhile. Nothing of yours was saved.",
            );
            let theirs = Some(Theirs::of(&now));
            let page = edit_page(&visit, form, now.updated_at)?;
            outdated(&EditPage { theirs, ..page })
        }
        Err(ChangeError::NoSuchEndpoint) => Err(Refusal::NotFound),
        Err(ChangeError::Store(error)) => Err(error.into()),
    }
}

fn edit_page(visit: &Visit<Admin>, fields: Form, version: Instant) -> Result<EditPage, Refusal> {
    Ok(EditPage {
        frame: visit.frame("Edit endpoint", Section::Webhooks),
        path: path(visit.id("endpoint")?),
        live: visit.console.live,
        version,
        fields,
        catalogue: catalogue(),
        theirs: None,
    })
}

fn description(endpoint: &Endpoint) -> &str {
    endpoint
        .description
        .as_ref()
        .map_or("", Description::as_str)
}

impl Theirs {
    fn of(endpoint: &Endpoint) -> Self {
        Self {
            url: endpoint.url.as_str().to_owned(),
            description: description(endpoint).to_owned(),
            event_types: endpoint.event_types.names().join(", "),
        }
    }
}
