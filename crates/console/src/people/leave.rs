//! Leaving, which anybody may but the last owner.

use askama::Template;
use org_auth::user::User;
use org_auth::user_store::NotChanged;
use org_kernel::{StoreError, WriteError};

use crate::cookies::Jar;
use crate::form::Form;
use crate::frame::{Frame, Section};
use crate::refusal::Refusal;
use crate::reply::{Answer, again, page, redirect};
use crate::visit::{Viewer, Visit};

#[derive(Template)]
#[template(path = "people/leave.html")]
struct LeavePage {
    frame: Frame,
    leaving: Form,
    /// Whether ownership has to go to somebody else first.
    is_last_owner: bool,
}

impl LeavePage {
    fn of(visit: &Visit<Viewer>, leaving: Form, is_last_owner: bool) -> Self {
        Self {
            frame: visit.frame("Leave this organization", Section::People),
            leaving,
            is_last_owner,
        }
    }
}

pub(crate) async fn confirm(visit: Visit<Viewer>) -> Answer {
    let org = visit.org();
    let people = visit.ask::<_, StoreError, Refusal>(move |console| console.ports.users.list(org));
    let people = people.await?;
    let own = visit.user().id;
    let is_another = |person: &User| person.id != own && person.is_joined_owner();
    let is_last = visit.user().is_joined_owner() && !people.iter().any(is_another);
    page(&LeavePage::of(&visit, Form::default(), is_last))
}

pub(crate) async fn submit(visit: Visit<Viewer>) -> Answer {
    let (user, origin) = (visit.user().user_ref(), visit.origin());
    let removed = visit.attempt(move |console| console.ports.users.remove(user, &origin));
    match removed.await? {
        Ok(_) => gone(&visit),
        Err(WriteError::Refused(NotChanged::NoSuchUser)) => Err(Refusal::SignedOut),
        Err(WriteError::Refused(NotChanged::LastOwner)) => {
            let mut leaving = Form::default();
            leaving.fail("You are the only owner who has joined. Transfer ownership first.");
            again(&LeavePage::of(&visit, leaving, true))
        }
        Err(WriteError::Store(failure)) => Err(failure.into()),
    }
}

/// The session has ended with its user.
fn gone(visit: &Visit<Viewer>) -> Answer {
    let mut reply = redirect("/settings/sign-in?done=left");
    let cookie = Jar::Session.forget(&visit.site);
    reply.add_cookie(&cookie).map_err(Refusal::internal)?;
    Ok(reply)
}
