//! Once somebody was let in, or came too often.

use actix_web::http::StatusCode;
use actix_web::http::header::{HeaderValue, RETRY_AFTER, SET_COOKIE};
use org_auth::rate::Standing;
use org_auth::session::{PENDING_LASTS, SESSION_LASTS};
use org_auth::sign_in::SignedIn;

use crate::call::Call;
use crate::cookies::Jar;
use crate::form::Form;
use crate::refusal::Refusal;
use crate::reply::{Answer, Reply, redirect};

/// Has the browser keep the session, and sends it to the page that was asked for; or first to the form
/// that asks for the code, if the session waits for one.
pub(super) fn enter(call: &Call, entered: &SignedIn, next: &str) -> Answer {
    let next = if is_ours(next) { next } else { "/settings" };
    let mut reply = if entered.session.pending {
        let query = url::form_urlencoded::Serializer::new(String::new())
            .append_pair("next", next)
            .finish();
        redirect(&format!("/settings/sign-in/code?{query}"))
    } else {
        redirect(next)
    };
    let token = entered.token.expose().to_owned();
    let lasts = if entered.session.pending {
        PENDING_LASTS
    } else {
        SESSION_LASTS
    };
    let cookie = Jar::Session.set(&call.site, token, Some(lasts.whole_seconds()));
    let cookie = HeaderValue::from_str(&cookie.to_string()).map_err(Refusal::internal)?;
    reply.headers_mut().append(SET_COOKIE, cookie);
    Ok(reply)
}

/// A path of the console, and no address that a browser takes for another site's.
fn is_ours(next: &str) -> bool {
    let rest = next.strip_prefix("/settings");
    let within = rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?']));
    let climbs = next.contains("..") || next.to_ascii_lowercase().contains("%2e");
    let plain = |byte: u8| byte.is_ascii_graphic() && byte != b'\\';
    within && !climbs && next.bytes().all(plain)
}

/// Says in a form how long to wait.
pub(super) fn too_many(form: &mut Form, standing: Standing) -> (StatusCode, Option<u32>) {
    let seconds = standing.retry_after.unwrap_or(1);
    form.fail(format!(
        "There were too many attempts. Try again in {seconds} s."
    ));
    (StatusCode::TOO_MANY_REQUESTS, Some(seconds))
}

/// Says in a header how long to wait.
pub(super) fn wait(mut reply: Reply, seconds: Option<u32>) -> Reply {
    if let Some(seconds) = seconds {
        reply.headers_mut().insert(RETRY_AFTER, seconds.into());
    }
    reply
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_sent_to_another_site() {
        for next in ["/settings", "/settings/keys?page=2", "/settings?done=x"] {
            assert!(is_ours(next), "{next}");
        }
        for next in [
            "",
            "/",
            "//evil.example",
            "https://evil.example/settings",
            "/settings\\evil",
            "/settings/../api",
            "/settings/%2E%2e/api",
            "/settings//\r\nset-cookie: a=b",
            "/settingsevil",
            "/settings/é",
            "javascript:alert(1)",
        ] {
            assert!(!is_ours(next), "{next}");
        }
    }
}
