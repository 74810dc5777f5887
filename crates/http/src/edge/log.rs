//! One line about each request, and the causes of each failure of ours.
//!
//! A line says which endpoint was asked for, not which path: paths hold names and ids, queries hold
//! what people search for, and a path that matches nothing can hold anything at all; so can a method that
//! nobody knows.

use std::error::Error;
use std::time::Duration;

use actix_web::HttpMessage;
use actix_web::dev::ServiceResponse;
use org_auth::verifier::Holder;
use org_kernel::chain;
use org_web::{Arrival, method};

use crate::failure::Failure;

pub(super) fn tell<B>(response: &ServiceResponse<B>, arrival: &Arrival, took: Duration) {
    let request = response.request();
    let holder = request.extensions().get::<Holder>().copied();
    tracing::info!(
        request_id = arrival.id().as_str(),
        trace_id = %arrival.trace().trace(),
        method = method::told(request.method()),
        route = arrival.route(),
        status = response.status().as_u16(),
        duration_ms = took.as_secs_f64() * 1000.0,
        organization = holder.map(|holder| tracing::field::display(holder.org)),
        key = holder.map(|holder| tracing::field::display(holder.key)),
        "request",
    );
    if let Some(cause) = cause_of(response) {
        tracing::error!(
            request_id = arrival.id().as_str(),
            error = chain(cause),
            "request failed"
        );
    }
}

/// What a failure of ours comes from; a refusal comes from nothing.
fn cause_of<B>(response: &ServiceResponse<B>) -> Option<&(dyn Error + 'static)> {
    response.response().error()?.as_error::<Failure>()?.source()
}
