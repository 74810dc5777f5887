//! What those are called who stand in the trail under their ids: people, those who have left included, keys
//! and endpoints; and where they have their pages.

use std::collections::{BTreeMap, BTreeSet};

use org_kernel::StoreError;
use org_kernel::actor::Actor;
use org_kernel::audit::{Entry, Subject};
use org_kernel::id::{DeliveryId, EndpointId, KeyId, Kind, OrgId, UserId, kind};
use org_webhooks::endpoint::Endpoint;

use crate::authors::Authors;
use crate::console::Console;
use crate::{deliveries, keys, people, webhooks};

/// How many keys can be chosen; an organization may have had any number of them.
pub(super) const KEYS: u32 = 200;

/// The names of whom some entries are of, and of what they are on.
pub(super) struct Names {
    authors: Authors,
    /// Whoever has not left.
    people: BTreeSet<UserId>,
    /// The URLs of the endpoints that are not deleted.
    endpoints: BTreeMap<EndpointId, String>,
}

impl Names {
    pub(super) fn of(console: &Console, org: OrgId, entries: &[Entry]) -> Result<Self, StoreError> {
        let authors = entries.iter().filter_map(|entry| entry.actor);
        let subjects = || entries.iter().filter_map(|entry| entry.subject.as_ref());
        let of_subjects = subjects().filter_map(|subject| subject.to_string().parse().ok());
        let has = |kind| subjects().any(|subject| subject.kind == kind);
        let mut names = Self {
            authors: Authors::of(console, org, authors.chain(of_subjects))?,
            people: BTreeSet::new(),
            endpoints: BTreeMap::new(),
        };
        if has(kind::User::PREFIX) {
            let people = console.ports.users.list(org)?.into_iter();
            names.people = people.map(|person| person.id).collect();
        }
        if has(kind::Endpoint::PREFIX) {
            let endpoints = console.ports.endpoints.list(org)?.into_iter();
            let url = |endpoint: Endpoint| (endpoint.id, endpoint.url.as_str().to_owned());
            names.endpoints = endpoints.map(url).collect();
        }
        Ok(names)
    }

    /// What an author is called; the bearer of a made-up key is somebody.
    pub(super) fn author(&self, author: Option<Actor>) -> String {
        author.map_or_else(|| "Somebody".to_owned(), |author| self.authors.name(author))
    }

    /// What an object is called, if it is a person, a key or an endpoint; else its id.
    pub(super) fn subject(&self, subject: &Subject) -> String {
        let id = subject.to_string();
        let endpoint = id.parse().ok().and_then(|id| self.endpoints.get(&id));
        if let Some(url) = endpoint {
            return url.clone();
        }
        let named = id.parse().map(|actor| self.authors.name(actor));
        named.unwrap_or(id)
    }

    /// Where an object has its page: keys and deliveries, and the people and endpoints that are still there.
    pub(super) fn page(&self, subject: &Subject) -> Option<String> {
        let id = subject.to_string();
        let key = id.parse().map(|id: KeyId| Some(keys::path(id)));
        let delivery = || id.parse().map(|id: DeliveryId| Some(deliveries::path(id)));
        let endpoint = || {
            let path = |id| self.endpoints.contains_key(&id).then(|| webhooks::path(id));
            id.parse().map(path)
        };
        let person = || {
            let path = |id| self.people.contains(&id).then(|| people::path(id));
            id.parse().map(path)
        };
        let found = key.or_else(|_| delivery()).or_else(|_| endpoint());
        found.or_else(|_| person()).ok().flatten()
    }
}

/// Whoever can be chosen as the author of entries.
pub(super) struct Choices {
    /// Values and words, the first of which is not to choose.
    pub(super) authors: Vec<(String, String)>,
    /// Whether there are keys that are not among them.
    pub(super) are_cut: bool,
}

impl Choices {
    /// Every user, the latest keys, and whoever was chosen.
    pub(super) fn of(
        console: &Console,
        org: OrgId,
        chosen: Option<Actor>,
    ) -> Result<Self, StoreError> {
        let users = console.ports.users.names(org)?;
        let mut keys = console.ports.keys.latest(org, KEYS + 1)?;
        let are_cut = keys.len() > KEYS as usize;
        keys.truncate(KEYS as usize);
        let of_users = users.iter().map(|(id, _)| Actor::User(*id));
        let of_keys = keys.iter().map(|key| Actor::Key(key.id));
        let machines = [Actor::Operator, Actor::Server];
        let listed: Vec<_> = of_users.chain(of_keys).chain(machines).collect();
        let names = Authors::known(users, &keys);
        let choice = |names: &Authors, author: Actor| (author.to_string(), names.name(author));
        let mut authors = vec![(String::new(), "Anybody".to_owned())];
        authors.extend(listed.iter().map(|author| choice(&names, *author)));
        if let Some(chosen) = chosen.filter(|chosen| !listed.contains(chosen)) {
            let names = Authors::of(console, org, [chosen])?;
            authors.push(choice(&names, chosen));
        }
        Ok(Self { authors, are_cut })
    }
}
