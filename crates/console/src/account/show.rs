//! The page.

use actix_web::http::StatusCode;
use askama::Template;
use org_auth::session::Session;
use org_auth::user::User;

use crate::filters;
use crate::form::Form;
use crate::frame::{Frame, Section};
use crate::refusal::Refusal;
use crate::reply::{Answer, page_with};
use crate::visit::{Viewer, Visit};

#[derive(Template)]
#[template(path = "account/account.html")]
struct Account {
    frame: Frame,
    user: User,
    name: Form,
    sessions: Vec<Session>,
    current: Session,
}

/// Shows it.
pub(crate) async fn account(visit: Visit<Viewer>) -> Answer {
    let name = Form::filled([("name", visit.user().name.to_string())]);
    shown(&visit, name, StatusCode::OK).await
}

pub(super) async fn shown(visit: &Visit<Viewer>, name: Form, status: StatusCode) -> Answer {
    let user = visit.user().user_ref();
    let sessions = visit
        .ask::<_, _, Refusal>(move |console| console.ports.sessions.list(user))
        .await?;
    let page = Account {
        frame: visit.frame("Your account", Section::Account),
        user: visit.user().clone(),
        name,
        sessions,
        current: visit.session().clone(),
    };
    page_with(status, &page)
}
