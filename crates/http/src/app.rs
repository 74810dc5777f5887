//! The router: the table's endpoints, and an answer in the envelope for whatever is none of them.

use std::sync::Arc;

use actix_web::body::BoxBody;
use actix_web::dev::HttpServiceFactory;
use actix_web::http::Method;
use actix_web::middleware::{Next, from_fn};
use actix_web::web::{self, Payload, ServiceConfig};
use actix_web::{HttpResponse, Resource, Scope};

use crate::api::Api;
use crate::call::pass_by;
use crate::discovery;
use crate::edge::edge;
use crate::failure::Failure;
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
        let served = |above: &str, path: Path| {
            let whole = path.whole.clone();
            resource(above, path, &api).wrap(around(&whole))
        };
        let (keyed, open): (Vec<_>, Vec<_>) = paths(routes::endpoints())
            .into_iter()
            .partition(|path| path.whole.starts_with(ORGANIZATION));
        for path in open {
            config.service(served("", path));
        }
        config.service(organization(keyed, served));
        config.service(discovery::assets().wrap(around(discovery::ASSETS)));
        config.default_service(web::to(route_not_found).wrap(around(NO_ROUTE)));
    }
}

/// The part of a path that all paths of an organization begin with.
const ORGANIZATION: &str = "/api/org/v1/{slug}";

/// A path, and what it answers.
struct Path {
    whole: String,
    endpoints: Vec<Endpoint>,
}

/// Every path once. Those without parameters come first, because they are told apart at once, where a
/// pattern has to be tried; and of two patterns that match, the first of the table is taken.
fn paths(endpoints: Vec<Endpoint>) -> Vec<Path> {
    let mut paths: Vec<Path> = Vec::new();
    for endpoint in endpoints {
        match paths.iter_mut().find(|path| path.whole == endpoint.path) {
            Some(path) => path.endpoints.push(endpoint),
            None => paths.push(Path {
                whole: endpoint.path.clone(),
                endpoints: vec![endpoint],
            }),
        }
    }
    paths.sort_by_key(|path| within_organization(&path.whole).contains('{'));
    paths
}

/// An organization's paths, those of each collection in a scope of their own: the slug is read once, and then
/// only the patterns of one collection are tried, each of which costs as much as all names of collections.
fn organization<R: HttpServiceFactory + 'static>(
    paths: Vec<Path>,
    served: impl Fn(&str, Path) -> R,
) -> Scope {
    let mut collections: Vec<(String, Vec<Path>)> = Vec::new();
    for path in paths {
        let name = collection(&path.whole);
        match collections.iter_mut().find(|(known, _)| known == name) {
            Some((_, paths)) => paths.push(path),
            None => collections.push((name.to_owned(), vec![path])),
        }
    }
    let mut organization = web::scope(ORGANIZATION);
    for (name, paths) in collections {
        let above = format!("{ORGANIZATION}{name}");
        let resources = paths.into_iter().map(|path| served(&above, path));
        organization = if name.is_empty() {
            resources.fold(organization, Scope::service)
        } else {
            organization.service(resources.fold(web::scope(&name), Scope::service))
        };
    }
    organization
}

/// The part of a path that follows the organization, or all of it.
fn within_organization(path: &str) -> &str {
    path.strip_prefix(ORGANIZATION).unwrap_or(path)
}

/// The first segment that follows the organization, with its slash; nothing in the organization's own path.
fn collection(path: &str) -> &str {
    let within = within_organization(path);
    let end = within.match_indices('/').nth(1);
    &within[..end.map_or(within.len(), |(end, _)| end)]
}

/// What answers a path; `above` is the part of it that was read already.
fn resource(above: &str, path: Path, api: &Arc<Api>) -> Resource {
    let allow = allow(path.endpoints.iter().map(|endpoint| &endpoint.method));
    let pattern = path.whole.strip_prefix(above).unwrap_or(&path.whole);
    // An organization's own path also ends in a slash; no other path has a second form.
    let mut resource = if path.whole == ORGANIZATION {
        web::resource(vec![pattern.to_owned(), "/".to_owned()])
    } else {
        web::resource(pattern)
    };
    for endpoint in path.endpoints {
        resource = resource.route(endpoint.serve(Arc::clone(api)));
    }
    resource.default_service(web::to(move |payload| {
        method_not_allowed(allow.clone(), payload)
    }))
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
