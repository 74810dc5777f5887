//! A new sign-in link for somebody, shown once.

use askama::Template;
use org_auth::user::User;
use org_auth::users::{IssuedLink, NewLinkError};
use org_kernel::instant::Instant;

use super::person;
use crate::frame::{Frame, Section};
use crate::refusal::Refusal;
use crate::reply::{Answer, page};
use crate::visit::{Owner, Visit};

#[derive(Template)]
#[template(path = "people/new_link.html")]
struct ConfirmPage {
    frame: Frame,
    person: User,
}

/// The page that shows a link, to be handed on.
#[derive(Template)]
#[template(path = "people/handover.html")]
pub(super) struct Handover {
    frame: Frame,
    person: User,
    url: String,
    until: Instant,
}

impl Handover {
    pub(super) fn of(visit: &Visit<Owner>, issued: &IssuedLink) -> Answer {
        let path = format!("/settings/link/{}", issued.secret.expose());
        page(&Self {
            frame: visit.frame("Sign-in link", Section::People),
            person: issued.user.clone(),
            url: visit.site.url(&path),
            until: issued.expires_at,
        })
    }
}

pub(crate) async fn confirm(visit: Visit<Owner>) -> Answer {
    page(&ConfirmPage {
        person: person(&visit).await?,
        frame: visit.frame("New sign-in link", Section::People),
    })
}

pub(crate) async fn submit(visit: Visit<Owner>) -> Answer {
    let (user, origin) = (person(&visit).await?.user_ref(), visit.origin_shown());
    let made = visit.attempt(move |console| console.ports.users.new_link(user, &origin));
    match made.await? {
        Ok(issued) => Handover::of(&visit, &issued),
        Err(NewLinkError::NoSuchUser) => Err(Refusal::NotFound),
        Err(NewLinkError::NoEntropy(failure)) => Err(Refusal::internal(failure)),
        Err(NewLinkError::Store(failure)) => Err(failure.into()),
    }
}
