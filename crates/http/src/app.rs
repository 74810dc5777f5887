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
use crate::route::{BASE, Endpoint};
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
        for (path, resource) in resources(routes::endpoints(), &api) {
            config.service(resource.wrap(within()).wrap(around(&path)));
        }
        let assets = discovery::assets().wrap(within());
        config.service(assets.wrap(around(discovery::ASSETS)));
        let nowhere = web::to(route_not_found).wrap(within());
        config.default_service(nowhere.wrap(around(NO_ROUTE)));
    }
}

/// One resource for each path, in the order of the table: of two that match, the first is taken.
fn resources(endpoints: Vec<Endpoint>, api: &Arc<Api>) -> Vec<(String, Resource)> {
    let mut by_path: Vec<(String, Vec<Endpoint>)> = Vec::new();
    for endpoint in endpoints {
        match by_path.iter_mut().find(|(path, _)| *path == endpoint.path) {
            Some((_, others)) => others.push(endpoint),
            None => by_path.push((endpoint.path.clone(), vec![endpoint])),
        }
    }
    by_path
        .into_iter()
        .map(|(path, endpoints)| {
            let resource = resource(&path, endpoints, api);
            (path, resource)
        })
        .collect()
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

/// An organization's own path also ends in a slash; no other path has a second form.
fn patterns(path: &str) -> Vec<String> {
    let mut patterns = vec![path.to_owned()];
    if path.strip_prefix(BASE) == Some("/{slug}") {
        patterns.push(format!("{path}/"));
    }
    patterns
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
