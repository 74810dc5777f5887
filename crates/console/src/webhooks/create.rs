//! A new endpoint.
//!
//! The form bears the id of the endpoint to be, so that sending it twice makes one.

use askama::Template;
use org_domain::events::EventType;
use org_kernel::StoreError;
use org_kernel::id::EndpointId;
use org_webhooks::endpoints::{CreateError, EndpointRequest, NoSecret};

use super::fields::{Asked, catalogue, reject};
use super::path;
use super::secret::{Made, no_master_key, once};
use crate::filters;
use crate::form::Form;
use crate::frame::{Frame, Section};
use crate::reply::{Answer, again, outdated, page};
use crate::visit::{Admin, Visit};

#[derive(Template)]
#[template(path = "webhooks/new.html")]
struct NewPage {
    frame: Frame,
    live: bool,
    id: EndpointId,
    fields: Form,
    catalogue: &'static [EventType],
}

#[derive(Template)]
#[template(path = "webhooks/made_already.html")]
struct MadeAlreadyPage {
    frame: Frame,
    path: String,
}

pub(crate) async fn form(visit: Visit<Admin>) -> Answer {
    if !visit.console.ports.endpoints.has_master_key() {
        return no_master_key(&visit);
    }
    let id = visit.console.ports.ids.next();
    page(&new_page(&visit, id, Form::default()))
}

pub(crate) async fn submit(visit: Visit<Admin>) -> Answer {
    let id = visit.id_to_be(EndpointId::uuid)?;
    let mut form = Form::of(visit.form().clone());
    let asked = Asked::of(&form);
    let request = EndpointRequest {
        org: visit.org(),
        id: Some(id),
        url: asked.url,
        description: Some(asked.description),
        event_types: asked.event_types,
    };
    let origin = visit.origin_shown();
    let created = visit
        .attempt(move |console| console.ports.endpoints.create(&request, &origin))
        .await?;
    match created {
        Ok((endpoint, secret)) => once(&visit, &endpoint, &secret, Made::First),
        Err(CreateError::Invalid(errors)) => {
            reject(&mut form, &errors);
            again(&new_page(&visit, id, form))
        }
        Err(CreateError::Exists) => outdated(&MadeAlreadyPage {
            frame: visit.frame("This endpoint was made already", Section::Webhooks),
            path: path(id),
        }),
        Err(CreateError::NoSecret(NoSecret::NoMasterKey)) => no_master_key(&visit),
        Err(CreateError::Store(error)) => Err(error.into()),
        Err(error @ (CreateError::NoSuchOrg | CreateError::NoSecret(_))) => {
            Err(StoreError::failed(error).into())
        }
    }
}

fn new_page(visit: &Visit<Admin>, id: EndpointId, fields: Form) -> NewPage {
    NewPage {
        frame: visit.frame("New endpoint", Section::Webhooks),
        live: visit.console.live,
        id,
        fields,
        catalogue: catalogue(),
    }
}
