//! The keys of the organization, a page at a time.

use askama::Template;
use org_auth::api_key::ApiKey;
use org_auth::scope::Scope;
use org_kernel::StoreError;
use org_kernel::instant::Instant;

use super::Standing;
use crate::authors::Authors;
use crate::fields::Fields;
use crate::frame::{Frame, Section};
use crate::refusal::Refusal;
use crate::reply::{Answer, page};
use crate::visit::{Viewer, Visit};

/// How many keys a page has.
const PAGE: usize = 50;

#[derive(Template)]
#[template(path = "keys/list.html")]
struct ListPage {
    frame: Frame,
    keys: Vec<Row>,
    /// Whether those are among them that somebody has ended.
    all: bool,
    /// How many those are.
    ended: usize,
    /// The addresses of the pages beside this one.
    previous: Option<String>,
    next: Option<String>,
}

impl ListPage {
    /// Whether there never was a key.
    const fn is_empty(&self) -> bool {
        self.keys.is_empty() && self.ended == 0
    }

    const fn ended(&self) -> u64 {
        self.ended as u64
    }
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

/// The newest first. Those that somebody has ended, by revoking or by replacing them, are shown where that is
/// asked for, after the others.
pub(crate) async fn list(visit: Visit<Viewer>) -> Answer {
    let (org, now) = (visit.org(), visit.now());
    let (all, number) = asked_for(visit.query())?;
    let found = visit.ask::<_, StoreError, Refusal>(move |console| {
        let (mut keys, ended): (Vec<_>, Vec<_>) = console
            .ports
            .keys
            .list(org)?
            .into_iter()
            .rev()
            .partition(|key| !is_ended(key, now));
        let ended_count = ended.len();
        if all {
            keys.extend(ended);
        }
        keys.sort_by_key(|key| !key.works_at(now));
        let pages = keys.len().div_ceil(PAGE).max(1);
        let shown: Vec<_> = keys
            .into_iter()
            .skip((number - 1) * PAGE)
            .take(PAGE)
            .collect();
        let authors = Authors::of(console, org, shown.iter().map(|key| key.created_by))?;
        Ok((shown, authors, ended_count, pages))
    });
    let (shown, authors, ended, pages) = found.await?;
    if number > pages {
        return Err(Refusal::NotFound);
    }
    let near = |number: usize| (1..=pages).contains(&number).then(|| address(all, number));
    page(&ListPage {
        frame: visit.frame("API keys", Section::Keys),
        keys: shown
            .iter()
            .map(|key| Row::of(key, &authors, now))
            .collect(),
        all,
        ended,
        previous: near(number - 1),
        next: near(number + 1),
    })
}

/// Whether all keys are asked for, and which page of them, the first being 1.
fn asked_for(query: &Fields) -> Result<(bool, usize), Refusal> {
    let all = match query.one("all") {
        "" => false,
        "true" => true,
        _ => return Err(Refusal::NotFound),
    };
    let number = match query.one("page") {
        "" => 1,
        number => number.parse().map_err(|_| Refusal::NotFound)?,
    };
    // So far nobody counts.
    if (1..=1_000_000).contains(&number) {
        Ok((all, number))
    } else {
        Err(Refusal::NotFound)
    }
}

fn address(all: bool, number: usize) -> String {
    let all = if all { "all=true&" } else { "" };
    format!("/settings/keys?{all}page={number}")
}

/// Whether somebody has seen to it that this key does not work. Of one that has merely expired, somebody may
/// not know yet.
fn is_ended(key: &ApiKey, now: Instant) -> bool {
    !key.works_at(now) && (key.revoked_at.is_some() || key.replaced_by.is_some())
}
