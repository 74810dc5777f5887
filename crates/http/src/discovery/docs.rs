//! The reference for people: Swagger UI, whose files are in the binary.
//!
//! The page and its start script are ours, so that nothing on it is inline and nothing is fetched
//! from elsewhere: the content security policy can then forbid both.

use std::borrow::Cow;
use std::sync::Arc;

use actix_web::http::header::{
    CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY, X_FRAME_OPTIONS,
};
use actix_web::web::{self, Bytes};
use actix_web::{HttpRequest, HttpResponse, Resource, guard};
use utoipa_swagger_ui::Config;

use crate::answer::{Reply, Shown};
use crate::api::Api;
use crate::app::method_not_allowed;
use crate::failure::Failure;
use crate::route::About;
use crate::schemas::{self, Schemas};
use crate::tags;

const PAGE: &str = include_str!("docs/page.html");
const START: &str = include_str!("docs/start.js");

/// What the page needs of Swagger UI's own files.
const VENDORED: &[&str] = &[
    "swagger-ui.css",
    "swagger-ui-bundle.js",
    "favicon-32x32.png",
];

/// Swagger UI sets the style of elements from its script, and draws icons from `data:` addresses.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; \
    img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; \
    frame-ancestors 'none'";

pub(crate) const DOCS: About = About {
    id: "getDocs",
    tag: tags::DISCOVERY,
    summary: "The reference",
    description: "This document as a page for people.",
};

pub(crate) async fn docs(_: Arc<Api>) -> Result<Page, Failure> {
    Ok(Page)
}

/// The page of the reference.
pub(crate) struct Page;

impl Reply for Page {
    fn into_response(self) -> Result<HttpResponse, Failure> {
        Ok(page_file("text/html; charset=utf-8", PAGE.into()))
    }

    fn shown(_: &mut Schemas) -> Shown {
        Shown {
            content_type: "text/html",
            schema: schemas::text("<!doctype html>…").into(),
            example: None,
        }
    }
}

/// Where the files are that the page needs.
pub(crate) const ASSETS: &str = "/docs/{file}";

/// The files that the page needs.
pub(crate) fn assets() -> Resource {
    web::resource(ASSETS)
        .route(
            web::route()
                .guard(guard::Any(guard::Get()).or(guard::Head()))
                .to(asset),
        )
        .default_service(web::to(|payload| {
            method_not_allowed("GET, HEAD".to_owned(), payload)
        }))
}

async fn asset(request: HttpRequest) -> HttpResponse {
    match request.match_info().get("file") {
        Some("start.js") => page_file("text/javascript; charset=utf-8", START.into()),
        Some(name) if VENDORED.contains(&name) => {
            vendored(name).unwrap_or_else(HttpResponse::from_error)
        }
        _ => HttpResponse::from_error(Failure::RouteNotFound),
    }
}

fn vendored(name: &str) -> Result<HttpResponse, Failure> {
    let file = utoipa_swagger_ui::serve(name, Arc::new(Config::default()))
        .map_err(|error| Failure::internal(error.to_string()))?
        .ok_or_else(|| Failure::internal(format!("{name} is not in the binary")))?;
    let bytes = match file.bytes {
        Cow::Borrowed(bytes) => Bytes::from_static(bytes),
        Cow::Owned(bytes) => bytes.into(),
    };
    Ok(page_file(&file.content_type, bytes))
}

fn page_file(content_type: &str, bytes: Bytes) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, content_type))
        .insert_header((CONTENT_SECURITY_POLICY, POLICY))
        .insert_header((REFERRER_POLICY, "no-referrer"))
        .insert_header((X_FRAME_OPTIONS, "DENY"))
        .body(bytes)
}
