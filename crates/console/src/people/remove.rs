//! Letting somebody go.

use askama::Template;
use org_auth::user::User;
use org_auth::user_store::NotChanged;
use org_kernel::WriteError;

use super::keys::{MadeKey, working};
use super::person;
use crate::form::Form;
use crate::frame::{Frame, Section};
use crate::refusal::Refusal;
use crate::reply::{Answer, again, done, page, see_other};
use crate::visit::{Owner, Visit};

/// Where one removes oneself.
const LEAVE: &str = "/settings/people/leave";

#[derive(Template)]
#[template(path = "people/remove.html")]
struct ConfirmPage {
    frame: Frame,
    person: User,
    removal: Form,
    /// The keys that they made and that work.
    keys: Vec<MadeKey>,
}

impl ConfirmPage {
    async fn of(visit: &Visit<Owner>, person: User, removal: Form) -> Result<Self, Refusal> {
        Ok(Self {
            frame: visit.frame("Remove a person", Section::People),
            keys: working(visit, person.id).await?,
            person,
            removal,
        })
    }
}

pub(crate) async fn confirm(visit: Visit<Owner>) -> Answer {
    let person = person(&visit).await?;
    if person.id == visit.user().id {
        return see_other(LEAVE);
    }
    page(&ConfirmPage::of(&visit, person, Form::default()).await?)
}

pub(crate) async fn submit(visit: Visit<Owner>) -> Answer {
    let person = person(&visit).await?;
    if person.id == visit.user().id {
        return see_other(LEAVE);
    }
    let (user, origin) = (person.user_ref(), visit.origin());
    let removed = visit.attempt(move |console| console.ports.users.remove(user, &origin));
    match removed.await? {
        Ok(_) => done("/settings/people", "person-removed"),
        Err(WriteError::Refused(NotChanged::NoSuchUser)) => Err(Refusal::NotFound),
        Err(WriteError::Refused(NotChanged::LastOwner)) => {
            let mut removal = Form::default();
            removal.fail("There is always an owner who has joined, and nobody else is one. Make somebody else an owner first.");
            again(&ConfirmPage::of(&visit, person, removal).await?)
        }
        Err(WriteError::Store(failure)) => Err(failure.into()),
    }
}
