//! The headers that every response bears.

use actix_web::HttpMessage;
use actix_web::dev::ServiceResponse;
use actix_web::http::header::{CACHE_CONTROL, HeaderValue, X_CONTENT_TYPE_OPTIONS};
use org_web::{Arrival, TRACEPARENT, X_REQUEST_ID};

use super::limits;
use crate::call::Counted;

/// Adds what is the same for all, and where the key stands, if the request came as far as having
/// its key counted.
pub(super) fn complete<B>(response: &mut ServiceResponse<B>, arrival: &Arrival) {
    let counted = response.request().extensions().get::<Counted>().copied();
    let headers = response.headers_mut();
    headers.insert(X_REQUEST_ID, arrival.id().to_header());
    headers.insert(TRACEPARENT, arrival.trace().to_header());
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    if let Some(counted) = counted {
        limits::tell(headers, &counted);
    }
}
