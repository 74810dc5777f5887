//! The route table: every endpoint, once.

use org_auth::scope::Scope;

use crate::discovery;
use crate::route::{About, Endpoint, get, open};
use crate::{
    instruments, members, organization, performances, productions, reports, resources, services,
    tours, works,
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

/// The sections of the documentation, with what stands in each.
pub(crate) const TAGS: &[(&str, &str)] = &[
    (ORGANIZATION, "The organization itself."),
    (
        PROGRAMME,
        "What is put on: productions, their services, and tours.",
    ),
    (REPERTOIRE, "Works, and when they were played."),
    (PERSONNEL, "Who plays where."),
    (RESOURCES, "Rooms, equipment and instruments."),
    (REPORTS, "What was reported."),
    (
        DISCOVERY,
        "What the API is, and whether it is there. No key is needed.",
    ),
];

const ORGANIZATION: &str = "Organization";
const PROGRAMME: &str = "Programme";
const REPERTOIRE: &str = "Repertoire";
const PERSONNEL: &str = "Personnel";
const RESOURCES: &str = "Resources";
const REPORTS: &str = "Reports";
const DISCOVERY: &str = "Discovery";

const fn about(
    id: &'static str,
    tag: &'static str,
    summary: &'static str,
    description: &'static str,
) -> About {
    About {
        id,
        tag,
        summary,
        description,
    }
}

/// The table. Of two paths that match a request, the first is taken.
pub(crate) fn endpoints() -> Vec<Endpoint> {
    let mut endpoints = discovery_endpoints();
    endpoints.extend(read_endpoints());
    endpoints
}

#[rustfmt::skip]
fn discovery_endpoints() -> Vec<Endpoint> {
    vec![
        open("/api/org/v1/openapi.json", discovery::openapi, about("getOpenApi", DISCOVERY, "The OpenAPI document", "This document.")),
        open("/.well-known/agent.json", discovery::agent, about("getAgent", DISCOVERY, "The API for agents", "What the API offers and how to be let in, in one page that programs read.")),
        open("/docs", discovery::docs, about("getDocs", DISCOVERY, "The reference", "This document as a page for people.")),
        open("/healthz", discovery::healthz, about("getHealth", DISCOVERY, "Is the process up?", "Answers as long as the process runs, whatever the state of its database.")),
        open("/readyz", discovery::readyz, about("getReadiness", DISCOVERY, "Can requests be answered?", "Answers 200 when the database answers, and 503 when it does not.")),
    ]
}

#[rustfmt::skip]
fn read_endpoints() -> Vec<Endpoint> {
    vec![
        get("", organization::get, about("getOrganization", ORGANIZATION, "Get the organization", "The organization that the key belongs to. The path may end in a slash.")),
        get("/productions", productions::list, about("listProductions", PROGRAMME, "List productions", "The latest start first, then by id.")),
        get("/productions/{id}", productions::get, about("getProduction", PROGRAMME, "Get a production", "A production with its services (by start), its programme (in order) and its checklist (by position).")),
        get("/services", services::list, about("listServices", PROGRAMME, "List services", "Rehearsals, concerts and whatever else players are called to, by start, then by id. A service is listed when some instant lies both in it and between `from` and `to`.")),
        get("/works", works::list, about("listWorks", REPERTOIRE, "List works", "The repertoire, by composer, title, then id, with how often each work stands in the performance history.")),
        get("/members", members::list, about("listMembers", PERSONNEL, "List members", "The roster, by section in score order, chair, name, then id. Their ids are the `membershipId` of requests.")),
        get("/resources", resources::list, about("listResources", RESOURCES, "List resources", "Halls, rooms and equipment, by name, then id.")),
        get("/instruments", instruments::list, about("listInstruments", RESOURCES, "List instruments", "By name, then id.")),
        get("/tours", tours::list, about("listTours", PROGRAMME, "List tours", "The latest start first, then by id.")),
        get("/reports", reports::list, about("listReports", REPORTS, "List reports", "What is known about reports, and nothing of what is in them; the latest made first, then by id.")),
        get("/performance-history", performances::list, about("listPerformances", REPERTOIRE, "List performances", "One entry for each work and each time that it was played; the latest first, then by id.")),
    ]
}
