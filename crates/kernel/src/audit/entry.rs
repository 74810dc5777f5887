//! The trail, as it is stored and read.

use std::net::IpAddr;

use serde_json::{Map, Value};
use uuid::Uuid;

use super::{Change, Origin, Request, Subject};
use crate::actor::Actor;
use crate::id::OrgId;
use crate::instant::Instant;
use crate::store_error::StoreError;

/// One row of the trail.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Its id; entries of one time are in the order of their ids.
    pub id: Uuid,
    /// When.
    pub at: Instant,
    /// Who, if that is known: the bearer of a made-up key is nobody.
    pub actor: Option<Actor>,
    /// What was done: `contact.created`, or `request.refused`.
    pub action: String,
    /// To what.
    pub subject: Option<Subject>,
    /// What there is to say of it.
    pub details: Map<String, Value>,
    /// By which request.
    pub request: Option<Request>,
}

impl Entry {
    /// A change and where it comes from.
    pub fn of(change: Change, origin: &Origin) -> Self {
        Self {
            id: change.id,
            at: change.at,
            actor: Some(origin.actor),
            action: change.action.to_owned(),
            subject: Some(change.subject),
            details: change.details,
            request: origin.request.clone(),
        }
    }

    /// The address of the request.
    pub fn address(&self) -> Option<IpAddr> {
        self.request.as_ref().map(|request| request.address)
    }
}

/// Which entries are read.
#[derive(Clone, Copy, Debug, Default)]
pub struct EntryQuery {
    /// Those of this organization; of none, when nobody could say whose they are.
    pub org: Option<OrgId>,
    /// Those of this time and later.
    pub since: Option<Instant>,
    /// Those that come after this one, by its time and id.
    pub after: Option<(Instant, Uuid)>,
    /// So many at the most.
    pub limit: u32,
}

impl EntryQuery {
    /// What it finds among the entries of the organization that it asks for: the rule that every trail
    /// is held to.
    pub fn find<'a>(&self, entries: impl IntoIterator<Item = &'a Entry>) -> Vec<Entry> {
        let place = |entry: &Entry| (entry.at, entry.id);
        let mut found: Vec<_> = entries
            .into_iter()
            .filter(|entry| self.since.is_none_or(|since| entry.at >= since))
            .filter(|entry| self.after.is_none_or(|after| place(entry) > after))
            .cloned()
            .collect();
        found.sort_by_key(place);
        found.truncate(usize::try_from(self.limit).unwrap_or(usize::MAX));
        found
    }
}

/// Where the trail is read.
pub trait AuditTrail: Send + Sync {
    /// Entries in the order of their times, then of their ids.
    fn entries(&self, query: &EntryQuery) -> Result<Vec<Entry>, StoreError>;
}
