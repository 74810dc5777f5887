//! What is somebody's own: their name, their password, their second factor, and where they are signed in.

mod name;
mod password;
mod recovery_codes;
mod second_factor;
mod sessions;
mod show;

pub(crate) use name::rename;
pub(crate) use password::{ask_password, change_password};
pub(crate) use recovery_codes::{ask_codes, make_codes};
pub(crate) use second_factor::{begin, confirm, look, switch_off, waiting};
pub(crate) use sessions::{end, end_others};
pub(crate) use show::account;

use actix_web::http::StatusCode;
use org_auth::passwords::NotShown;
use org_auth::rate::Standing;

use crate::form::Form;
use crate::refusal::Refusal;

/// What a form says of a password that was asked for once more and not shown.
fn not_shown(form: &mut Form, name: &str, error: NotShown) -> Result<StatusCode, Refusal> {
    match error {
        NotShown::Wrong => form.reject(name, "is not your password"),
        NotShown::TooMany(standing) => return Ok(too_often(form, name, standing)),
        NotShown::Store(cause) => return Err(cause.into()),
    }
    Ok(StatusCode::UNPROCESSABLE_ENTITY)
}

/// What a form says of what was tried too often.
fn too_often(form: &mut Form, name: &str, standing: Standing) -> StatusCode {
    let seconds = standing.retry_after.unwrap_or(1);
    form.reject(
        name,
        format!("was wrong too often: try again in {seconds} s"),
    );
    StatusCode::TOO_MANY_REQUESTS
}
