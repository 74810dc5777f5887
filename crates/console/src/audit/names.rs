//! What those are called who stand in the trail under their ids: people, those who have left included, keys
//! and endpoints; and where they have their pages.

use std::collections::{BTreeMap, BTreeSet};

use org_kernel::StoreError;
use org_kernel::actor::Actor;
use org_kernel::audit::Subject;
use org_kernel::id::{DeliveryId, EndpointId, KeyId, OrgId, UserId};

use crate::authors::Authors;
use crate::console::Console;
use crate::{deliveries, keys, people, webhooks};

/// Of one organization.
pub(super) struct Names {
    authors: Authors,
    /// Whoever has not left.
    people: BTreeSet<UserId>,
    /// The URLs of the endpoints that are not deleted.
    endpoints: BTreeMap<EndpointId, String>,
}

impl Names {
    pub(super) fn of(console: &Console, org: OrgId) -> Result<Self, StoreError> {
        let people = console.ports.users.list(org)?.into_iter();
        let endpoints = console.ports.endpoints.list(org)?.into_iter();
        Ok(Self {
            authors: Authors::of(console, org)?,
            people: people.map(|person| person.id).collect(),
            endpoints: endpoints
                .map(|endpoint| (endpoint.id, endpoint.url.as_str().to_owned()))
                .collect(),
        })
    }

    /// Whoever an entry may be of: values and words.
    pub(super) fn authors(&self) -> Vec<(String, String)> {
        let machines = [Actor::Operator, Actor::Server];
        let authors = self.authors.all().chain(machines);
        authors
            .map(|author| (author.to_string(), self.authors.name(author)))
            .collect()
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
