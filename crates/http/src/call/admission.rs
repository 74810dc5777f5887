//! Whether a good key may do what the request asks, now and here.

use actix_web::http::Method;
use actix_web::{HttpMessage, HttpRequest};
use org_auth::rate::{Class, Standing};
use org_auth::scope::RequiredScope;
use org_auth::verifier::Verified;

use crate::api::Api;
use crate::failure::Failure;

/// As what a request was counted, and where its key stands since.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Counted {
    pub(crate) class: Class,
    pub(crate) standing: Standing,
}

/// Counts the request, and leaves for the edge what came of it.
pub(super) async fn count(
    api: &Api,
    request: &HttpRequest,
    caller: &Verified,
) -> Result<(), Failure> {
    let class = match *request.method() {
        Method::GET | Method::HEAD => Class::Read,
        _ => Class::Write,
    };
    let limits = &api.request_limits;
    let standing = limits.count(caller.key, caller.limits, class).await;
    request.extensions_mut().insert(Counted { class, standing });
    match standing.retry_after {
        Some(retry_after) => Err(Failure::RateLimited { retry_after }),
        None => Ok(()),
    }
}

/// The slug has to be that of the key's organization. Nobody is asked whether another has it.
pub(super) fn check_slug(request: &HttpRequest, caller: &Verified) -> Result<(), Failure> {
    match request.match_info().get("slug") {
        Some(slug) if *slug == *caller.org_slug => Ok(()),
        _ => Err(Failure::OrgNotFound),
    }
}

/// The scope has to be among the key's.
pub(super) fn check_scope<S: RequiredScope>(caller: &Verified) -> Result<(), Failure> {
    if caller.scopes.contains(S::SCOPE) {
        return Ok(());
    }
    Err(Failure::ScopeMissing {
        required: S::SCOPE,
        granted: caller.scopes,
    })
}
