//! Who did something, as people know them: by their names.

use std::collections::{BTreeMap, BTreeSet};

use org_auth::api_key::ApiKey;
use org_auth::user::UserName;
use org_kernel::StoreError;
use org_kernel::actor::Actor;
use org_kernel::id::{KeyId, OrgId, UserId};

use crate::console::Console;

/// The names of users and keys of one organization, those that are gone included.
#[derive(Default)]
pub(crate) struct Authors {
    users: BTreeMap<UserId, String>,
    keys: BTreeMap<KeyId, String>,
}

impl Authors {
    /// The names of these alone: an organization may have had any number of keys.
    pub(crate) fn of(
        console: &Console,
        org: OrgId,
        authors: impl IntoIterator<Item = Actor>,
    ) -> Result<Self, StoreError> {
        let (mut users, mut keys) = (BTreeSet::new(), BTreeSet::new());
        for author in authors {
            match author {
                Actor::User(id) => _ = users.insert(id),
                Actor::Key(id) => _ = keys.insert(id),
                Actor::Operator | Actor::Server => {}
            }
        }
        let (users, keys): (Vec<_>, Vec<_>) =
            (users.into_iter().collect(), keys.into_iter().collect());
        let mut names = Self::default();
        if !users.is_empty() {
            names.add_users(console.ports.users.names_of(org, &users)?);
        }
        if !keys.is_empty() {
            names.add_keys(&console.ports.keys.some(org, &keys)?);
        }
        Ok(names)
    }

    /// The names of these users and keys, which somebody has read.
    pub(crate) fn known(users: Vec<(UserId, UserName)>, keys: &[ApiKey]) -> Self {
        let mut names = Self::default();
        names.add_users(users);
        names.add_keys(keys);
        names
    }

    fn add_users(&mut self, users: Vec<(UserId, UserName)>) {
        let named = users.into_iter();
        self.users
            .extend(named.map(|(id, name)| (id, name.to_string())));
    }

    fn add_keys(&mut self, keys: &[ApiKey]) {
        self.keys.extend(keys.iter().map(|key| (key.id, told(key))));
    }

    /// The name of a user or a key, or its id where there is none.
    pub(crate) fn name(&self, actor: Actor) -> String {
        let known = match actor {
            Actor::User(id) => self.users.get(&id).cloned(),
            Actor::Key(id) => self.keys.get(&id).cloned(),
            Actor::Operator => Some("Operator".to_owned()),
            Actor::Server => Some("Server".to_owned()),
        };
        known.unwrap_or_else(|| actor.to_string())
    }
}

/// Names of keys need not differ, and those of a key and of the one in its place do not.
fn told(key: &ApiKey) -> String {
    format!("Key “{}” ({}…)", key.name, key.prefix)
}
