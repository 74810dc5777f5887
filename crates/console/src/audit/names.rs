//! What those are called who stand in the trail under their ids: people, those who have left included,
//! and keys.

use std::collections::HashMap;

use org_kernel::StoreError;
use org_kernel::actor::Actor;
use org_kernel::audit::Subject;
use org_kernel::id::OrgId;

use crate::console::Console;

/// Of one organization.
pub(super) struct Names {
    people: Vec<(String, String)>,
    keys: Vec<(String, String)>,
    by_id: HashMap<String, String>,
}

impl Names {
    pub(super) fn of(console: &Console, org: OrgId) -> Result<Self, StoreError> {
        let users = console.ports.users.names(org)?.into_iter();
        let people: Vec<_> = users
            .map(|(id, name)| (id.to_string(), name.to_string()))
            .collect();
        let keys = console.ports.keys.list(org)?.into_iter();
        let keys: Vec<_> = keys
            .map(|key| {
                (
                    key.id.to_string(),
                    format!("{} ({}…)", key.name, key.prefix),
                )
            })
            .collect();
        let by_id = people.iter().chain(&keys).cloned().collect();
        Ok(Self {
            people,
            keys,
            by_id,
        })
    }

    /// Whoever an entry may be of: values and words, people before keys.
    pub(super) fn authors(&self) -> Vec<(String, String)> {
        let machines = [Actor::Operator, Actor::Server];
        let machines = machines.map(|actor| (actor.to_string(), self.author(Some(actor))));
        let people = self.people.iter().chain(&self.keys).cloned();
        people.chain(machines).collect()
    }

    /// What an author is called.
    pub(super) fn author(&self, author: Option<Actor>) -> String {
        match author {
            None => "Somebody".to_owned(),
            Some(Actor::Operator) => "The operator, on the command line".to_owned(),
            Some(Actor::Server) => "The server".to_owned(),
            Some(actor) => self.named(actor.to_string()),
        }
    }

    /// What an object is called, or its id.
    pub(super) fn subject(&self, subject: &Subject) -> String {
        self.named(subject.to_string())
    }

    fn named(&self, id: String) -> String {
        self.by_id.get(&id).cloned().unwrap_or(id)
    }
}
