//! The catalogue of error codes: every one that the API ever answers, with its status and meaning.

use actix_web::http::StatusCode;
use org_kernel::choices;

choices! {
    /// A published error code, in the order in which the checks are made.
    pub(crate) enum ErrorCode {
        RouteNotFound = "ROUTE_NOT_FOUND",
        MethodNotAllowed = "METHOD_NOT_ALLOWED",
        ApiKeyMissing = "API_KEY_MISSING",
        ApiKeyMalformed = "API_KEY_MALFORMED",
        ApiKeyInvalid = "API_KEY_INVALID",
        ApiKeyRevoked = "API_KEY_REVOKED",
        ApiKeyExpired = "API_KEY_EXPIRED",
        RateLimited = "RATE_LIMITED",
        OrgNotFound = "ORG_NOT_FOUND",
        ApiScopeMissing = "API_SCOPE_MISSING",
        PayloadTooLarge = "PAYLOAD_TOO_LARGE",
        UnsupportedMediaType = "UNSUPPORTED_MEDIA_TYPE",
        ValidationFailed = "VALIDATION_FAILED",
        NotFound = "NOT_FOUND",
        ResourceUnavailable = "RESOURCE_UNAVAILABLE",
        BookingConflict = "BOOKING_CONFLICT",
        IdempotencyKeyInUse = "IDEMPOTENCY_KEY_IN_USE",
        IdempotencyKeyMismatch = "IDEMPOTENCY_KEY_MISMATCH",
        Internal = "INTERNAL",
        Unavailable = "UNAVAILABLE",
    }
}

impl ErrorCode {
    /// The status with which it is answered.
    pub(crate) const fn status(self) -> StatusCode {
        match self {
            Self::ApiKeyMissing
            | Self::ApiKeyMalformed
            | Self::ApiKeyInvalid
            | Self::ApiKeyRevoked
            | Self::ApiKeyExpired => StatusCode::UNAUTHORIZED,
            Self::ApiScopeMissing => StatusCode::FORBIDDEN,
            Self::RouteNotFound | Self::OrgNotFound | Self::NotFound => StatusCode::NOT_FOUND,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::ResourceUnavailable | Self::BookingConflict | Self::IdempotencyKeyInUse => {
                StatusCode::CONFLICT
            }
            Self::PayloadTooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::UnsupportedMediaType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::ValidationFailed | Self::IdempotencyKeyMismatch => {
                StatusCode::UNPROCESSABLE_ENTITY
            }
            Self::RateLimited => StatusCode::TOO_MANY_REQUESTS,
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
            Self::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    /// What it means, as a sentence for the documentation.
    pub(crate) const fn meaning(self) -> &'static str {
        match self {
            Self::RouteNotFound => "There is no endpoint at this path.",
            Self::MethodNotAllowed => {
                "The endpoint does not have this method; `Allow` lists those that it has."
            }
            Self::ApiKeyMissing => "There is no `Authorization: Bearer` header, or nothing in it.",
            Self::ApiKeyMalformed => {
                "What was sent is not of the format of a key, its checksum included."
            }
            Self::ApiKeyInvalid => "The key is well-formed, and nobody was ever given it.",
            Self::ApiKeyRevoked => "The key was revoked.",
            Self::ApiKeyExpired => "The key's time is over.",
            Self::RateLimited => {
                "Too many requests with this key, or too many failed ones from this address; \
                 `Retry-After` tells how many seconds to wait."
            }
            Self::OrgNotFound => "The slug in the path is not that of the key's organization.",
            Self::ApiScopeMissing => "The key lacks the scope in `details.required`.",
            Self::PayloadTooLarge => {
                "The body is larger than 256 KiB, the URL longer than 8 KiB, or the header fields larger \
                 than 16 KiB or more than 64."
            }
            Self::UnsupportedMediaType => "The body is not `application/json` in UTF-8.",
            Self::ValidationFailed => {
                "Something is wrong with the request: `details.fields` names every bad field and \
                 query parameter, and `details.body` says why a body does not parse."
            }
            Self::NotFound => {
                "The organization has no object with an id that the path, the body or `after` names."
            }
            Self::ResourceUnavailable => "The resource cannot be booked at present.",
            Self::BookingConflict => "The resource is held by the bookings in `details.conflicts`.",
            Self::IdempotencyKeyInUse => {
                "The first request with this `Idempotency-Key` is still running."
            }
            Self::IdempotencyKeyMismatch => "This `Idempotency-Key` was used with another request.",
            Self::Internal => "Something went wrong on our side. Quote the `X-Request-Id`.",
            Self::Unavailable => {
                "The service cannot answer for the moment; try again after `Retry-After` seconds."
            }
        }
    }
}
