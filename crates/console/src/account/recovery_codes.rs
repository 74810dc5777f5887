//! New recovery codes in the place of those that are left.

use actix_web::http::StatusCode;
use askama::Template;
use org_auth::second_factors::RecoveryError;

use super::not_shown;
use crate::filters;
use crate::form::Form;
use crate::frame::{Frame, Section};
use crate::refusal::Refusal;
use crate::reply::{Answer, page, page_with};
use crate::visit::{Viewer, Visit};

#[derive(Template)]
#[template(path = "account/ask_codes.html")]
struct AskCodes {
    frame: Frame,
    again: Form,
}

/// The codes, which are shown once.
#[derive(Template)]
#[template(path = "account/codes.html")]
pub(super) struct NewCodes {
    pub(super) frame: Frame,
    pub(super) codes: Vec<String>,
    /// Whether the second factor was switched on just now.
    pub(super) is_new: bool,
}

/// The form.
pub(crate) async fn ask_codes(visit: Visit<Viewer>) -> Answer {
    page(&AskCodes {
        frame: visit.frame("New recovery codes", Section::Account),
        again: Form::default(),
    })
}

/// Takes the form.
pub(crate) async fn make_codes(visit: Visit<Viewer>) -> Answer {
    let typed = visit.form().one("password").to_owned();
    let (user, address, origin) = (
        visit.user().clone(),
        visit.visitor().address,
        visit.origin_shown(),
    );
    let made = visit.at_the_door(move |console| {
        let factors = &console.ports.second_factors;
        factors.new_recovery_codes(&user, &typed, address, &origin)
    });
    let mut again = Form::default();
    let status = match made.await? {
        Ok(codes) => {
            return page(&NewCodes {
                frame: visit.frame("Your recovery codes", Section::Account),
                codes: codes.iter().map(str::to_owned).collect(),
                is_new: false,
            });
        }
        Err(RecoveryError::NotShown(error)) => not_shown(&mut again, "password", error)?,
        Err(RecoveryError::NotInForce) => {
            again.fail("Your second factor is switched off.");
            StatusCode::CONFLICT
        }
        Err(RecoveryError::NoEntropy(cause)) => return Err(Refusal::internal(cause)),
        Err(RecoveryError::Store(cause)) => return Err(cause.into()),
    };
    let again = AskCodes {
        frame: visit.frame("New recovery codes", Section::Account),
        again,
    };
    page_with(status, &again)
}
