//! Answers and failures as the document shows them.

use actix_web::http::StatusCode;
use org_auth::credential::Refusal;
use org_auth::scope::{Scope, ScopeSet};
use org_domain::Record;
use org_domain::bookings::{Booking, BookingConflict};
use org_domain::resources::ResourceStatus;
use org_domain::span::TimeSpan;
use org_kernel::field::FieldErrors;
use org_kernel::id::Id;
use org_kernel::text::Line;
use utoipa::openapi::content::{Content, ContentBuilder};
use utoipa::openapi::example::ExampleBuilder;
use utoipa::openapi::response::{Response, ResponseBuilder};
use utoipa::openapi::{Ref, RefOr};

use super::failed::ERROR;
use super::headers;
use crate::failure::{ErrorCode, Failure};
use crate::route::Endpoint;
use crate::wire::example_uuid;

/// The answer of a request that succeeds.
pub(super) fn success(endpoint: &Endpoint, keyed: bool) -> Response {
    let shown = &endpoint.shown;
    let content = ContentBuilder::new()
        .schema(Some(shown.schema.clone()))
        .example(shown.example.clone());
    let response = ResponseBuilder::new()
        .description("The answer.")
        .content(shown.content_type, content.build());
    let mut names = headers::of(endpoint.status, keyed);
    if endpoint.writes() {
        names.push(headers::REPLAYED);
    }
    with_headers(response, names)
}

/// The answers of one status.
pub(super) fn failure(status: StatusCode, codes: &[ErrorCode]) -> Response {
    let meanings: Vec<_> = codes
        .iter()
        .map(|code| format!("`{code}`: {}", code.meaning()))
        .collect();
    let response = ResponseBuilder::new()
        .description(meanings.join("\n\n"))
        .content("application/json", errors(codes));
    with_headers(response, headers::of(status, true))
}

fn errors(codes: &[ErrorCode]) -> Content {
    let examples = codes.iter().map(|code| {
        let example = ExampleBuilder::new()
            .summary(code.meaning())
            .value(Some(sample(*code).to_json()));
        (code.as_str(), RefOr::T(example.build()))
    });
    ContentBuilder::new()
        .schema(Some(Ref::from_schema_name(ERROR)))
        .examples_from_iter(examples)
        .build()
}

fn with_headers(mut response: ResponseBuilder, names: Vec<&str>) -> Response {
    for name in names {
        response = response.header_ref(name, Ref::new(format!("#/components/headers/{name}")));
    }
    response.build()
}

/// A failure with this code.
fn sample(code: ErrorCode) -> Failure {
    match code {
        ErrorCode::RouteNotFound => Failure::RouteNotFound,
        ErrorCode::MethodNotAllowed => Failure::MethodNotAllowed {
            allow: "GET, HEAD".to_owned(),
        },
        ErrorCode::ApiKeyMissing => Refusal::Missing.into(),
        ErrorCode::ApiKeyMalformed => Refusal::Malformed.into(),
        ErrorCode::ApiKeyInvalid => Refusal::Invalid.into(),
        ErrorCode::ApiKeyRevoked => Refusal::Revoked.into(),
        ErrorCode::ApiKeyExpired => Refusal::Expired.into(),
        ErrorCode::RateLimited => Failure::RateLimited { retry_after: 17 },
        ErrorCode::OrgNotFound => Failure::OrgNotFound,
        ErrorCode::ApiScopeMissing => Failure::ScopeMissing {
            required: Scope::ReadOperations,
            granted: ScopeSet::from_iter([Scope::ReadResources]),
        },
        ErrorCode::PayloadTooLarge => Failure::PayloadTooLarge,
        ErrorCode::UnsupportedMediaType => Failure::UnsupportedMediaType,
        ErrorCode::ValidationFailed => {
            FieldErrors::of("limit", "must be a whole number from 1 to 100").into()
        }
        ErrorCode::NotFound => Failure::NotFound,
        ErrorCode::Internal => Failure::internal("an example"),
        ErrorCode::Unavailable => Failure::unavailable("an example"),
        ErrorCode::ResourceUnavailable => {
            Failure::ResourceUnavailable(ResourceStatus::OutOfService)
        }
        ErrorCode::BookingConflict => Failure::BookingConflict(Box::new(conflict())),
        ErrorCode::IdempotencyKeyInUse => Failure::IdempotencyKeyInUse,
        ErrorCode::IdempotencyKeyMismatch => Failure::IdempotencyKeyMismatch,
    }
}

/// A rehearsal that is in the way.
fn conflict() -> BookingConflict {
    let span = |start: &str, end: &str| {
        let instant = |text: &str| text.parse().expect("an instant");
        TimeSpan::new(instant(start), instant(end)).expect("a span")
    };
    let rehearsal = Booking {
        resource_id: Id::new(example_uuid()),
        title: Line::stored("Rehearsal".to_owned()),
        span: span("2026-03-12T09:00:00Z", "2026-03-12T12:00:00Z"),
        held: span("2026-03-12T08:00:00Z", "2026-03-12T12:30:00Z"),
        notes: None,
        cancelled_at: None,
    };
    let made = "2026-02-20T14:05:09.125Z".parse().expect("an instant");
    BookingConflict {
        conflicts: vec![Record {
            id: Id::new(example_uuid()),
            facts: rehearsal,
            created_at: made,
            updated_at: made,
        }],
        next_available: Some(span("2026-03-12T13:30:00Z", "2026-03-12T16:00:00Z")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sample_has_the_code_that_it_is_a_sample_of() {
        for code in ErrorCode::ALL {
            let failure = sample(*code);
            assert_eq!(failure.code(), *code);
            assert_eq!(failure.to_json()["error"]["code"], code.as_str());
        }
    }
}
