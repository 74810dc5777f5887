//! One endpoint: its method, path and handler, and what can be told of it.
//!
//! Everything that is known of an endpoint follows from its line in the table and from the types in
//! its handler's signature; the router, the documents and the coverage tests all read it here.

mod codes;

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use actix_web::http::{Method, StatusCode};
use actix_web::web::{self, Payload};
use actix_web::{HttpRequest, HttpResponse, guard};
use org_auth::scope::{RequiredScope, Scope};

use crate::answer::{Reply, Shown};
use crate::api::Api;
use crate::call::{self, Call, Names, Write};
use crate::failure::{ErrorCode, Failure};
use crate::input::{Arguments, Input, Parameter, ShownBody};
use crate::schemas::Schemas;
use org_web::{Deadline, rescued};

/// Where everything that needs a key begins.
pub(crate) const BASE: &str = "/api/org/v1";

/// One endpoint.
pub(crate) struct Endpoint {
    pub(crate) method: Method,
    pub(crate) path: String,
    pub(crate) scope: Option<Scope>,
    pub(crate) about: About,
    pub(crate) parameters: Vec<Parameter>,
    pub(crate) body: Option<ShownBody>,
    /// The status of its answer.
    pub(crate) status: StatusCode,
    pub(crate) shown: Shown,
    pub(crate) schemas: Schemas,
    /// With which codes it can fail, once it is known that it exists.
    pub(crate) codes: Vec<ErrorCode>,
    serve: Box<dyn FnOnce(Arc<Api>) -> actix_web::Route>,
}

/// What people are told of an endpoint.
#[derive(Clone, Copy, Debug)]
pub(crate) struct About {
    /// The operation's name for programs.
    pub(crate) id: &'static str,
    pub(crate) tag: &'static str,
    pub(crate) summary: &'static str,
    pub(crate) description: &'static str,
}

impl Endpoint {
    /// The same endpoint, which can also fail with `code`.
    pub(crate) fn or_fails_with(mut self, code: ErrorCode) -> Self {
        self.codes.push(code);
        self
    }

    /// Whether it writes.
    pub(crate) fn writes(&self) -> bool {
        self.method != Method::GET
    }

    /// What the router calls; it answers this endpoint's method, and `HEAD` like `GET`.
    pub(crate) fn serve(self, api: Arc<Api>) -> actix_web::Route {
        let route = (self.serve)(api);
        if self.method == Method::GET {
            route.guard(guard::Any(guard::Get()).or(guard::Head()))
        } else {
            route.method(self.method)
        }
    }
}

/// A `GET` below an organization's path, for keys with the scope `S`.
pub(crate) fn get<S, I, R, H, F>(path: &str, handler: H, about: &About) -> Endpoint
where
    S: RequiredScope,
    I: Input,
    R: Reply,
    H: Fn(Call<S, I>) -> F + Copy + 'static,
    F: Future<Output = Result<R, Failure>> + 'static,
{
    let codes = codes::keyed(path);
    keyed::<S, I, R, _, _>(
        Method::GET,
        path,
        codes,
        about,
        move |api, request, payload| {
            let call = Call::receive(api, request, payload);
            async move { handler(call.await?).await }
        },
    )
}

/// A write below an organization's path, for keys with the scope `S`.
pub(crate) fn write<S, I, R, H, F>(
    method: Method,
    path: &str,
    handler: H,
    about: &About,
) -> Endpoint
where
    S: RequiredScope,
    I: Names,
    R: Reply,
    H: Fn(Write<S, I>) -> F + Copy + 'static,
    F: Future<Output = Result<R, Failure>> + 'static,
{
    let receive = Write::receive;
    keyed::<S, I, R, _, _>(
        method,
        path,
        codes::writing(path),
        about,
        move |api, request, payload| {
            let call = receive(api, request, payload);
            async move { handler(call.await?).await }
        },
    )
}

/// An endpoint below an organization's path.
fn keyed<S, I, R, H, F>(
    method: Method,
    path: &str,
    codes: Vec<ErrorCode>,
    about: &About,
    handler: H,
) -> Endpoint
where
    S: RequiredScope,
    I: Input,
    R: Reply,
    H: Fn(Arc<Api>, HttpRequest, Payload) -> F + Copy + 'static,
    F: Future<Output = Result<R, Failure>> + 'static,
{
    let described = Arguments::described::<I>();
    let mut schemas = described.schemas;
    Endpoint {
        method,
        path: format!("{BASE}/{{slug}}{path}"),
        scope: Some(S::SCOPE),
        about: *about,
        parameters: described.parameters,
        body: described.body,
        status: R::STATUS,
        shown: R::shown(&mut schemas),
        schemas,
        codes,
        serve: Box::new(move |api| {
            let time = api.bounds.request_time;
            serving(time, move |request, payload| {
                handler(Arc::clone(&api), request, payload)
            })
        }),
    }
}

/// A `GET` that needs no key and is asked nothing.
pub(crate) fn open<R, H, F>(path: &str, handler: H, about: &About) -> Endpoint
where
    R: Reply,
    H: Fn(Arc<Api>) -> F + Copy + 'static,
    F: Future<Output = Result<R, Failure>> + 'static,
{
    let mut schemas = Schemas::default();
    Endpoint {
        method: Method::GET,
        path: path.to_owned(),
        scope: None,
        about: *about,
        parameters: Vec::new(),
        body: None,
        status: R::STATUS,
        shown: R::shown(&mut schemas),
        schemas,
        codes: codes::open(),
        serve: Box::new(move |api| {
            let time = api.bounds.request_time;
            serving(time, move |request, payload| {
                let api = Arc::clone(&api);
                async move {
                    let () = call::shape(&request, payload).await?;
                    handler(api).await
                }
            })
        }),
    }
}

/// A route of the framework that answers what `handler` does, also if that panics or takes longer than
/// `time`.
fn serving<R, H, F>(time: Duration, handler: H) -> actix_web::Route
where
    R: Reply,
    H: Fn(HttpRequest, Payload) -> F + Clone + 'static,
    F: Future<Output = Result<R, Failure>> + 'static,
{
    web::route().to(move |request: HttpRequest, payload: Payload| {
        let deadline = Deadline::begin(&request, time);
        // It is some kilobytes large, and is moved into each of the futures around it.
        let reply = Box::pin(handler(request, payload));
        async move {
            let response = rescued(async { reply.await?.into_response() });
            let response = deadline.hold(response).await;
            response.unwrap_or_else(HttpResponse::from_error)
        }
    })
}
