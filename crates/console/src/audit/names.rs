//! What those are called who stand in the trail under their ids: people, those who have left included,
//! and keys.

use org_kernel::StoreError;
use org_kernel::actor::Actor;
use org_kernel::audit::Subject;
use org_kernel::id::OrgId;

use crate::authors::Authors;
use crate::console::Console;

/// Of one organization.
pub(super) struct Names(Authors);

impl Names {
    pub(super) fn of(console: &Console, org: OrgId) -> Result<Self, StoreError> {
        Authors::of(console, org).map(Self)
    }

    /// Whoever an entry may be of: values and words.
    pub(super) fn authors(&self) -> Vec<(String, String)> {
        let machines = [Actor::Operator, Actor::Server];
        let authors = self.0.all().chain(machines);
        authors
            .map(|author| (author.to_string(), self.0.name(author)))
            .collect()
    }

    /// What an author is called; the bearer of a made-up key is somebody.
    pub(super) fn author(&self, author: Option<Actor>) -> String {
        author.map_or_else(|| "Somebody".to_owned(), |author| self.0.name(author))
    }

    /// What an object is called, if it is a person or a key; else its id.
    pub(super) fn subject(&self, subject: &Subject) -> String {
        let id = subject.to_string();
        let named = id.parse().map(|actor| self.0.name(actor));
        named.unwrap_or(id)
    }
}
