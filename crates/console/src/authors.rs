//! Who did something, as people know them: by their names.

use std::collections::BTreeMap;

use org_auth::api_key::ApiKey;
use org_kernel::StoreError;
use org_kernel::actor::Actor;
use org_kernel::id::{KeyId, OrgId, UserId};

use crate::console::Console;

/// The names of an organization's users and keys, those that are gone included.
pub(crate) struct Authors {
    users: BTreeMap<UserId, String>,
    keys: BTreeMap<KeyId, String>,
}

impl Authors {
    /// Asks for all of them, since whoever looks at a list looks at many.
    pub(crate) fn of(console: &Console, org: OrgId) -> Result<Self, StoreError> {
        let users = console.ports.users.names(org)?.into_iter();
        let keys = console.ports.keys.list(org)?.into_iter();
        Ok(Self {
            users: users.map(|(id, name)| (id, name.to_string())).collect(),
            keys: keys.map(|key| (key.id, told(&key))).collect(),
        })
    }

    /// Every user, then every key.
    pub(crate) fn all(&self) -> impl Iterator<Item = Actor> {
        let users = self.users.keys().copied().map(Actor::User);
        users.chain(self.keys.keys().copied().map(Actor::Key))
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
