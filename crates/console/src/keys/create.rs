//! Making a key.

use askama::Template;
use org_auth::api_keys::IssueError;
use org_auth::rate::{READS_PER_MINUTE, WRITES_PER_MINUTE};
use org_auth::scope::Scope;
use org_kernel::id::KeyId;

use super::made::{self, Made};
use super::request::{self, LIVES, UNTIL_A_DAY, USUAL_LIFE};
use super::too_late;
use crate::filters;
use crate::form::Form;
use crate::frame::{Frame, Section};
use crate::refusal::Refusal;
use crate::reply::{Answer, again, page};
use crate::visit::{Admin, Visit};

#[derive(Template)]
#[template(path = "keys/new.html")]
struct NewPage {
    frame: Frame,
    key: Form,
    id: KeyId,
}

impl NewPage {
    fn of(visit: &Visit<Admin>, key: Form, id: KeyId) -> Self {
        Self {
            frame: visit.frame("New API key", Section::Keys),
            key,
            id,
        }
    }
}

pub(crate) async fn form(visit: Visit<Admin>) -> Answer {
    let key = Form::filled([("expiry", USUAL_LIFE.to_owned())]);
    let id = visit.console.ports.ids.next();
    page(&NewPage::of(&visit, key, id))
}

pub(crate) async fn create(visit: Visit<Admin>) -> Answer {
    let id = visit.id_to_be(KeyId::uuid)?;
    let mut form = Form::of(visit.form().clone());
    let zone = &visit.organization().facts.time_zone;
    let Some(request) = request::read(&mut form, visit.org(), id, visit.now(), zone) else {
        return again(&NewPage::of(&visit, form, id));
    };
    let origin = visit.origin_shown();
    let issued = visit.attempt(move |console| console.ports.keys.issue(request, &origin));
    match issued.await? {
        Ok(issued) => made::show(&visit, "API key made", Made::New, &issued),
        Err(IssueError::AlreadyIssued) => too_late::made_already(&visit, id).await,
        Err(IssueError::NoSuchOrg) => Err(Refusal::NotFound),
        Err(IssueError::NoEntropy(cause)) => Err(Refusal::internal(cause)),
        Err(IssueError::Store(failure)) => Err(failure.into()),
    }
}
