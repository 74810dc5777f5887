//! Signing in.

use actix_web::http::StatusCode;
use askama::Template;

use crate::filters;
use crate::form::Form;
use crate::frame::Frame;
use crate::guest::Guest;
use crate::reply::{Answer, page};

#[derive(Template)]
#[template(path = "sign_in/form.html")]
struct SignInPage {
    frame: Frame,
    sign_in: Form,
}

pub(crate) async fn form(guest: Guest) -> Answer {
    let sign_in = Form::of(guest.query().clone());
    Ok(guest.keep(page(&SignInPage {
        frame: guest.frame("Sign in"),
        sign_in,
    })?))
}

pub(crate) async fn submit(guest: Guest) -> Answer {
    let sign_in = Form::of(guest.form().clone());
    crate::reply::page_with(
        StatusCode::UNPROCESSABLE_ENTITY,
        &SignInPage {
            frame: guest.frame("Sign in"),
            sign_in,
        },
    )
}
