//! The route table: every endpoint, once.

use std::collections::BTreeSet;

use actix_web::http::Method;
use org_auth::scope::Scope;

use crate::discovery;
use crate::failure::ErrorCode;
use crate::productions::checklist;
use crate::route::{Endpoint, get, open, write};
use crate::{
    bookings, contacts, events, instruments, members, organization, performances, productions,
    reports, requests, resources, services, tours, works,
};

/// What a test, or a reader, needs to know of an endpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Route {
    /// The method; what answers `GET` answers `HEAD` too.
    pub method: String,
    /// The path, with its parameters in braces.
    pub path: String,
    /// The scope that a key needs; `None` where no key is needed.
    pub scope: Option<Scope>,
    /// What it does, in a few words.
    pub summary: &'static str,
}

/// Every endpoint that is served.
pub fn route_table() -> Vec<Route> {
    let route = |endpoint: Endpoint| Route {
        method: endpoint.method.to_string(),
        path: endpoint.path,
        scope: endpoint.scope,
        summary: endpoint.about.summary,
    };
    endpoints().into_iter().map(route).collect()
}

/// The pattern of every path that is served, that of the documents' files included.
pub fn patterns() -> BTreeSet<String> {
    let paths = endpoints().into_iter().map(|endpoint| endpoint.path);
    paths.chain([discovery::ASSETS.to_owned()]).collect()
}

/// The table. Of two paths that match a request, the first is taken.
pub(crate) fn endpoints() -> Vec<Endpoint> {
    let mut endpoints = open_endpoints();
    endpoints.extend(read_endpoints());
    endpoints.extend(write_endpoints());
    endpoints
}

#[rustfmt::skip]
fn open_endpoints() -> Vec<Endpoint> {
    vec![
        open("/api/org/v1/openapi.json", discovery::openapi, &discovery::OPENAPI),
        open("/.well-known/agent.json", discovery::agent, &discovery::AGENT),
        open("/docs", discovery::docs, &discovery::DOCS),
        open("/healthz", discovery::healthz, &discovery::HEALTHZ),
        open("/readyz", discovery::readyz, &discovery::READYZ),
    ]
}

#[rustfmt::skip]
fn read_endpoints() -> Vec<Endpoint> {
    vec![
        get("", organization::get, &organization::GET),
        get("/productions", productions::list, &productions::LIST),
        get("/productions/{id}", productions::get, &productions::GET),
        get("/services", services::list, &services::LIST),
        get("/works", works::list, &works::LIST),
        get("/members", members::list, &members::LIST),
        get("/resources", resources::list, &resources::LIST),
        get("/instruments", instruments::list, &instruments::LIST),
        get("/tours", tours::list, &tours::LIST),
        get("/reports", reports::list, &reports::LIST),
        get("/performance-history", performances::list, &performances::LIST),
        get("/events", events::feed, &events::FEED).or_fails_with(ErrorCode::NotFound),
    ]
}

#[rustfmt::skip]
fn write_endpoints() -> Vec<Endpoint> {
    const POST: Method = Method::POST;
    const PATCH: Method = Method::PATCH;
    vec![
        write(POST, "/contacts", contacts::create, &contacts::CREATE),
        write(PATCH, "/contacts/{id}", contacts::replace, &contacts::REPLACE),
        write(POST, "/resource-bookings", bookings::book, &bookings::BOOK)
            .or_fails_with(ErrorCode::NotFound)
            .or_fails_with(ErrorCode::ResourceUnavailable)
            .or_fails_with(ErrorCode::BookingConflict),
        write(PATCH, "/resource-bookings/{id}/cancel", bookings::cancel, &bookings::CANCEL),
        write(POST, "/productions/{id}/checklist", checklist::append, &checklist::APPEND),
        write(PATCH, "/productions/{id}/checklist/{itemId}", checklist::mark, &checklist::MARK),
        write(POST, "/member-requests", requests::submit, &requests::SUBMIT)
            .or_fails_with(ErrorCode::NotFound),
    ]
}
