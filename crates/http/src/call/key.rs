//! The key of a request.

use std::sync::Arc;

use actix_web::http::header::{AUTHORIZATION, HeaderValue};
use actix_web::{HttpMessage, HttpRequest};
use org_auth::credential;
use org_auth::verifier::{Verified, VerifyError};

use crate::api::Api;
use crate::edge::{Arrival, Caller};
use crate::failure::Failure;

/// Tells whose key it is, or why it is refused.
///
/// Whoever fails too often is told to wait instead of why; a good key is let in from any address.
pub(super) async fn verify(api: &Arc<Api>, request: &HttpRequest) -> Result<Verified, Failure> {
    let verified = look_up(api, request)
        .await
        .map_err(|failure| judge(api, request, failure))?;
    api.last_used.note(verified.key, api.clock.now());
    request.extensions_mut().insert(Caller {
        org: verified.org,
        key: verified.key,
    });
    Ok(verified)
}

async fn look_up(api: &Arc<Api>, request: &HttpRequest) -> Result<Verified, Failure> {
    let headers = request.headers().get_all(AUTHORIZATION);
    let key = credential::bearer(headers.map(HeaderValue::as_bytes))?;
    if let Some(verdict) = api.verifier.recall(&key) {
        return Ok(verdict?);
    }
    let verifier = Arc::clone(&api.verifier);
    api.key_lookups
        .run::<_, VerifyError>(move || verifier.verify(&key))
        .await
}

/// Counts a failed attempt against the address that it came from.
fn judge(api: &Api, request: &HttpRequest, failure: Failure) -> Failure {
    let Failure::Refused(refusal) = failure else {
        return failure;
    };
    if !refusal.is_failed_attempt() {
        return failure;
    }
    let standing = api.failed_attempts.count(Arrival::at(request).address());
    match standing.retry_after {
        Some(retry_after) => Failure::RateLimited { retry_after },
        None => failure,
    }
}
