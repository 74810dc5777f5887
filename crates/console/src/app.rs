//! The router: the table's pages, and a page that says so for whatever is none of them.

use std::sync::Arc;

use actix_web::body::BoxBody;
use actix_web::http::Method;
use actix_web::http::header::LOCATION;
use actix_web::middleware::{Next, from_fn};
use actix_web::web::{self, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse, Resource};

use crate::assets;
use crate::call::Call;
use crate::console::Console;
use crate::edge::edge;
use crate::refusal::Refusal;
use crate::refused;
use crate::route::Endpoint;
use crate::routes;
use crate::visit::Identity;

/// Mounts the console on an application, at `/settings`.
pub fn configure(console: Arc<Console>) -> impl FnOnce(&mut ServiceConfig) {
    move |config| {
        let around = {
            let console = Arc::clone(&console);
            from_fn(move |request, next: Next<BoxBody>| edge(Arc::clone(&console), request, next))
        };
        let mut scope = web::scope("/settings");
        for resource in resources(&console) {
            scope = scope.service(resource);
        }
        let elsewhere = Arc::clone(&console);
        let scope = scope
            .service(assets::resource())
            .default_service(web::to(move |request| {
                unknown(Arc::clone(&elsewhere), request, Refusal::NotFound)
            }));
        config.service(scope.wrap(around));
    }
}

/// One resource for each path, in the order of the table: of two that match, the first is taken.
fn resources(console: &Arc<Console>) -> Vec<Resource> {
    let mut by_path: Vec<(&str, Vec<Endpoint>)> = Vec::new();
    for endpoint in routes::endpoints() {
        match by_path.iter_mut().find(|(path, _)| *path == endpoint.path) {
            Some((_, others)) => others.push(endpoint),
            None => by_path.push((endpoint.path, vec![endpoint])),
        }
    }
    let resource = |(path, endpoints)| resource(path, endpoints, console);
    by_path.into_iter().map(resource).collect()
}

fn resource(path: &str, endpoints: Vec<Endpoint>, console: &Arc<Console>) -> Resource {
    let names = endpoints.iter().map(|endpoint| match endpoint.method {
        Method::GET => "GET, HEAD",
        _ => endpoint.method.as_str(),
    });
    let allow = names.collect::<Vec<_>>().join(", ");
    let within = path.strip_prefix("/settings").unwrap_or(path);
    let mut resource = web::resource(within);
    for endpoint in endpoints {
        resource = resource.route(endpoint.serve(Arc::clone(console)));
    }
    let console = Arc::clone(console);
    resource.default_service(web::to(move |request| {
        let allow = allow.clone();
        unknown(
            Arc::clone(&console),
            request,
            Refusal::MethodNotAllowed { allow },
        )
    }))
}

/// Whoever is signed in keeps the way to the other pages.
async fn unknown(console: Arc<Console>, request: HttpRequest, refusal: Refusal) -> HttpResponse {
    if let Some(page) = without_slash(&request) {
        return HttpResponse::PermanentRedirect()
            .insert_header((LOCATION, page))
            .finish();
    }
    let call = Call::without_form(console, request);
    match Identity::of(&call).await {
        Ok(identity) => refused::answer(&call, identity.as_ref(), &refusal),
        Err(failure) => refused::answer(&call, None, &failure),
    }
}

/// What somebody may have meant who put a slash at the end of an address.
fn without_slash(request: &HttpRequest) -> Option<String> {
    let path = request.path().strip_suffix('/')?;
    let meant = !path.ends_with('/') && path.starts_with("/settings");
    let query = match request.query_string() {
        "" => String::new(),
        query => format!("?{query}"),
    };
    meant.then(|| format!("{path}{query}"))
}
