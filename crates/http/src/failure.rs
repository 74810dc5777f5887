//! How a request fails.
//!
//! Whatever goes wrong becomes one [`Failure`] on its way out, and each failure has one published
//! [`ErrorCode`]. A failure of ours carries its cause for the log; the client learns its code, and
//! quotes the request id.

mod code;
mod from;
mod response;
mod unheard;

use std::error::Error;

use org_auth::credential::Refusal;
use org_auth::scope::{Scope, ScopeSet};
use org_domain::bookings::BookingConflict;
use org_domain::resources::ResourceStatus;
use org_kernel::field::FieldErrors;
use org_web::HeadTooLarge;

pub(crate) use code::ErrorCode;
pub use unheard::unheard;

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
    #[error("{0}")]
    HeadTooLarge(HeadTooLarge),
    #[error("the body must be application/json in UTF-8, without a content encoding")]
    UnsupportedMediaType,
    #[error("the request is not valid")]
    Invalid(Problems),
    #[error("there is no such object")]
    NotFound,
    #[error("the resource is {0}")]
    ResourceUnavailable(ResourceStatus),
    #[error("the resource is held by other bookings at that time")]
    BookingConflict(Box<BookingConflict>),
    #[error("the first request with this Idempotency-Key is still running")]
    IdempotencyKeyInUse,
    #[error("this Idempotency-Key was used with another request")]
    IdempotencyKeyMismatch,
    #[error("something went wrong on our side")]
    Internal(#[source] Cause),
    /// It goes on answering, and wants to be asked no more.
    #[error("the server is about to stop")]
    Closing,
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

    /// Whether the answer is kept under the request's `Idempotency-Key`: when it tells of the state
    /// that the request met, and not of the request.
    pub(crate) const fn is_kept(&self) -> bool {
        matches!(
            self,
            Self::ResourceUnavailable(_) | Self::BookingConflict(_)
        )
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
            Self::PayloadTooLarge | Self::HeadTooLarge(_) => ErrorCode::PayloadTooLarge,
            Self::UnsupportedMediaType => ErrorCode::UnsupportedMediaType,
            Self::Invalid(_) => ErrorCode::ValidationFailed,
            Self::NotFound => ErrorCode::NotFound,
            Self::ResourceUnavailable(_) => ErrorCode::ResourceUnavailable,
            Self::BookingConflict(_) => ErrorCode::BookingConflict,
            Self::IdempotencyKeyInUse => ErrorCode::IdempotencyKeyInUse,
            Self::IdempotencyKeyMismatch => ErrorCode::IdempotencyKeyMismatch,
            Self::Internal(_) => ErrorCode::Internal,
            Self::Closing | Self::Unavailable(_) => ErrorCode::Unavailable,
        }
    }
}
