//! One endpoint as an operation.

use std::collections::BTreeMap;

use actix_web::http::{Method, StatusCode};
use utoipa::openapi::content::ContentBuilder;
use utoipa::openapi::path::{
    HttpMethod, Operation, OperationBuilder, Parameter, ParameterBuilder, ParameterIn,
};
use utoipa::openapi::request_body::{RequestBody, RequestBodyBuilder};
use utoipa::openapi::security::SecurityRequirement;
use utoipa::openapi::{Ref, Required};

use super::components::{KEY, Parts};
use super::responses;
use crate::call::IDEMPOTENCY_KEY;
use crate::failure::ErrorCode;
use crate::input::{self, Place, ShownBody};
use crate::route::Endpoint;
use crate::schemas;

pub(super) fn method(endpoint: &Endpoint) -> HttpMethod {
    match endpoint.method {
        Method::POST => HttpMethod::Post,
        Method::PATCH => HttpMethod::Patch,
        _ => HttpMethod::Get,
    }
}

/// Describes an endpoint; what other operations may share goes into `parts`.
pub(super) fn describe(endpoint: Endpoint, parts: &mut Parts) -> Operation {
    let keyed = endpoint.scope.is_some();
    let mut operation = OperationBuilder::new()
        .operation_id(Some(endpoint.about.id))
        .tag(endpoint.about.tag)
        .summary(Some(endpoint.about.summary))
        .description(Some(description(&endpoint)))
        .securities(Some(
            endpoint
                .scope
                .map(|scope| SecurityRequirement::new(KEY, [scope.as_str()])),
        ))
        .response(
            endpoint.status.as_str(),
            responses::success(&endpoint, keyed),
        );
    if keyed {
        operation = operation.parameter(slug());
    }
    if endpoint.writes() {
        operation = operation.parameter(idempotency_key());
    }
    if let Some(body) = &endpoint.body {
        operation = operation.request_body(Some(describe_body(body)));
    }
    for parameter in &endpoint.parameters {
        operation = operation.parameter(describe_parameter(parameter));
    }
    for (status, codes) in by_status(&endpoint.codes) {
        let name = parts.response(status, &codes);
        operation = operation.response(status.as_str(), Ref::from_response_name(name));
    }
    parts.schemas.merge(endpoint.schemas);
    operation.build()
}

fn description(endpoint: &Endpoint) -> String {
    match endpoint.scope {
        Some(scope) => format!(
            "{}\n\nNeeds the scope `{scope}`.",
            endpoint.about.description
        ),
        None => format!("{}\n\nNeeds no key.", endpoint.about.description),
    }
}

fn by_status(codes: &[ErrorCode]) -> BTreeMap<StatusCode, Vec<ErrorCode>> {
    let mut by_status = BTreeMap::<_, Vec<_>>::new();
    for code in codes {
        by_status.entry(code.status()).or_default().push(*code);
    }
    by_status
}

fn slug() -> Parameter {
    let form =
        schemas::text("demo-philharmonic").pattern(Some("^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"));
    ParameterBuilder::new()
        .name("slug")
        .parameter_in(ParameterIn::Path)
        .required(Required::True)
        .description(Some("The organization's name in paths: that of the key."))
        .schema(Some(form))
        .build()
}

fn idempotency_key() -> Parameter {
    let form = schemas::text("7d3c1b0e-1f6a-4a7e-9c51-2f0f7f0f9a11")
        .min_length(Some(1))
        .max_length(Some(255))
        .pattern(Some("^[ -~]+$"));
    ParameterBuilder::new()
        .name(IDEMPOTENCY_KEY)
        .parameter_in(ParameterIn::Header)
        .required(Required::False)
        .description(Some(
            "A name of your own for this write. Sent again within 24 hours with the same path and \
             body, it is answered as it was the first time, and nothing is done twice.",
        ))
        .schema(Some(form))
        .build()
}

fn describe_body(body: &ShownBody) -> RequestBody {
    let content = ContentBuilder::new()
        .schema(Some(body.schema.clone()))
        .example(Some(body.example.clone()));
    let required = if body.required {
        Required::True
    } else {
        Required::False
    };
    RequestBodyBuilder::new()
        .content("application/json", content.build())
        .required(Some(required))
        .build()
}

fn describe_parameter(parameter: &input::Parameter) -> Parameter {
    let (place, required) = match parameter.place {
        Place::Path => (ParameterIn::Path, Required::True),
        Place::Query => (ParameterIn::Query, Required::False),
    };
    ParameterBuilder::new()
        .name(parameter.name)
        .parameter_in(place)
        .required(required)
        .description(Some(parameter.description))
        .schema(Some(parameter.schema.clone()))
        .build()
}
