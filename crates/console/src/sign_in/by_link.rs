//! With a one-time link: looking at it uses nothing up, sending the form does.

use actix_web::http::StatusCode;
use askama::Template;
use org_auth::sign_in::LinkError;
use org_auth::user::User;

use super::at_the_door::AtTheDoor;
use super::entered::{enter, too_many, wait};
use crate::filters;
use crate::form::Form;
use crate::frame::Frame;
use crate::guest::Guest;
use crate::refusal::Refusal;
use crate::reply::{Answer, page, page_with};

#[derive(Template)]
#[template(path = "sign_in/link.html")]
struct Link {
    frame: Frame,
    form: Form,
    user: User,
    path: String,
}

#[derive(Template)]
#[template(path = "sign_in/link_used.html")]
struct LinkUsed {
    frame: Frame,
}

/// Says whom the link lets in, and asks for a password.
pub(crate) async fn look_at_link(guest: Guest) -> Answer {
    match user_of(&guest).await? {
        Some(user) => Ok(guest.keep(shown(&guest, user, Form::default(), StatusCode::OK)?)),
        None => unusable(&guest),
    }
}

/// Uses the link up. One that cannot be used is tried all the same, so that the trail is told.
pub(crate) async fn use_link(guest: Guest) -> Answer {
    let user = user_of(&guest).await?;
    let secret = guest.param("secret").to_owned();
    let password = guest.form().one("password").to_owned();
    let caller = AtTheDoor::of(&guest);
    let attempt = guest.at_the_door(move |console| {
        let door = &console.ports.sign_in;
        door.with_link(&secret, Some(&password), caller.caller())
    });
    let error = match attempt.await? {
        Ok(entered) => return enter(&guest, &entered, "/settings"),
        Err(error) => error,
    };
    let (Some(user), mut link) = (user, Form::default()) else {
        return unusable(&guest);
    };
    let (status, retry_after) = match error {
        LinkError::Unusable => return unusable(&guest),
        LinkError::PasswordNeeded => {
            link.reject("password", "is required");
            (StatusCode::UNPROCESSABLE_ENTITY, None)
        }
        LinkError::Weak(why) => {
            link.reject("password", why);
            (StatusCode::UNPROCESSABLE_ENTITY, None)
        }
        LinkError::TooMany(standing) => too_many(&mut link, standing),
        LinkError::NotHashed(cause) => return Err(Refusal::internal(cause)),
        LinkError::NoEntropy(cause) => return Err(Refusal::internal(cause)),
        LinkError::Store(cause) => return Err(cause.into()),
    };
    Ok(wait(shown(&guest, user, link, status)?, retry_after))
}

async fn user_of(guest: &Guest) -> Result<Option<User>, Refusal> {
    let secret = guest.param("secret").to_owned();
    guest
        .ask(move |console| console.ports.sign_in.look_at_link(&secret))
        .await
}

fn shown(guest: &Guest, user: User, form: Form, status: StatusCode) -> Answer {
    let page = Link {
        frame: guest.frame(format!("Welcome, {}", user.name)),
        form,
        user,
        path: guest.path().to_owned(),
    };
    page_with(status, &page)
}

fn unusable(guest: &Guest) -> Answer {
    let frame = guest.frame("This link cannot be used");
    let mut reply = page(&LinkUsed { frame })?;
    *reply.status_mut() = StatusCode::NOT_FOUND;
    Ok(guest.keep(reply))
}
