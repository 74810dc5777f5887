//! The header `Idempotency-Key`, and what tells one request from another.

use actix_web::HttpRequest;
use actix_web::http::header::HeaderValue;
use org_kernel::field::{FieldErrors, FromText, Invalid};
use org_kernel::idempotency::{Fingerprint, IdempotencyKey};
use ring::digest::{Context, SHA256};

/// The header's name, as it is documented.
pub(crate) const IDEMPOTENCY_KEY: &str = "Idempotency-Key";

/// A client's name for a write, and the write that it names.
#[derive(Clone, Debug)]
pub(super) struct Named {
    pub(super) key: IdempotencyKey,
    pub(super) request: Fingerprint,
}

/// The key of a request, if it bears one; or what is wrong with it.
pub(super) fn key(request: &HttpRequest) -> Result<Option<IdempotencyKey>, FieldErrors> {
    let mut sent = request.headers().get_all(IDEMPOTENCY_KEY);
    let key = match (sent.next(), sent.next()) {
        (None, _) => return Ok(None),
        (Some(value), None) => parse(value),
        (Some(_), Some(_)) => Err(Invalid::new("must not be sent twice")),
    };
    key.map(Some)
        .map_err(|invalid| FieldErrors::of(IDEMPOTENCY_KEY, invalid))
}

fn parse(value: &HeaderValue) -> Result<IdempotencyKey, Invalid> {
    let text = String::from_utf8_lossy(value.as_bytes());
    IdempotencyKey::from_text(&text)
}

/// Of method, path and body. Each part is preceded by its length, so that no two requests read alike.
pub(super) fn fingerprint(request: &HttpRequest, body: &[u8]) -> Fingerprint {
    let mut hash = Context::new(&SHA256);
    let path = request.uri().path();
    for part in [request.method().as_str().as_bytes(), path.as_bytes(), body] {
        hash.update(&(part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    let mut bytes = [0; 32];
    bytes.copy_from_slice(hash.finish().as_ref());
    Fingerprint(bytes)
}
