//! The edge: what every request meets first and every response last, whatever becomes of it.
//!
//! A request gets its id and its span, and is let in or turned away; the response gets the headers that
//! every response bears; one line about it goes to the log, with the causes if the failure is ours; and
//! what the audit trail has to say of it is noted. Whoever counts requests is told of each.

mod figures;
mod headers;
mod limits;
mod log;
mod trail;

use std::sync::Arc;
use std::time::Instant;

use actix_web::body::BoxBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage};
use org_web::{Arrival, Presence, Surface};
use tracing::Instrument;

use crate::api::Api;
use crate::gate::gate;

/// The middleware around everything that the crate serves.
///
/// It does not catch panics, because what is left of a request then cannot be answered here any
/// more: [`org_web::rescued`] does, around the handlers.
pub(crate) async fn edge(
    api: Arc<Api>,
    route: Arc<str>,
    request: ServiceRequest,
    next: Next<BoxBody>,
) -> Result<ServiceResponse, Error> {
    let began = Instant::now();
    let arrival = Arrival::of(&request, route, &api.proxies, &*api.ids);
    let presence = Presence::of(
        &api.observer,
        Surface::Api,
        arrival.clone(),
        request.method(),
    );
    request.extensions_mut().insert(arrival.clone());
    let span = tracing::info_span!(
        "request",
        request_id = arrival.id().as_str(),
        trace_id = %arrival.trace().trace(),
    );
    let mut response = gate(&api, request, next).instrument(span).await?;
    headers::complete(&mut response, &arrival);
    let took = began.elapsed();
    log::tell(&response, &arrival, took);
    trail::note(&api, &response, took);
    figures::tell(&presence, &response, &arrival, took);
    Ok(response)
}
