//! A key that was just made, with the one sight of its secret.

use askama::Template;
use org_auth::api_key::ApiKey;
use org_auth::api_keys::IssuedKey;
use org_kernel::instant::Instant;

use super::curl::Example;
use crate::frame::{Frame, Section};
use crate::reply::{Answer, page};
use crate::visit::{Admin, Visit};

/// How a key came to be.
pub(super) enum Made {
    /// By itself.
    New,
    /// In the place of another.
    InsteadOf(Replaced),
}

/// A key whose place another has.
pub(super) struct Replaced {
    pub(super) name: String,
    pub(super) path: String,
    /// Until when it works, if it still does.
    pub(super) until: Option<Instant>,
}

#[derive(Template)]
#[template(path = "keys/made.html")]
struct MadePage<'a> {
    frame: Frame,
    key: &'a ApiKey,
    path: String,
    secret: &'a str,
    example: Example,
    made: Made,
}

/// The page is an answer by itself: to lead to another would be to keep the secret for it.
pub(super) fn show(visit: &Visit<Admin>, title: &str, made: Made, issued: &IssuedKey) -> Answer {
    let IssuedKey { key, secret } = issued;
    let base = super::api(visit, key);
    page(&MadePage {
        frame: visit.frame(title, Section::Keys),
        path: super::path(key.id),
        example: Example::with_secret(&base, key.scopes, secret.expose()),
        secret: secret.expose(),
        key,
        made,
    })
}
