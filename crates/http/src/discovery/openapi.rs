//! The OpenAPI document, made from the route table.

mod components;
mod failed;
mod headers;
mod operation;
mod responses;

use utoipa::openapi::info::{ContactBuilder, InfoBuilder, LicenseBuilder};
use utoipa::openapi::server::ServerBuilder;
use utoipa::openapi::tag::{Tag, TagBuilder};
use utoipa::openapi::{Info, OpenApi, OpenApiBuilder, PathItem, Paths, Server};

use crate::failure::ErrorCode;
use crate::routes;
use crate::tags::TAGS;
use org_web::PublicUrl;

pub(super) const TITLE: &str = "Org API";

pub(super) const VERSION: &str = env!("CARGO_PKG_VERSION");

pub(super) const DESCRIPTION: &str = "An orchestra's productions, services, repertoire, roster, \
    resources, tours and performance history, for the programs that its people write. Every key \
    belongs to one organization, whose slug stands in every path.";

/// The OpenAPI 3.1 document as JSON, without a line feed at its end.
///
/// Its server is the public address, or, if there is none, wherever the document was read.
///
/// # Panics
/// Never: the document is plain data.
pub fn openapi_json(url: Option<&PublicUrl>) -> String {
    document(url).to_pretty_json().expect("plain data is JSON")
}

fn document(url: Option<&PublicUrl>) -> OpenApi {
    let mut paths = Paths::new();
    let mut components = components::Parts::default();
    for endpoint in routes::endpoints() {
        let path = endpoint.path.clone();
        let item = PathItem::new(
            operation::method(&endpoint),
            operation::describe(endpoint, &mut components),
        );
        match paths.paths.get_mut(&path) {
            Some(known) => known.merge_operations(item),
            None => {
                paths.paths.insert(path, item);
            }
        }
    }
    OpenApiBuilder::new()
        .info(info())
        .servers(Some([server(url)]))
        .paths(paths)
        .components(Some(components.build()))
        .tags(Some(TAGS.iter().map(tag)))
        .build()
}

fn info() -> Info {
    InfoBuilder::new()
        .title(TITLE)
        .version(VERSION)
        .description(Some(introduction()))
        .contact(Some(
            ContactBuilder::new()
                .name(Some("The operator of this server"))
                .build(),
        ))
        .license(Some(
            LicenseBuilder::new()
                .name("Apache-2.0")
                .identifier(Some("Apache-2.0"))
                .build(),
        ))
        .build()
}

/// What holds for every endpoint.
fn introduction() -> String {
    let code = |code: &ErrorCode| {
        let status = code.status().as_u16();
        format!("| {status} | `{code}` | {} |", code.meaning())
    };
    let codes: Vec<_> = ErrorCode::ALL.iter().map(code).collect();
    format!("{DESCRIPTION}\n\n{INTRODUCTION}{}\n", codes.join("\n"))
}

const INTRODUCTION: &str = include_str!("openapi/introduction.md");

fn server(url: Option<&PublicUrl>) -> Server {
    let address = url.map_or_else(|| "/".to_owned(), ToString::to_string);
    ServerBuilder::new()
        .url(address)
        .description(Some("This server"))
        .build()
}

fn tag((name, description): &(&str, &str)) -> Tag {
    TagBuilder::new()
        .name(*name)
        .description(Some(*description))
        .build()
}
