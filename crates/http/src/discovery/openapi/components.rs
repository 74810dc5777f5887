//! What the document's operations share: forms, failures, headers, and how keys are sent.

use std::borrow::Cow;
use std::collections::BTreeMap;

use actix_web::http::StatusCode;
use utoipa::openapi::header::{Header, HeaderBuilder};
use utoipa::openapi::response::Response;
use utoipa::openapi::schema::{Components, ObjectBuilder, SchemaType, Type};
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{Ref, RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use super::responses;
use crate::discovery::key_pattern;
use crate::failure::ErrorCode;
use crate::schemas::Schemas;

/// The security scheme's name.
pub(super) const KEY: &str = "key";

/// The name of the form of every failure.
pub(super) const ERROR: &str = "Error";

const REQUEST_ID: &str = "X-Request-Id";
const LIMIT: &str = "X-RateLimit-Limit";
const REMAINING: &str = "X-RateLimit-Remaining";
const RESET: &str = "X-RateLimit-Reset";
const RETRY_AFTER: &str = "Retry-After";
const AUTHENTICATE: &str = "WWW-Authenticate";

/// What the operations described so far share.
#[derive(Default)]
pub(super) struct Parts {
    pub(super) schemas: Schemas,
    responses: BTreeMap<String, Response>,
}

impl Parts {
    /// The name of the response with these codes, which is from now on among the parts.
    pub(super) fn response(&mut self, status: StatusCode, codes: &[ErrorCode]) -> String {
        let name = response_name(status, codes);
        self.responses
            .entry(name.clone())
            .or_insert_with(|| responses::failure(status, codes));
        name
    }

    pub(super) fn build(mut self) -> Components {
        self.schemas.refer::<Failed>();
        let mut components = Components::new();
        components.schemas = self.schemas.into_map();
        components
            .schemas
            .values_mut()
            .for_each(require_every_field);
        let responses = self.responses.into_iter();
        components.responses = responses
            .map(|(name, response)| (name, response.into()))
            .collect();
        components.headers = headers();
        components.add_security_scheme(KEY, scheme());
        components
    }
}

/// The code, if there is one only, or the status; no two operations have different codes of one
/// status that are several.
fn response_name(status: StatusCode, codes: &[ErrorCode]) -> String {
    let words = match codes {
        [code] => code.as_str().to_lowercase(),
        _ => status.canonical_reason().unwrap_or_default().to_lowercase(),
    };
    words.split([' ', '_']).map(capitalized).collect()
}

fn capitalized(word: &str) -> String {
    let mut letters = word.chars();
    letters
        .next()
        .into_iter()
        .flat_map(char::to_uppercase)
        .chain(letters)
        .collect()
}

/// The names of the headers that answers of this status bear.
pub(super) fn headers_of(status: StatusCode, keyed: bool) -> Vec<&'static str> {
    let mut names = vec![REQUEST_ID];
    if keyed && status != StatusCode::UNAUTHORIZED {
        names.extend([LIMIT, REMAINING, RESET]);
    }
    match status {
        StatusCode::UNAUTHORIZED => names.push(AUTHENTICATE),
        StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE => names.push(RETRY_AFTER),
        _ => {}
    }
    names
}

fn headers() -> BTreeMap<String, RefOr<Header>> {
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
            RETRY_AFTER,
            Type::Integer,
            "After how many seconds to try again.",
        ),
        header(AUTHENTICATE, Type::String, "`Bearer`."),
    ])
}

fn scheme() -> SecurityScheme {
    let description = format!(
        "An API key, sent as `Authorization: Bearer abo_org_…`. It is of the form `{}`; its last six \
         characters are a checksum. The scopes that an operation needs are listed with it.",
        key_pattern()
    );
    let bearer = HttpBuilder::new()
        .scheme(HttpAuthScheme::Bearer)
        .bearer_format("abo_org_…");
    SecurityScheme::Http(bearer.description(Some(description)).build())
}

/// Objects are answered whole: an optional field is null, not absent.
fn require_every_field(schema: &mut RefOr<Schema>) {
    match schema {
        RefOr::T(Schema::Object(object)) => {
            object.required = object.properties.keys().cloned().collect();
        }
        RefOr::T(Schema::AllOf(all)) => all.items.iter_mut().for_each(require_every_field),
        _ => {}
    }
}

/// The form of every failure.
struct Failed;

impl ToSchema for Failed {
    fn name() -> Cow<'static, str> {
        ERROR.into()
    }

    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        schemas.push((ErrorCode::name().into_owned(), ErrorCode::schema()));
    }
}

impl PartialSchema for Failed {
    fn schema() -> RefOr<Schema> {
        let of = |form: Type| ObjectBuilder::new().schema_type(SchemaType::Type(form));
        let error = of(Type::Object)
            .property(
                "message",
                of(Type::String).description(Some("For people; it may change.")),
            )
            .required("message")
            .property("code", Ref::from_schema_name(ErrorCode::name()))
            .required("code")
            .property(
                "details",
                of(Type::Object).description(Some("What there is to say besides, by code.")),
            )
            .required("details");
        of(Type::Object)
            .description(Some("What a request that fails is answered."))
            .property("success", of(Type::Boolean).enum_values(Some([false])))
            .property("error", error)
            .into()
    }
}

impl ToSchema for ErrorCode {}

impl PartialSchema for ErrorCode {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(SchemaType::Type(Type::String))
            .description(Some("For programs; it will not change."))
            .enum_values(Some(Self::ALL.iter().map(|code| code.as_str())))
            .into()
    }
}
