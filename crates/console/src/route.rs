//! A page or an action, from its path to its answer.

use std::sync::Arc;

use actix_web::guard;
use actix_web::http::Method;
use actix_web::web::{self, Payload};
use actix_web::{HttpMessage, HttpRequest, HttpResponse};
use org_auth::user::Role;
use org_web::{Deadline, Interrupted, rescued};

use crate::call::Call;
use crate::console::Console;
use crate::guest::Guest;
use crate::refusal::Refusal;
use crate::refused;
use crate::reply::Answer;
use crate::visit::{Identity, RequiredRole, Visit};

/// One line of the route table.
pub(crate) struct Endpoint {
    pub(crate) method: Method,
    pub(crate) path: &'static str,
    /// The role that it needs; none where nobody has to be signed in.
    pub(crate) role: Option<Role>,
    serve: Box<dyn FnOnce(Arc<Console>) -> actix_web::Route>,
}

impl Endpoint {
    pub(crate) fn serve(self, console: Arc<Console>) -> actix_web::Route {
        let route = (self.serve)(console);
        if self.method == Method::GET {
            route.guard(guard::Any(guard::Get()).or(guard::Head()))
        } else {
            route.method(self.method)
        }
    }
}

/// A page that is looked at.
pub(crate) fn get<R, H, F>(path: &'static str, handler: H) -> Endpoint
where
    R: RequiredRole,
    H: Fn(Visit<R>) -> F + Clone + 'static,
    F: Future<Output = Answer> + 'static,
{
    visited(Method::GET, path, handler)
}

/// A form that is sent.
pub(crate) fn post<R, H, F>(path: &'static str, handler: H) -> Endpoint
where
    R: RequiredRole,
    H: Fn(Visit<R>) -> F + Clone + 'static,
    F: Future<Output = Answer> + 'static,
{
    visited(Method::POST, path, handler)
}

fn visited<R, H, F>(method: Method, path: &'static str, handler: H) -> Endpoint
where
    R: RequiredRole,
    H: Fn(Visit<R>) -> F + Clone + 'static,
    F: Future<Output = Answer> + 'static,
{
    endpoint(method, path, Some(R::ROLE), move |call| {
        let handler = handler.clone();
        async move {
            let identity = match Identity::of(&call).await {
                Ok(Some(identity)) => identity,
                Ok(None) => return refused::answer(&call, None, &Refusal::SignedOut),
                Err(refusal) => return refused::answer(&call, None, &refusal),
            };
            let user = identity.user.user_ref();
            call.request.extensions_mut().insert(user);
            let answer = rescued(async {
                let visit = Visit::begin(call.clone(), identity.clone())?;
                handler(visit).await
            });
            let mut reply = answer
                .await
                .unwrap_or_else(|refusal| refused::answer(&call, Some(&identity), &refusal));
            identity.renew(&call, &mut reply);
            reply
        }
    })
}

/// A page or a form for whoever is not signed in.
pub(crate) fn open<H, F>(method: Method, path: &'static str, handler: H) -> Endpoint
where
    H: Fn(Guest) -> F + Clone + 'static,
    F: Future<Output = Answer> + 'static,
{
    endpoint(method, path, None, move |call| {
        let handler = handler.clone();
        async move {
            let answer = rescued(async { handler(Guest::begin(call.clone())?).await });
            let answer = answer.await;
            answer.unwrap_or_else(|refusal| refused::answer(&call, None, &refusal))
        }
    })
}

fn endpoint<H, F>(method: Method, path: &'static str, role: Option<Role>, handler: H) -> Endpoint
where
    H: Fn(Call) -> F + Clone + 'static,
    F: Future<Output = HttpResponse> + 'static,
{
    let serve = move |console: Arc<Console>| {
        web::route().to(move |request: HttpRequest, payload: Payload| {
            let (console, handler) = (Arc::clone(&console), handler.clone());
            async move { in_time(console, request, payload, handler).await }
        })
    };
    Endpoint {
        method,
        path,
        role,
        serve: Box::new(serve),
    }
}

/// Answers a request in its time, its form included; what takes longer is refused.
async fn in_time<H, F>(
    console: Arc<Console>,
    request: HttpRequest,
    payload: Payload,
    handler: H,
) -> HttpResponse
where
    H: Fn(Call) -> F,
    F: Future<Output = HttpResponse>,
{
    let deadline = Deadline::begin(&request, console.bounds.request_time);
    let asked = (Arc::clone(&console), request.clone());
    let answer = async { handler(Call::read(console, request, payload).await).await };
    if let Some(answer) = deadline.within(answer).await {
        return answer;
    }
    let (console, request) = asked;
    let late = Refusal::from(Interrupted::Late);
    refused::answer(&Call::without_form(console, request), None, &late)
}
