//! The headers of answers.

use std::collections::BTreeMap;

use actix_web::http::StatusCode;
use utoipa::openapi::RefOr;
use utoipa::openapi::header::{Header, HeaderBuilder};
use utoipa::openapi::schema::{ObjectBuilder, SchemaType, Type};

const REQUEST_ID: &str = "X-Request-Id";
const TRACEPARENT: &str = "traceparent";
const LIMIT: &str = "X-RateLimit-Limit";
const REMAINING: &str = "X-RateLimit-Remaining";
const RESET: &str = "X-RateLimit-Reset";
const POLICY: &str = "RateLimit-Policy";
const LEFT: &str = "RateLimit";
const RETRY_AFTER: &str = "Retry-After";
const LOCATION: &str = "Location";
const AUTHENTICATE: &str = "WWW-Authenticate";

pub(super) const REPLAYED: &str = "Idempotency-Replayed";

/// The names of the headers that answers of this status bear.
pub(super) fn of(status: StatusCode, keyed: bool) -> Vec<&'static str> {
    let mut names = vec![REQUEST_ID, TRACEPARENT];
    if keyed && status != StatusCode::UNAUTHORIZED {
        names.extend([LIMIT, REMAINING, RESET, POLICY, LEFT]);
    }
    match status {
        StatusCode::CREATED => names.push(LOCATION),
        StatusCode::UNAUTHORIZED => names.push(AUTHENTICATE),
        StatusCode::CONFLICT => names.extend([RETRY_AFTER, REPLAYED]),
        StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE => names.push(RETRY_AFTER),
        _ => {}
    }
    names
}

pub(super) fn all() -> BTreeMap<String, RefOr<Header>> {
    let header = |name: &str, form: Type, description: &str| {
        let schema = ObjectBuilder::new().schema_type(SchemaType::Type(form));
        let header = HeaderBuilder::new()
            .schema(Some(schema))
            .description(Some(description));
        (name.to_owned(), header.build().into())
    };
    BTreeMap::from([
        header(
            REQUEST_ID,
            Type::String,
            "The request's own id, if it sent one of 1 to 128 letters, digits, dots, underscores and hyphens; else a new one.",
        ),
        header(
            TRACEPARENT,
            Type::String,
            "The request's span, as W3C Trace Context writes it: in the trace that the request's own \
             `traceparent` names, else in a new one.",
        ),
        header(
            LIMIT,
            Type::Integer,
            "How many requests of this sort (reads or writes) the key has in a minute. On every answer to a valid key.",
        ),
        header(
            REMAINING,
            Type::Integer,
            "How many of them are left. On every answer to a valid key.",
        ),
        header(
            RESET,
            Type::Integer,
            "When they are all there again, in seconds since 1970. On every answer to a valid key.",
        ),
        header(
            POLICY,
            Type::String,
            "The limit as a structured field: which requests (`read` or `write`), how many (`q`), \
             in how many seconds (`w`), as in `\"read\";q=1000;w=60`. On every answer to a valid key.",
        ),
        header(
            LEFT,
            Type::String,
            "What is left of it, as a structured field: how many requests (`r`), and after how many \
             seconds they are all there again (`t`), as in `\"read\";r=999;t=42`. On every answer to a \
             valid key.",
        ),
        header(
            RETRY_AFTER,
            Type::Integer,
            "After how many seconds to try again, where that helps.",
        ),
        header(LOCATION, Type::String, "The path of what was made."),
        header(
            REPLAYED,
            Type::String,
            "`true` on an answer that was given before to the same request, under its \
             `Idempotency-Key`; else absent.",
        ),
        header(AUTHENTICATE, Type::String, "`Bearer`."),
    ])
}
