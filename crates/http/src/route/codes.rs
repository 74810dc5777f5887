//! With which codes an endpoint can fail.

use crate::failure::ErrorCode;

const KEYED: &[ErrorCode] = &[
    ErrorCode::ApiKeyMissing,
    ErrorCode::ApiKeyMalformed,
    ErrorCode::ApiKeyInvalid,
    ErrorCode::ApiKeyRevoked,
    ErrorCode::ApiKeyExpired,
    ErrorCode::RateLimited,
    ErrorCode::OrgNotFound,
    ErrorCode::ApiScopeMissing,
];

const SHAPE: &[ErrorCode] = &[
    ErrorCode::PayloadTooLarge,
    ErrorCode::UnsupportedMediaType,
    ErrorCode::ValidationFailed,
];

const NAMED: &[ErrorCode] = &[
    ErrorCode::IdempotencyKeyInUse,
    ErrorCode::IdempotencyKeyMismatch,
];

/// Of everything that needs the store, or room among the others that are answered.
const STORE: &[ErrorCode] = &[ErrorCode::Internal, ErrorCode::Unavailable];

/// The codes of an endpoint that needs a key; one whose path names an object may not find it.
pub(super) fn keyed(path: &str) -> Vec<ErrorCode> {
    let not_found: &[_] = if path.contains('{') {
        &[ErrorCode::NotFound]
    } else {
        &[]
    };
    [KEYED, SHAPE, not_found, STORE].concat()
}

/// The codes of an endpoint that writes.
pub(super) fn writing(path: &str) -> Vec<ErrorCode> {
    [&keyed(path), NAMED].concat()
}

/// The codes of an endpoint that needs no key, and no store either.
pub(super) fn open() -> Vec<ErrorCode> {
    [SHAPE, STORE].concat()
}
