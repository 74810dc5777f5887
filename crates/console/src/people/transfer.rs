//! Making somebody else the owner in one's own place.

use askama::Template;
use org_auth::user::User;
use org_auth::user_store::NotTransferred;
use org_kernel::WriteError;

use super::person;
use crate::form::Form;
use crate::frame::{Frame, Section};
use crate::refusal::Refusal;
use crate::reply::{Answer, again, done, page};
use crate::visit::{Owner, Visit};

#[derive(Template)]
#[template(path = "people/transfer.html")]
struct ConfirmPage {
    frame: Frame,
    person: User,
    transfer: Form,
}

impl ConfirmPage {
    fn of(visit: &Visit<Owner>, person: User, transfer: Form) -> Self {
        Self {
            frame: visit.frame("Transfer ownership", Section::People),
            person,
            transfer,
        }
    }
}

pub(crate) async fn confirm(visit: Visit<Owner>) -> Answer {
    let person = taker(&visit).await?;
    page(&ConfirmPage::of(&visit, person, Form::default()))
}

pub(crate) async fn submit(visit: Visit<Owner>) -> Answer {
    let person = taker(&visit).await?;
    let (giver, origin) = (visit.user().user_ref(), visit.origin());
    let to = person.id;
    let transferred =
        visit.attempt(move |console| console.ports.users.transfer(giver, to, &origin));
    match transferred.await? {
        Ok(_) => done("/settings/people", "ownership-transferred"),
        Err(WriteError::Refused(NotTransferred::NotJoined)) => {
            let mut transfer = Form::default();
            transfer.fail("They have not joined yet: ownership goes to somebody who has.");
            again(&ConfirmPage::of(&visit, person, transfer))
        }
        Err(WriteError::Refused(NotTransferred::NotAnOwner)) => Err(Refusal::Forbidden),
        Err(WriteError::Refused(NotTransferred::NoSuchUser)) => Err(Refusal::NotFound),
        Err(WriteError::Store(failure)) => Err(failure.into()),
    }
}

/// Somebody else than oneself.
async fn taker(visit: &Visit<Owner>) -> Result<User, Refusal> {
    let person = person(visit).await?;
    let is_other = person.id != visit.user().id;
    is_other.then_some(person).ok_or(Refusal::NotFound)
}
