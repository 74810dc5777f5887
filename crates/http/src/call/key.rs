//! The key of a request.

use std::sync::Arc;

use actix_web::http::header::{AUTHORIZATION, HeaderValue};
use actix_web::{HttpMessage, HttpRequest};
use org_auth::credential::{self, Refusal};
use org_auth::verifier::{Holder, Verdict, Verified};

use crate::api::Api;
use crate::failure::Failure;
use org_web::Arrival;

/// Tells whose key it is, or why it is refused; whose it is, is left for the edge in both cases.
///
/// Whoever fails too often is told to wait instead of why; a good key is let in from any address.
pub(super) async fn verify(api: &Arc<Api>, request: &HttpRequest) -> Result<Verified, Failure> {
    let verdict = look_up(api, request).await?;
    let holder = verdict
        .as_ref()
        .map_or_else(|refused| refused.holder, |key| Some(key.holder()));
    if let Some(holder) = holder {
        request.extensions_mut().insert::<Holder>(holder);
    }
    let verified = match verdict {
        Ok(verified) => verified,
        Err(refused) => return Err(judge(api, request, refused.refusal).await),
    };
    api.last_used.note(verified.key, api.clock.now());
    Ok(verified)
}

async fn look_up(api: &Arc<Api>, request: &HttpRequest) -> Result<Verdict, Failure> {
    let headers = request.headers().get_all(AUTHORIZATION);
    let key = match credential::bearer(headers.map(HeaderValue::as_bytes)) {
        Ok(key) => key,
        Err(refusal) => return Ok(Err(refusal.into())),
    };
    if let Some(verdict) = api.verifier.recall(&key) {
        return Ok(verdict);
    }
    let verifier = Arc::clone(&api.verifier);
    api.key_lookups.run(move || verifier.verify(&key)).await
}

/// Counts a failed attempt against the address that it came from.
async fn judge(api: &Api, request: &HttpRequest, refusal: Refusal) -> Failure {
    if !refusal.is_failed_attempt() {
        return refusal.into();
    }
    let address = Arrival::at(request).address();
    let standing = api.failed_attempts.count(address).await;
    match standing.retry_after {
        Some(retry_after) => Failure::RateLimited { retry_after },
        None => refusal.into(),
    }
}
