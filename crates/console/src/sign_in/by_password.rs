//! With a password.

use actix_web::http::StatusCode;
use askama::Template;
use org_auth::sign_in::{Credentials, SignInError};

use super::at_the_door::AtTheDoor;
use super::entered::{enter, too_many, wait};
use crate::cookies::Jar;
use crate::filters;
use crate::form::Form;
use crate::frame::Frame;
use crate::guest::Guest;
use crate::refusal::Refusal;
use crate::reply::{Answer, page, page_with, see_other};
use crate::visit::Identity;

#[derive(Template)]
#[template(path = "sign_in/password.html")]
struct SignIn {
    frame: Frame,
    sign_in: Form,
}

/// The form; whoever is signed in already needs none.
pub(crate) async fn ask_password(guest: Guest) -> Answer {
    if Identity::of(&guest).await?.is_some() {
        return see_other("/settings");
    }
    let known = Jar::Organization.read(&guest.request, &guest.site);
    let sign_in = Form::filled([
        ("next", guest.query().one("next").to_owned()),
        ("organization", known.unwrap_or_default()),
    ]);
    Ok(guest.keep(page(&SignIn {
        frame: guest.frame("Sign in"),
        sign_in,
    })?))
}

/// Takes the form.
pub(crate) async fn send_password(guest: Guest) -> Answer {
    let (form, caller) = (guest.form().clone(), AtTheDoor::of(&guest));
    let attempt = guest.at_the_door(move |console| {
        let credentials = Credentials {
            organization: form.one("organization"),
            email: form.one("email"),
            password: form.one("password"),
        };
        let door = &console.ports.sign_in;
        door.with_password(credentials, caller.caller())
    });
    let error = match attempt.await? {
        Ok(entered) => return enter(&guest, &entered, guest.form().one("next")),
        Err(error) => error,
    };
    let mut sign_in = Form::of(guest.form().clone());
    sign_in.go_on_at("password");
    let (status, retry_after) = match error {
        SignInError::Refused => {
            sign_in.fail("The organization, the e-mail address or the password is wrong.");
            (StatusCode::UNPROCESSABLE_ENTITY, None)
        }
        SignInError::TooMany(standing) => too_many(&mut sign_in, standing),
        SignInError::NoEntropy(cause) => return Err(Refusal::internal(cause)),
        SignInError::Store(cause) => return Err(cause.into()),
    };
    let again = SignIn {
        frame: guest.frame("Sign in"),
        sign_in,
    };
    Ok(wait(page_with(status, &again)?, retry_after))
}

#[cfg(test)]
mod tests {
    use crate::testing::World;

    /// What was typed is there again, but for the password: that is where somebody goes on.
    #[actix_web::test]
    async fn after_a_refusal_the_password_is_typed_again_at_once() {
        let world = World::new();
        let typed = [
            ("organization", "vienna"),
            ("email", "nobody@example.org"),
            ("password", "a wrong password"),
        ];
        let page = world.stranger().post("/settings/sign-in", &typed).await;
        page.shows(422, &["password is wrong", "value=\"nobody@example.org\""]);
        assert_eq!(page.body.matches(" autofocus").count(), 1, "{}", page.body);
        let (before, _) = page.body.split_once(" autofocus").expect("one");
        let (_, input) = before.rsplit_once("<input").expect("an input");
        assert!(input.contains("id=\"password\""), "{input}");
    }
}
