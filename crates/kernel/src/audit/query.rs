//! The trail, as it is read: what may be asked of it, and in which order it answers.
//!
//! What a query finds is said once, in [`EntryQuery::find`], which the fakes answer by; the store on
//! PostgreSQL says the same with indexes, and the contracts of the ports hold the two together.

use std::convert::Infallible;
use std::str::FromStr;

use uuid::Uuid;

use super::{Entry, Subject};
use crate::actor::Actor;
use crate::id::OrgId;
use crate::instant::Instant;
use crate::store_error::StoreError;

/// Where the trail is read.
pub trait AuditTrail: Send + Sync {
    /// Entries in the order that the query asks for.
    fn entries(&self, query: &EntryQuery) -> Result<Vec<Entry>, StoreError>;
}

/// Which end of the trail is read first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// By the entries' times, then by their ids.
    #[default]
    OldestFirst,
    /// The other way round.
    NewestFirst,
}

/// What was done, as far as a reader asks for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// One action: `contact.created`.
    One(String),
    /// Whatever was done to one kind of object: of `contact`, all that is named `contact.…`.
    AnyOn(String),
}

impl Action {
    /// True if `action`, as an entry names it, is asked for.
    pub fn includes(&self, action: &str) -> bool {
        match self {
            Self::One(one) => one == action,
            Self::AnyOn(object) => action.split('.').next() == Some(object),
        }
    }
}

impl FromStr for Action {
    type Err = Infallible;

    /// A whole action has a full stop between the object and the verb; an object has none, or one
    /// at its end.
    fn from_str(text: &str) -> Result<Self, Infallible> {
        let text = text.strip_suffix('.').unwrap_or(text);
        let whole = text.contains('.');
        let kind = if whole { Self::One } else { Self::AnyOn };
        Ok(kind(text.to_owned()))
    }
}

/// Which entries are read.
#[derive(Clone, Debug, Default)]
pub struct EntryQuery {
    /// Those of this organization; of none, when nobody could say whose they are.
    pub org: Option<OrgId>,
    /// What this one did.
    pub actor: Option<Actor>,
    /// Where this was done.
    pub action: Option<Action>,
    /// What was done to this object.
    pub subject: Option<Subject>,
    /// Those of this time and later.
    pub since: Option<Instant>,
    /// Those from before this time.
    pub until: Option<Instant>,
    /// The newest first, or the oldest.
    pub order: Order,
    /// Those that come after this one in that order, by its time and id.
    pub after: Option<(Instant, Uuid)>,
    /// So many at the most.
    pub limit: u32,
}

impl EntryQuery {
    /// What it finds among the entries of the organization that it asks for: the rule that every trail
    /// is held to.
    pub fn find<'a>(&self, entries: impl IntoIterator<Item = &'a Entry>) -> Vec<Entry> {
        let mut found: Vec<_> = entries
            .into_iter()
            .filter(|entry| self.includes(entry) && self.is_yet_to_come(entry))
            .cloned()
            .collect();
        found.sort_by_key(place);
        if self.order == Order::NewestFirst {
            found.reverse();
        }
        found.truncate(usize::try_from(self.limit).unwrap_or(usize::MAX));
        found
    }

    /// True if the entry passes all of its filters.
    fn includes(&self, entry: &Entry) -> bool {
        let action = self.action.as_ref();
        self.actor.is_none_or(|actor| entry.actor == Some(actor))
            && action.is_none_or(|action| action.includes(&entry.action))
            && (self.subject.is_none() || self.subject == entry.subject)
            && self.since.is_none_or(|since| entry.at >= since)
            && self.until.is_none_or(|until| entry.at < until)
    }

    fn is_yet_to_come(&self, entry: &Entry) -> bool {
        self.after.is_none_or(|after| match self.order {
            Order::OldestFirst => place(entry) > after,
            Order::NewestFirst => place(entry) < after,
        })
    }
}

fn place(entry: &Entry) -> (Instant, Uuid) {
    (entry.at, entry.id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_action_is_asked_for_by_its_name_or_by_its_object() {
        for (asked, finds, leaves) in [
            ("contact.created", "contact.created", "contact.replaced"),
            ("contact", "contact.replaced", "contact_list.created"),
            ("contact.", "contact.replaced", "contacts.created"),
        ] {
            let Ok(action) = Action::from_str(asked);
            assert!(action.includes(finds), "{asked} finds {finds}");
            assert!(!action.includes(leaves), "{asked} leaves {leaves}");
        }
    }
}
