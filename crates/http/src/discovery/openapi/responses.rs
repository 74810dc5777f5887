//! Answers and failures as the document shows them.

use actix_web::http::StatusCode;
use org_auth::credential::Refusal;
use org_auth::scope::{Scope, ScopeSet};
use org_kernel::field::FieldErrors;
use utoipa::openapi::content::{Content, ContentBuilder};
use utoipa::openapi::example::ExampleBuilder;
use utoipa::openapi::response::{Response, ResponseBuilder};
use utoipa::openapi::{Ref, RefOr};

use super::failed::ERROR;
use super::headers;
use crate::answer::Shown;
use crate::failure::{ErrorCode, Failure};

/// The answer of a request that succeeds.
pub(super) fn success(shown: &Shown, keyed: bool) -> Response {
    let content = ContentBuilder::new()
        .schema(Some(shown.schema.clone()))
        .example(shown.example.clone());
    let response = ResponseBuilder::new()
        .description("The answer.")
        .content(shown.content_type, content.build());
    with_headers(response, StatusCode::OK, keyed)
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
    with_headers(response, status, true)
}

fn errors(codes: &[ErrorCode]) -> Content {
    let examples = codes.iter().filter_map(|code| {
        let example = ExampleBuilder::new()
            .summary(code.meaning())
            .value(Some(sample(*code)?.to_json()));
        Some((code.as_str(), RefOr::T(example.build())))
    });
    ContentBuilder::new()
        .schema(Some(Ref::from_schema_name(ERROR)))
        .examples_from_iter(examples)
        .build()
}

fn with_headers(mut response: ResponseBuilder, status: StatusCode, keyed: bool) -> Response {
    for name in headers::of(status, keyed) {
        response = response.header_ref(name, Ref::new(format!("#/components/headers/{name}")));
    }
    response.build()
}

/// A failure with this code; none for a code that only writes answer, of which there are none yet.
fn sample(code: ErrorCode) -> Option<Failure> {
    Some(match code {
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
        ErrorCode::ResourceUnavailable
        | ErrorCode::BookingConflict
        | ErrorCode::IdempotencyKeyInUse
        | ErrorCode::IdempotencyKeyMismatch => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sample_has_the_code_that_it_is_a_sample_of() {
        for code in ErrorCode::ALL {
            if let Some(failure) = sample(*code) {
                assert_eq!(failure.code(), *code);
                assert_eq!(failure.to_json()["error"]["code"], code.as_str());
            }
        }
    }
}
