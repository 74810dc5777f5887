//! With a second factor, after the password or the link.

use actix_web::http::StatusCode;
use askama::Template;
use org_auth::sign_in::CodeError;

use super::at_the_door::AtTheDoor;
use super::entered::{enter, too_many, wait};
use crate::cookies::Jar;
use crate::filters;
use crate::form::Form;
use crate::frame::Frame;
use crate::guest::Guest;
use crate::refusal::Refusal;
use crate::reply::{Answer, page, page_with, see_other};

#[derive(Template)]
#[template(path = "sign_in/code.html")]
struct Code {
    frame: Frame,
    code: Form,
}

/// The form; without a session that waits for a code, the password comes first.
pub(crate) async fn ask_code(guest: Guest) -> Answer {
    let cookie = Jar::Session.read(&guest.request, &guest.site);
    let found = guest
        .ask::<_, _, Refusal>(move |console| {
            let cookie = cookie.unwrap_or_default();
            console.ports.sessions.find_pending(&cookie)
        })
        .await?;
    if found.is_none() {
        return see_other("/settings/sign-in");
    }
    let code = Form::filled([("next", guest.query().one("next").to_owned())]);
    Ok(guest.keep(page(&Code {
        frame: guest.frame("Second factor"),
        code,
    })?))
}

/// Takes the form.
pub(crate) async fn send_code(guest: Guest) -> Answer {
    let typed = guest.form().one("code").to_owned();
    let caller = AtTheDoor::of(&guest);
    let attempt = guest.at_the_door(move |console| {
        let door = &console.ports.sign_in;
        door.with_code(&typed, caller.caller())
    });
    let error = match attempt.await? {
        Ok(entered) => return enter(&guest, &entered, guest.form().one("next")),
        Err(error) => error,
    };
    let mut code = Form::filled([("next", guest.form().one("next").to_owned())]);
    let (status, retry_after) = match error {
        CodeError::NoSession => return see_other("/settings/sign-in"),
        CodeError::Wrong => {
            code.reject("code", "is wrong, or was used already");
            (StatusCode::UNPROCESSABLE_ENTITY, None)
        }
        CodeError::TooMany(standing) => too_many(&mut code, standing),
        CodeError::Unreadable(cause) => {
            tracing::error!(
                error = org_kernel::chain(&cause),
                "a second factor is not readable"
            );
            code.fail(
                "Codes of apps cannot be checked on this server now. A recovery code would do.",
            );
            (StatusCode::SERVICE_UNAVAILABLE, None)
        }
        CodeError::NoEntropy(cause) => return Err(Refusal::internal(cause)),
        CodeError::Store(cause) => return Err(cause.into()),
    };
    let again = Code {
        frame: guest.frame("Second factor"),
        code,
    };
    Ok(wait(page_with(status, &again)?, retry_after))
}
