//! The one sight of a signing secret, and what a server without a master key says in its place.

use actix_web::http::StatusCode;
use askama::Template;
use org_webhooks::endpoint::Endpoint;
use org_webhooks::secret::SigningSecret;

use super::path;
use crate::frame::{Frame, Section};
use crate::reply::{Answer, page, page_with};
use crate::visit::Visit;

#[derive(Template)]
#[template(path = "webhooks/secret.html")]
struct SecretPage<'a> {
    frame: Frame,
    path: String,
    url: &'a str,
    secret: &'a str,
    rotated: bool,
}

/// Which secret it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Made {
    /// The first one of a new endpoint.
    First,
    /// One that has taken the place of another.
    Rotated,
}

pub(super) fn once<R>(
    visit: &Visit<R>,
    endpoint: &Endpoint,
    secret: &SigningSecret,
    made: Made,
) -> Answer {
    let title = match made {
        Made::First => "The endpoint is made",
        Made::Rotated => "The secret is rotated",
    };
    page(&SecretPage {
        frame: visit.frame(title, Section::Webhooks),
        path: path(endpoint.id),
        url: endpoint.url.as_str(),
        secret: secret.expose(),
        rotated: made == Made::Rotated,
    })
}

#[derive(Template)]
#[template(path = "webhooks/no_master_key.html")]
struct NoMasterKeyPage {
    frame: Frame,
}

/// Nothing was done, and nothing will be until the operator has given the server a key.
pub(super) fn no_master_key<R>(visit: &Visit<R>) -> Answer {
    let frame = visit.frame("This server has no master key", Section::Webhooks);
    page_with(StatusCode::SERVICE_UNAVAILABLE, &NoMasterKeyPage { frame })
}
