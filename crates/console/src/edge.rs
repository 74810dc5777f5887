//! What every request to the console meets first, and every response last: where it comes from, whether
//! there is room for it, the headers of a page that nobody else may touch, and one line in the log.

use std::sync::Arc;
use std::time::Instant;

use actix_web::body::BoxBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::StatusCode;
use actix_web::http::header::{CACHE_CONTROL, HeaderMap, HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage};
use org_auth::user::UserRef;
use org_web::{
    Answered, Arrival, Limit, NO_ROUTE, Presence, Surface, TRACEPARENT, X_REQUEST_ID, method,
};
use tracing::Instrument;

use crate::console::Console;
use crate::gate::gate;

/// What each response bears, unless it says otherwise itself.
///
/// Browsers send an `Origin` that says nothing under `no-referrer`, and forms are held to theirs.
const HEADERS: &[(&str, &str)] = &[
    (
        "content-security-policy",
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; \
         form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    ),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    (
        "permissions-policy",
        "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    ),
    ("referrer-policy", "same-origin"),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
];

/// For browsers that came by TLS: a year.
const TRANSPORT: (&str, &str) = ("strict-transport-security", "max-age=31536000");

pub(crate) async fn edge(
    console: Arc<Console>,
    request: ServiceRequest,
    next: Next<BoxBody>,
) -> Result<ServiceResponse, Error> {
    let began = Instant::now();
    let route = request
        .match_pattern()
        .map_or_else(|| NO_ROUTE.into(), Arc::from);
    let arrival = Arrival::of(&request, route, &console.proxies, &*console.ports.ids);
    let observer = &console.ports.observer;
    let presence = Presence::of(
        observer,
        Surface::Console,
        arrival.clone(),
        request.method(),
    );
    request.extensions_mut().insert(arrival.clone());
    let notes = &console.notes;
    notes.unheard_proxy(request.request(), &console.proxies);
    let span = tracing::info_span!(
        "request",
        request_id = arrival.id().as_str(),
        trace_id = %arrival.trace().trace(),
    );
    let mut response = gate(&console, request, next).instrument(span).await?;
    let secure = crate::site::Site::of(response.request(), console.public_url.as_ref()).is_secure();
    let headers = response.headers_mut();
    headers.insert(X_REQUEST_ID, arrival.id().to_header());
    headers.insert(TRACEPARENT, arrival.trace().to_header());
    add(headers, HEADERS);
    if secure {
        add(headers, &[TRANSPORT]);
    }
    if !headers.contains_key(CACHE_CONTROL) {
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    let took = began.elapsed();
    presence.answered(&Answered {
        surface: Surface::Console,
        method: response.request().method(),
        route: arrival.route(),
        status: response.status(),
        trace: arrival.trace(),
        took,
        limited: (response.status() == StatusCode::TOO_MANY_REQUESTS).then_some(Limit::Attempts),
        replayed: false,
    });
    // Left there by whoever found out who is signed in.
    let user = response.request().extensions().get::<UserRef>().copied();
    tracing::info!(
        request_id = arrival.id().as_str(),
        trace_id = %arrival.trace().trace(),
        method = method::told(response.request().method()),
        route = arrival.route(),
        status = response.status().as_u16(),
        duration_ms = took.as_secs_f64() * 1000.0,
        organization = user.map(|user| tracing::field::display(user.org)),
        user = user.map(|user| tracing::field::display(user.id)),
        "request",
    );
    Ok(response)
}

fn add(headers: &mut HeaderMap, all: &[(&'static str, &'static str)]) {
    for (name, value) in all {
        headers.insert(
            HeaderName::from_static(name),
            HeaderValue::from_static(value),
        );
    }
}
