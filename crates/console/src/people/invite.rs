//! Inviting somebody. The link that lets them in is shown once: the server sends no mail, and the owner
//! hands it on.

use askama::Template;
use org_auth::user_store::NotInserted;
use org_auth::users::{Invitation, InviteError};
use org_kernel::id::UserId;

use super::ROLES;
use super::link::Handover;
use crate::filters;
use crate::form::Form;
use crate::frame::{Frame, Section};
use crate::refusal::Refusal;
use crate::reply::{Answer, again, outdated, page};
use crate::visit::{Owner, Visit};

#[derive(Template)]
#[template(path = "people/invite.html")]
struct InvitePage {
    frame: Frame,
    invitation: Form,
    /// The id that the person is to have, so that a form that is sent twice invites once.
    id: UserId,
    roles: [(&'static str, &'static str); 3],
}

#[derive(Template)]
#[template(path = "people/invited_already.html")]
struct InvitedAlreadyPage {
    frame: Frame,
    id: UserId,
}

impl InvitePage {
    fn of(visit: &Visit<Owner>, invitation: Form, id: UserId) -> Self {
        Self {
            frame: visit.frame("Invite somebody", Section::People),
            invitation,
            id,
            roles: ROLES,
        }
    }
}

pub(crate) async fn form(visit: Visit<Owner>) -> Answer {
    let id = visit.console.ports.users.fresh_id();
    page(&InvitePage::of(&visit, Form::default(), id))
}

pub(crate) async fn submit(visit: Visit<Owner>) -> Answer {
    let mut typed = Form::of(visit.form().clone());
    let id: UserId = typed.value("id").parse().map_err(|_| Refusal::StaleForm)?;
    let (name, email, role) = (
        typed.required("name"),
        typed.required("email"),
        typed.required("role"),
    );
    let (Some(name), Some(email), Some(role)) = (name, email, role) else {
        return again(&InvitePage::of(&visit, typed, id));
    };
    let invitation = Invitation {
        id,
        org: visit.org(),
        email,
        name,
        role,
    };
    let origin = visit.origin_shown();
    let invited = visit.attempt(move |console| console.ports.users.invite(invitation, &origin));
    match invited.await? {
        Ok(issued) => Handover::of(&visit, &issued),
        Err(InviteError::Refused(NotInserted::EmailTaken)) => {
            typed.reject("email", "belongs to somebody who is here already");
            again(&InvitePage::of(&visit, typed, id))
        }
        Err(InviteError::Refused(NotInserted::MadeAlready)) => outdated(&InvitedAlreadyPage {
            frame: visit.frame("Invited already", Section::People),
            id,
        }),
        Err(InviteError::Refused(NotInserted::NoSuchOrg)) => Err(Refusal::NotFound),
        Err(InviteError::NoEntropy(failure)) => Err(Refusal::internal(failure)),
        Err(InviteError::Store(failure)) => Err(failure.into()),
    }
}
