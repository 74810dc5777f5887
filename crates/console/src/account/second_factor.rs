//! Switching one's second factor on and off.

mod page;

use actix_web::http::StatusCode;
use org_auth::second_factor::Enrolment;
use org_auth::second_factor_store::NotEnrolled;
use org_auth::second_factors::{BeginError, ConfirmError, SwitchOffError};

use self::page::{Confirm, Factor};
use super::recovery_codes::NewCodes;
use super::{not_shown, too_often};
use crate::form::Form;
use crate::frame::Section;
use crate::refusal::Refusal;
use crate::reply::{self, Answer, done, see_other};
use crate::visit::{Viewer, Visit};

const PATH: &str = "/settings/account/second-factor";

/// Says whether it is on, and asks for the password to switch it on or off.
pub(crate) async fn look(visit: Visit<Viewer>) -> Answer {
    shown(&visit, Form::default(), StatusCode::OK).await
}

async fn shown(visit: &Visit<Viewer>, form: Form, status: StatusCode) -> Answer {
    let user = visit.user().user_ref();
    let found = visit
        .ask::<_, _, Refusal>(move |console| console.ports.second_factors.find(user))
        .await?;
    let in_force = found.filter(|factor| factor.confirmed_at.is_some());
    let page = Factor {
        frame: visit.frame("Second factor", Section::Account),
        form,
        can_be_switched_on: visit.console.ports.second_factors.can_be_switched_on(),
        codes_left: in_force.map(|factor| factor.recovery_codes_left),
    };
    reply::page_with(status, &page)
}

/// Makes a secret for the app, once the password is shown.
pub(crate) async fn begin(visit: Visit<Viewer>) -> Answer {
    let typed = visit.form().one("password").to_owned();
    let (user, address, issuer) = (
        visit.user().clone(),
        visit.visitor().address,
        issuer(&visit),
    );
    let session = visit.session().id;
    let begun = visit.at_the_door(move |console| {
        let factors = &console.ports.second_factors;
        factors.begin(&user, session, &typed, &issuer, address)
    });
    let mut form = Form::default();
    let status = match begun.await? {
        Ok(_) => return see_other("/settings/account/second-factor/confirm"),
        Err(BeginError::NotShown(error)) => not_shown(&mut form, "password", error)?,
        Err(BeginError::NoKey) => {
            form.fail("This server has no key for the secrets of second factors. Your operator can give it one.");
            StatusCode::CONFLICT
        }
        Err(BeginError::Refused(NotEnrolled::InForce)) => {
            form.fail("Your second factor is on already.");
            StatusCode::CONFLICT
        }
        Err(BeginError::Refused(NotEnrolled::NoSuchUser)) => return Err(Refusal::SignedOut),
        Err(BeginError::NoEntropy(cause)) => return Err(Refusal::internal(cause)),
        Err(BeginError::NotSealed(cause)) => return Err(Refusal::internal(cause)),
        Err(BeginError::Store(cause)) => return Err(cause.into()),
    };
    shown(&visit, form, status).await
}

/// Shows the secret that waits, as a picture and as text, and asks for the code that the app makes of it.
pub(crate) async fn waiting(visit: Visit<Viewer>) -> Answer {
    ask_code(&visit, Form::default(), StatusCode::OK).await
}

async fn ask_code(visit: &Visit<Viewer>, form: Form, status: StatusCode) -> Answer {
    let (user, session, issuer) = (visit.user().clone(), visit.session().id, issuer(visit));
    let waits = visit.attempt(move |console| {
        let factors = &console.ports.second_factors;
        factors.waiting(&user, session, &issuer)
    });
    match waits.await? {
        Ok(Some(enrolment)) => enrolled(visit, form, &enrolment, status),
        Ok(None) | Err(ConfirmError::NothingWaits) => see_other(PATH),
        Err(ConfirmError::Store(cause)) => Err(cause.into()),
        Err(error) => Err(Refusal::internal(error)),
    }
}

fn enrolled(
    visit: &Visit<Viewer>,
    form: Form,
    enrolment: &Enrolment,
    status: StatusCode,
) -> Answer {
    let page = Confirm::new(
        visit.frame("Switch on your second factor", Section::Account),
        form,
        enrolment,
    );
    reply::page_with(status, &page.map_err(Refusal::internal)?)
}

/// Puts the secret in force, and shows the recovery codes.
pub(crate) async fn confirm(visit: Visit<Viewer>) -> Answer {
    let typed = visit.form().one("code").to_owned();
    let (user, session) = (visit.user().clone(), visit.session().id);
    let (address, origin) = (visit.visitor().address, visit.origin_shown());
    let confirmed = visit.attempt(move |console| {
        let factors = &console.ports.second_factors;
        factors.confirm(&user, session, &typed, address, &origin)
    });
    match confirmed.await? {
        Ok(codes) => reply::page(&NewCodes {
            frame: visit.frame("Your second factor is on", Section::Account),
            codes: codes.iter().map(str::to_owned).collect(),
            is_new: true,
        }),
        Err(ConfirmError::Wrong) => {
            let mut form = Form::default();
            form.reject("code", "is not the one that the app shows now");
            ask_code(&visit, form, StatusCode::UNPROCESSABLE_ENTITY).await
        }
        Err(ConfirmError::TooMany(standing)) => {
            let mut form = Form::default();
            let status = too_often(&mut form, "code", standing);
            ask_code(&visit, form, status).await
        }
        Err(ConfirmError::NothingWaits) => see_other(PATH),
        Err(ConfirmError::Store(cause)) => Err(cause.into()),
        Err(error) => Err(Refusal::internal(error)),
    }
}

/// Switches it off, once the password is shown.
pub(crate) async fn switch_off(visit: Visit<Viewer>) -> Answer {
    let typed = visit.form().one("password").to_owned();
    let (user, address, origin) = (
        visit.user().clone(),
        visit.visitor().address,
        visit.origin(),
    );
    let off = visit.at_the_door(move |console| {
        let factors = &console.ports.second_factors;
        factors.switch_off(&user, &typed, address, &origin)
    });
    let mut form = Form::default();
    match off.await? {
        Ok(_) => done("/settings/account", "second-factor-off"),
        Err(SwitchOffError::NotShown(error)) => {
            let status = not_shown(&mut form, "password", error)?;
            shown(&visit, form, status).await
        }
        Err(SwitchOffError::Store(cause)) => Err(cause.into()),
    }
}

/// The name that the app shows the codes under.
fn issuer(visit: &Visit<Viewer>) -> String {
    format!("Org API ({})", visit.organization().facts.slug)
}
