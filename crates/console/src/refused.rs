//! The page that says why a request is not answered as it was meant.

use actix_web::HttpResponse;
use actix_web::http::Method;
use actix_web::http::header::{ALLOW, ContentType, HeaderName, HeaderValue, RETRY_AFTER};
use askama::Template;
use org_kernel::chain;
use org_web::Arrival;
use url::form_urlencoded::byte_serialize;

use crate::call::Call;
use crate::frame::{Frame, Section};
use crate::refusal::Refusal;
use crate::reply::{Reply, redirect};
use crate::tokens::Tokens;
use crate::visit::Identity;

/// Tells htmx to load another page, where a redirect would be swapped into this one.
const HX_REDIRECT: HeaderName = HeaderName::from_static("hx-redirect");

/// After how many seconds a browser should ask again when the service is unavailable.
const RETRY_UNAVAILABLE: u32 = 5;

#[derive(Template)]
#[template(path = "refused.html")]
struct Refused {
    frame: Frame,
    heading: &'static str,
    advice: &'static str,
    status: u16,
}

/// The answer to a request that is refused; whoever is signed in keeps the way to the other pages.
pub(crate) fn answer(call: &Call, identity: Option<&Identity>, refusal: &Refusal) -> Reply {
    if let Refusal::SignedOut = refusal {
        return to_sign_in(call);
    }
    tell(call, refusal);
    let (heading, advice) = refusal.words();
    let mut frame = match identity {
        Some(identity) => Frame::around(call, identity, heading.to_owned(), Section::Overview),
        None => Frame::of_guest(call, Tokens::under(""), heading.to_owned()),
    };
    frame.section = None;
    let status = refusal.status();
    let page = Refused {
        frame,
        heading,
        advice,
        status: status.as_u16(),
    };
    let html = page.render().unwrap_or_else(|_| heading.to_owned());
    let mut response = HttpResponse::build(status)
        .content_type(ContentType::html())
        .body(html);
    if let Refusal::MethodNotAllowed { allow } = refusal
        && let Ok(allow) = HeaderValue::from_str(allow)
    {
        response.headers_mut().insert(ALLOW, allow);
    }
    if let Refusal::Unavailable(_) = refusal {
        let seconds = HeaderValue::from(RETRY_UNAVAILABLE);
        response.headers_mut().insert(RETRY_AFTER, seconds);
    }
    response
}

/// After signing in, whoever looked at a page is brought back to it; a form has to be sent again.
fn to_sign_in(call: &Call) -> Reply {
    let asked = call
        .request
        .uri()
        .path_and_query()
        .map_or("", |asked| asked.as_str());
    let to = match *call.request.method() {
        Method::GET | Method::HEAD => {
            let next: String = byte_serialize(asked.as_bytes()).collect();
            format!("/settings/sign-in?next={next}")
        }
        _ => "/settings/sign-in".to_owned(),
    };
    let mut reply = redirect(&to);
    if call.request.headers().contains_key("hx-request")
        && let Ok(to) = HeaderValue::from_str(&to)
    {
        *reply.status_mut() = actix_web::http::StatusCode::UNAUTHORIZED;
        reply.headers_mut().insert(HX_REDIRECT, to);
    }
    reply
}

/// A failure of ours is logged here, once, with what it comes from.
fn tell(call: &Call, refusal: &Refusal) {
    let (Refusal::Internal(cause) | Refusal::Unavailable(cause)) = refusal else {
        return;
    };
    let id = Arrival::at(&call.request).id().to_string();
    tracing::error!(request_id = id, error = chain(&**cause), "request failed");
}
