//! What the document's operations share: forms, failures, headers, and how keys are sent.

use std::collections::BTreeMap;

use actix_web::http::StatusCode;
use utoipa::openapi::response::Response;
use utoipa::openapi::schema::Components;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};

use super::failed::Failed;
use super::{headers, responses};
use crate::discovery::key_pattern;
use crate::failure::ErrorCode;
use crate::schemas::Schemas;

/// The security scheme's name.
pub(super) const KEY: &str = "key";

/// What the operations described so far share.
#[derive(Default)]
pub(super) struct Parts {
    pub(super) schemas: Schemas,
    responses: BTreeMap<String, (Vec<ErrorCode>, Response)>,
}

impl Parts {
    /// The name of the response with these codes, which is from now on among the parts.
    pub(super) fn response(&mut self, status: StatusCode, codes: &[ErrorCode]) -> String {
        let name = response_name(status, codes);
        let (known, _) = self
            .responses
            .entry(name.clone())
            .or_insert_with(|| (codes.to_vec(), responses::failure(status, codes)));
        assert_eq!(known, codes, "{name} stands for other codes elsewhere");
        name
    }

    pub(super) fn build(mut self) -> Components {
        self.schemas.refer::<Failed>();
        let mut components = Components::new();
        components.schemas = self.schemas.into_map();
        let responses = self.responses.into_iter();
        components.responses = responses
            .map(|(name, (_, response))| (name, response.into()))
            .collect();
        components.headers = headers::all();
        components.add_security_scheme(KEY, scheme());
        components
    }
}

/// The code, if there is one only; else the status.
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
