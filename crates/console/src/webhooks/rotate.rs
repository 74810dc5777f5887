//! A new signing secret, which is asked about first.
//!
//! The form names the secret whose place is taken, so that sending it twice rotates once.

use askama::Template;
use org_kernel::StoreError;
use org_webhooks::endpoints::{NoSecret, RotateError};
use uuid::Uuid;

use super::endpoint::{found, target};
use super::path;
use super::secret::{Made, no_master_key, once};
use crate::form::Form;
use crate::frame::{Frame, Section};
use crate::refusal::Refusal;
use crate::reply::{Answer, outdated, page};
use crate::visit::{Admin, Visit};

#[derive(Template)]
#[template(path = "webhooks/rotate.html")]
struct RotatePage {
    frame: Frame,
    path: String,
    url: String,
    version: Uuid,
    /// What is wrong, where the secret was rotated meanwhile.
    problem: Form,
}

pub(crate) async fn ask(visit: Visit<Admin>) -> Answer {
    if !visit.console.ports.endpoints.has_master_key() {
        found(&visit).await?;
        return no_master_key(&visit);
    }
    page(&rotate_page(&visit, Form::default()).await?)
}

pub(crate) async fn submit(visit: Visit<Admin>) -> Answer {
    let endpoint = found(&visit).await?;
    let seen = Uuid::try_parse(visit.form().one("version")).map_err(|_| Refusal::StaleForm)?;
    let (target, origin) = (target(&visit)?, visit.origin_shown());
    let rotated = visit
        .attempt(move |console| console.ports.endpoints.rotate_once(target, seen, &origin))
        .await?;
    match rotated {
        Ok(secret) => once(&visit, &endpoint, &secret, Made::Rotated),
        Err(RotateError::Changed) => {
            let mut problem = Form::default();
            problem.fail(
                "The secret was rotated already since you came to this page, and was shown once. \
                 Rotate it again if nobody has the new one.",
            );
            outdated(&rotate_page(&visit, problem).await?)
        }
        Err(RotateError::NoSecret(NoSecret::NoMasterKey)) => no_master_key(&visit),
        Err(RotateError::NoSuchEndpoint) => Err(Refusal::NotFound),
        Err(RotateError::Store(error)) => Err(error.into()),
        Err(error @ RotateError::NoSecret(_)) => Err(StoreError::failed(error).into()),
    }
}

async fn rotate_page(visit: &Visit<Admin>, problem: Form) -> Result<RotatePage, Refusal> {
    let endpoint = found(visit).await?;
    let target = target(visit)?;
    let newest = visit
        .ask::<_, StoreError, Refusal>(move |console| console.ports.endpoints.newest_secret(target))
        .await?;
    Ok(RotatePage {
        frame: visit.frame("Rotate the signing secret?", Section::Webhooks),
        path: path(endpoint.id),
        url: endpoint.url.as_str().to_owned(),
        version: newest.ok_or(Refusal::NotFound)?,
        problem,
    })
}
