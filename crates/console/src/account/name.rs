//! What people call somebody, by their own word.

use actix_web::http::StatusCode;
use org_auth::users::{ChangeError, UserChanges};

use super::show::shown;
use crate::form::Form;
use crate::refusal::Refusal;
use crate::reply::{Answer, done};
use crate::visit::{Viewer, Visit};

/// Takes the form.
pub(crate) async fn rename(visit: Visit<Viewer>) -> Answer {
    let mut form = Form::of(visit.form().clone());
    let Some(name) = form.required("name") else {
        return shown(&visit, form, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    let changes = UserChanges {
        name: Some(name),
        ..UserChanges::default()
    };
    let (user, origin) = (visit.user().user_ref(), visit.origin());
    let renamed = visit.attempt(move |console| console.ports.users.change(user, &changes, &origin));
    match renamed.await? {
        Ok(_) => done("/settings/account", "name-changed"),
        Err(ChangeError::Store(cause)) => Err(cause.into()),
        // Whoever was removed meanwhile has no session either.
        Err(ChangeError::Refused(_) | ChangeError::Stale(_)) => Err(Refusal::StaleForm),
    }
}
