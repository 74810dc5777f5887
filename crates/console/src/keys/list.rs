//! All keys of the organization.

use askama::Template;
use org_auth::api_key::ApiKey;
use org_auth::scope::Scope;
use org_kernel::StoreError;
use org_kernel::instant::Instant;

use super::Standing;
use crate::authors::Authors;
use crate::frame::{Frame, Section};
use crate::refusal::Refusal;
use crate::reply::{Answer, page};
use crate::visit::{Viewer, Visit};

#[derive(Template)]
#[template(path = "keys/list.html")]
struct ListPage {
    frame: Frame,
    keys: Vec<Row>,
}

struct Row {
    path: String,
    name: String,
    prefix: String,
    scopes: Vec<&'static str>,
    author: String,
    last_used_at: Option<Instant>,
    expires_at: Option<Instant>,
    standing: Standing,
}

impl Row {
    fn of(key: &ApiKey, authors: &Authors, now: Instant) -> Self {
        Self {
            path: super::path(key.id),
            name: key.name.to_string(),
            prefix: key.prefix.as_str().to_owned(),
            scopes: key.scopes.iter().map(Scope::as_str).collect(),
            author: authors.name(key.created_by),
            last_used_at: key.last_used_at,
            expires_at: key.expires_at,
            standing: Standing::of(key, now),
        }
    }
}

/// Those that work come before those that do not, and of each the newest first.
pub(crate) async fn list(visit: Visit<Viewer>) -> Answer {
    let (org, now) = (visit.org(), visit.now());
    let found = visit.ask::<_, StoreError, Refusal>(move |console| {
        let keys = console.ports.keys.list(org)?;
        Ok((keys, Authors::of(console, org)?))
    });
    let (mut keys, authors) = found.await?;
    keys.reverse();
    keys.sort_by_key(|key| !key.works_at(now));
    page(&ListPage {
        frame: visit.frame("API keys", Section::Keys),
        keys: keys.iter().map(|key| Row::of(key, &authors, now)).collect(),
    })
}
