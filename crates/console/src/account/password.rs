//! Changing one's password.

use actix_web::http::StatusCode;
use askama::Template;
use org_auth::passwords::PasswordError;

use super::not_shown;
use crate::filters;
use crate::form::Form;
use crate::frame::{Frame, Section};
use crate::refusal::Refusal;
use crate::reply::{Answer, done, page, page_with};
use crate::visit::{Viewer, Visit};

#[derive(Template)]
#[template(path = "account/password.html")]
struct Password {
    frame: Frame,
    change: Form,
}

/// The form.
pub(crate) async fn ask_password(visit: Visit<Viewer>) -> Answer {
    page(&Password {
        frame: visit.frame("Change your password", Section::Account),
        change: Form::default(),
    })
}

/// Takes the form.
pub(crate) async fn change_password(visit: Visit<Viewer>) -> Answer {
    let form = visit.form().clone();
    let (user, session) = (visit.user().clone(), visit.session().id);
    let (address, origin) = (visit.visitor().address, visit.origin());
    let changed = visit.at_the_door(move |console| {
        let typed = (form.one("present"), form.one("new"));
        let passwords = &console.ports.passwords;
        passwords.change(&user, session, typed, address, &origin)
    });
    let Err(error) = changed.await? else {
        return done("/settings/account", "password-changed");
    };
    let mut change = Form::default();
    let status = match error {
        PasswordError::NotShown(error) => not_shown(&mut change, "present", error)?,
        PasswordError::Weak(why) => {
            change.reject("new", why);
            StatusCode::UNPROCESSABLE_ENTITY
        }
        PasswordError::NotHashed(cause) => return Err(Refusal::internal(cause)),
        PasswordError::Store(cause) => return Err(cause.into()),
    };
    let again = Password {
        frame: visit.frame("Change your password", Section::Account),
        change,
    };
    page_with(status, &again)
}
