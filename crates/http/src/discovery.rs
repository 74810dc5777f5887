//! What tells about the API itself: the OpenAPI document, the page for agents, the reference for
//! people, and whether the server is there. No key is needed.
//!
//! The documents are made once, when the server starts, from the route table and the operator's
//! settings; nothing of a request, such as its `Host`, goes into them.

mod agent;
mod docs;
mod health;
mod openapi;

use std::sync::Arc;

use actix_web::HttpResponse;
use actix_web::http::header::ContentType;
use actix_web::web::Bytes;
use org_auth::key::{BEGINNING, LENGTH};
use utoipa::openapi::schema::{ObjectBuilder, SchemaType, Type};

pub(crate) use docs::{ASSETS, DOCS, assets, docs};
pub(crate) use health::{HEALTHZ, READYZ, healthz, readyz};
pub use openapi::openapi_json;

use crate::answer::{Reply, Shown};
use crate::api::Api;
use crate::failure::Failure;
use crate::route::About;
use crate::schemas::Schemas;
use crate::tags;
use org_web::PublicUrl;

/// The documents of one server, as bytes.
pub(crate) struct Documents {
    openapi: Bytes,
    agent: Bytes,
}

impl Documents {
    pub(crate) fn new(url: Option<&PublicUrl>) -> Self {
        Self {
            openapi: openapi_json(url).into(),
            agent: agent::agent_json(url).into(),
        }
    }
}

pub(crate) const OPENAPI: About = About {
    id: "getOpenApi",
    tag: tags::DISCOVERY,
    summary: "The OpenAPI document",
    description: "This document.",
};

pub(crate) async fn openapi(api: Arc<Api>) -> Result<Document, Failure> {
    Ok(Document(api.documents.openapi.clone()))
}

pub(crate) const AGENT: About = About {
    id: "getAgent",
    tag: tags::DISCOVERY,
    summary: "The API for agents",
    description: "What the API offers and how to be let in, on one page for programs.",
};

pub(crate) async fn agent(api: Arc<Api>) -> Result<Document, Failure> {
    Ok(Document(api.documents.agent.clone()))
}

/// The format of a key as a regular expression.
fn key_pattern() -> String {
    format!("^{BEGINNING}[0-9A-Za-z]{{{}}}$", LENGTH - BEGINNING.len())
}

/// A JSON document of a format of its own, without our envelope.
pub(crate) struct Document(Bytes);

impl Reply for Document {
    fn into_response(self) -> Result<HttpResponse, Failure> {
        Ok(HttpResponse::Ok()
            .insert_header(ContentType::json())
            .body(self.0))
    }

    fn shown(_: &mut Schemas) -> Shown {
        let object = ObjectBuilder::new().schema_type(SchemaType::Type(Type::Object));
        Shown {
            content_type: "application/json",
            schema: object.into(),
            example: None,
        }
    }
}
