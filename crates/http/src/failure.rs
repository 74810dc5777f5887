//! How a request fails.
//!
//! Whatever goes wrong becomes one [`Failure`] on its way out, and each failure has one published
//! [`ErrorCode`]. A failure of ours carries its cause for the log; the client learns its code, and
//! quotes the request id.

mod code;
mod from;
mod response;

use std::error::Error;

use org_auth::credential::Refusal;
use org_auth::scope::{Scope, ScopeSet};
use org_kernel::field::FieldErrors;

pub(crate) use code::ErrorCode;

/// What a failure of ours comes from.
pub(crate) type Cause = Box<dyn Error + Send + Sync>;

/// Why a request is not answered as it was meant; its text is the message that the client reads.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    #[error("there is no such endpoint")]
    RouteNotFound,
    #[error("this endpoint does not have this method")]
    MethodNotAllowed { allow: String },
    #[error("{0}")]
    Refused(Refusal),
    #[error("too many requests: wait {retry_after} s")]
    RateLimited { retry_after: u32 },
    #[error("this key is for no organization of this name")]
    OrgNotFound,
    #[error("the key lacks the scope {required}")]
    ScopeMissing { required: Scope, granted: ScopeSet },
    #[error("the body is larger than 256 KiB")]
    PayloadTooLarge,
    #[error("the body must be application/json in UTF-8, without a content encoding")]
    UnsupportedMediaType,
    #[error("the request is not valid")]
    Invalid(Problems),
    #[error("there is no such object")]
    NotFound,
    #[error("something went wrong on our side")]
    Internal(#[source] Cause),
    #[error("the service is unavailable for the moment")]
    Unavailable(#[source] Cause),
}

/// What is wrong with the shape of a request.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Problems {
    /// With the body as a whole: it does not parse.
    pub(crate) body: Option<String>,
    /// With query parameters and the fields of the body.
    pub(crate) fields: FieldErrors,
}

impl Failure {
    /// A failure of ours that the client can do nothing about.
    pub(crate) fn internal(cause: impl Into<Cause>) -> Self {
        Self::Internal(cause.into())
    }

    /// A failure of ours that passes.
    pub(crate) fn unavailable(cause: impl Into<Cause>) -> Self {
        Self::Unavailable(cause.into())
    }

    /// The published code.
    pub(crate) const fn code(&self) -> ErrorCode {
        match self {
            Self::RouteNotFound => ErrorCode::RouteNotFound,
            Self::MethodNotAllowed { .. } => ErrorCode::MethodNotAllowed,
            Self::Refused(Refusal::Missing) => ErrorCode::ApiKeyMissing,
            Self::Refused(Refusal::Malformed) => ErrorCode::ApiKeyMalformed,
            Self::Refused(Refusal::Invalid) => ErrorCode::ApiKeyInvalid,
            Self::Refused(Refusal::Revoked) => ErrorCode::ApiKeyRevoked,
            Self::Refused(Refusal::Expired) => ErrorCode::ApiKeyExpired,
            Self::RateLimited { .. } => ErrorCode::RateLimited,
            Self::OrgNotFound => ErrorCode::OrgNotFound,
            Self::ScopeMissing { .. } => ErrorCode::ApiScopeMissing,
            Self::PayloadTooLarge => ErrorCode::PayloadTooLarge,
            Self::UnsupportedMediaType => ErrorCode::UnsupportedMediaType,
            Self::Invalid(_) => ErrorCode::ValidationFailed,
            Self::NotFound => ErrorCode::NotFound,
            Self::Internal(_) => ErrorCode::Internal,
            Self::Unavailable(_) => ErrorCode::Unavailable,
        }
    }
}
