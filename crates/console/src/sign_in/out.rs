//! Signing out.

use actix_web::http::header::{HeaderValue, SET_COOKIE};

use crate::cookies::Jar;
use crate::refusal::Refusal;
use crate::reply::{Answer, done};
use crate::visit::{Viewer, Visit};

/// Ends the session.
pub(crate) async fn sign_out(visit: Visit<Viewer>) -> Answer {
    let (user, session, origin) = (visit.user().user_ref(), visit.session().id, visit.origin());
    visit
        .ask::<_, _, Refusal>(move |console| console.ports.sessions.end(user, session, &origin))
        .await?;
    let mut reply = done("/settings/sign-in", "signed-out")?;
    let cookie = Jar::Session.forget(&visit.site).to_string();
    let cookie = HeaderValue::from_str(&cookie).map_err(Refusal::internal)?;
    reply.headers_mut().append(SET_COOKIE, cookie);
    Ok(reply)
}
