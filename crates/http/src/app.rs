//! The router: the table's endpoints, and an answer in the envelope for whatever is none of them.

use std::sync::Arc;

use actix_web::body::BoxBody;
use actix_web::http::Method;
use actix_web::middleware::{Next, from_fn};
use actix_web::web::{self, Payload, ServiceConfig};
use actix_web::{HttpResponse, Resource};

use crate::api::Api;
use crate::call::pass_by;
use crate::discovery;
use crate::edge::edge;
use crate::failure::Failure;
use crate::gate::gate;
use crate::route::Endpoint;
use crate::routes;
use org_web::NO_ROUTE;

/// Mounts the API on an application, and answers for whatever nobody else has mounted.
pub fn configure(api: Arc<Api>) -> impl FnOnce(&mut ServiceConfig) {
    move |config| {
        let around = |route: &str| {
            let (api, route) = (Arc::clone(&api), Arc::<str>::from(route));
            from_fn(move |request, next: Next<BoxBody>| {
                edge(Arc::clone(&api), Arc::clone(&route), request, next)
            })
        };
        let within = || {
            let api = Arc::clone(&api);
            from_fn(move |request, next: Next<BoxBody>| gate(Arc::clone(&api), request, next))
        };
        let (keyed, open): (Vec<_>, Vec<_>) = resources(routes::endpoints(), &api)
            .into_iter()
            .map(|(path, resource)| {
                let resource = resource.wrap(within()).wrap(around(&path));
                (path, resource)
            })
            .partition(|(path, _)| path.starts_with(ORGANIZATION));
        for (_, resource) in open {
            config.service(resource);
        }
        // The slug is read once for all paths below it, and not by each of their patterns in turn.
        let scope = keyed
            .into_iter()
            .fold(web::scope(ORGANIZATION), |scope, (_, resource)| {
                scope.service(resource)
            });
        config.service(scope);
        let assets = discovery::assets().wrap(within());
        config.service(assets.wrap(around(discovery::ASSETS)));
        let nowhere = web::to(route_not_found).wrap(within());
        config.default_service(nowhere.wrap(around(NO_ROUTE)));
    }
}

/// The part of a path that all paths of an organization begin with.
const ORGANIZATION: &str = "/api/org/v1/{slug}";

/// One resource for each path. Those without parameters come first, because they are told apart at once, where a
/// pattern has to be tried; and of two patterns that match, the first of the table is taken.
fn resources(endpoints: Vec<Endpoint>, api: &Arc<Api>) -> Vec<(String, Resource)> {
    let mut by_path: Vec<(String, Vec<Endpoint>)> = Vec::new();
    for endpoint in endpoints {
        match by_path.iter_mut().find(|(path, _)| *path == endpoint.path) {
            Some((_, others)) => others.push(endpoint),
            None => by_path.push((endpoint.path.clone(), vec![endpoint])),
        }
    }
    by_path.sort_by_key(|(path, _)| within_organization(path).unwrap_or(path).contains('{'));
    by_path
        .into_iter()
        .map(|(path, endpoints)| {
            let resource = resource(&path, endpoints, api);
            (path, resource)
        })
        .collect()
}

/// What follows the organization in a path that names one.
fn within_organization(path: &str) -> Option<&str> {
    path.strip_prefix(ORGANIZATION)
}

fn resource(path: &str, endpoints: Vec<Endpoint>, api: &Arc<Api>) -> Resource {
    let allow = allow(endpoints.iter().map(|endpoint| &endpoint.method));
    let mut resource = web::resource(patterns(path));
    for endpoint in endpoints {
        resource = resource.route(endpoint.serve(Arc::clone(api)));
    }
    resource.default_service(web::to(move |payload| {
        method_not_allowed(allow.clone(), payload)
    }))
}

/// The patterns of a path, below the organization if it is an organization's. Its own path also ends in a
/// slash; no other path has a second form.
fn patterns(path: &str) -> Vec<String> {
    match within_organization(path) {
        Some("") => vec![String::new(), "/".to_owned()],
        Some(rest) => vec![rest.to_owned()],
        None => vec![path.to_owned()],
    }
}

/// What stands in `Allow`.
fn allow<'a>(methods: impl Iterator<Item = &'a Method>) -> String {
    let mut names: Vec<_> = methods.map(Method::as_str).collect();
    if let Some(place) = names.iter().position(|name| *name == "GET") {
        names.insert(place + 1, "HEAD");
    }
    names.join(", ")
}

async fn route_not_found(payload: Payload) -> HttpResponse {
    pass_by(payload).await;
    HttpResponse::from_error(Failure::RouteNotFound)
}

pub(crate) async fn method_not_allowed(allow: String, payload: Payload) -> HttpResponse {
    pass_by(payload).await;
    HttpResponse::from_error(Failure::MethodNotAllowed { allow })
}
