//! The API in one page for programs that decide for themselves what to call.

use org_auth::rate::{FAILED_ATTEMPTS_PER_MINUTE, READS_PER_MINUTE, WRITES_PER_MINUTE};
use org_auth::scope::Scope;
use org_domain::events::{CATALOGUE, EventType};
use org_kernel::page::PageRequest;
use serde::Serialize;

use super::key_pattern;
use super::openapi::{DESCRIPTION, TITLE, VERSION};
use crate::call::MAX_BODY;
use crate::route::{BASE, Endpoint};
use crate::routes;
use org_web::PublicUrl;

/// The document, as JSON; addresses are relative to the server unless its address is known.
pub(super) fn agent_json(url: Option<&PublicUrl>) -> String {
    serde_json::to_string_pretty(&Agent::at(url)).expect("plain data is JSON")
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Agent {
    name: &'static str,
    description: &'static str,
    version: &'static str,
    base_url: String,
    openapi_url: String,
    docs_url: String,
    authentication: Authentication,
    scopes: Vec<ScopeGrant>,
    endpoints: Vec<EndpointLine>,
    limits: Limits,
    event_types: Vec<EventLine>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Authentication {
    r#type: &'static str,
    scheme: &'static str,
    header: &'static str,
    key_format: String,
    description: &'static str,
}

#[derive(Serialize)]
struct ScopeGrant {
    scope: &'static str,
    grants: &'static str,
}

#[derive(Serialize)]
struct EndpointLine {
    method: String,
    path: String,
    scope: Option<&'static str>,
    summary: &'static str,
}

/// One type of event that webhooks can be subscribed to.
#[derive(Serialize)]
struct EventLine {
    r#type: &'static str,
    description: &'static str,
    /// True when nothing in the API makes such an event for now.
    reserved: bool,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Limits {
    reads_per_minute: u32,
    writes_per_minute: u32,
    failed_authentications_per_minute: u32,
    max_page_limit: u32,
    default_page_limit: u32,
    max_body_bytes: usize,
}

impl Agent {
    fn at(url: Option<&PublicUrl>) -> Self {
        let absolute =
            |path: &str| url.map_or_else(|| path.to_owned(), |url| format!("{url}{path}"));
        Self {
            name: TITLE,
            description: DESCRIPTION,
            version: VERSION,
            base_url: absolute(&format!("{BASE}/{{slug}}")),
            openapi_url: absolute(&format!("{BASE}/openapi.json")),
            docs_url: absolute("/docs"),
            authentication: authentication(),
            scopes: Scope::ALL.iter().copied().map(ScopeGrant::of).collect(),
            endpoints: routes::endpoints()
                .into_iter()
                .map(EndpointLine::of)
                .collect(),
            limits: limits(),
            event_types: CATALOGUE.iter().map(EventLine::of).collect(),
        }
    }
}

fn authentication() -> Authentication {
    Authentication {
        r#type: "http",
        scheme: "bearer",
        header: "Authorization: Bearer abo_org_…",
        key_format: key_pattern(),
        description: "An API key belongs to one organization, whose slug stands in every path, and \
            has scopes. Whoever administers the organization issues it; its secret is shown once.",
    }
}

fn limits() -> Limits {
    Limits {
        reads_per_minute: READS_PER_MINUTE,
        writes_per_minute: WRITES_PER_MINUTE,
        failed_authentications_per_minute: FAILED_ATTEMPTS_PER_MINUTE,
        max_page_limit: PageRequest::MAX_LIMIT,
        default_page_limit: PageRequest::default().limit(),
        max_body_bytes: MAX_BODY,
    }
}

impl ScopeGrant {
    fn of(scope: Scope) -> Self {
        Self {
            scope: scope.as_str(),
            grants: scope.grants(),
        }
    }
}

impl EventLine {
    fn of(event: &EventType) -> Self {
        Self {
            r#type: event.name,
            description: event.description,
            reserved: event.reserved,
        }
    }
}

impl EndpointLine {
    fn of(endpoint: Endpoint) -> Self {
        Self {
            method: endpoint.method.to_string(),
            path: endpoint.path,
            scope: endpoint.scope.map(Scope::as_str),
            summary: endpoint.about.summary,
        }
    }
}
