//! The feed: an organization's events in one order, for those who would rather pull.

use crate::id::{EventId, OrgId};
use crate::store_error::StoreError;

/// Some of an organization's events.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FeedPage {
    /// The events as they were stored, byte for byte, the oldest first.
    pub payloads: Vec<String>,
    /// True if there are more after these.
    pub has_more: bool,
}

/// Why no events are read.
#[derive(Debug, thiserror::Error)]
pub enum FeedError {
    /// The organization has no event of this id.
    #[error("there is no such event")]
    NoSuchEvent,
    /// The store did not answer.
    #[error("the events could not be read")]
    Store(#[from] StoreError),
}

/// Reads events in the order in which they were dispatched. Those of one transaction come in the order of
/// their ids, which is that in which they were appended.
///
/// An event comes into the feed some time after it was committed, and never before one that is there
/// already. So whoever asks for what comes after the last event that it saw, again and again, sees every
/// event once, also one whose transaction took long to commit.
pub trait EventFeed: Send + Sync {
    /// Up to `limit` events after one that was read before, or the first ones.
    ///
    /// After an event that is stored and not in the feed yet there is nothing.
    fn after(&self, org: OrgId, event: Option<EventId>, limit: u32) -> Result<FeedPage, FeedError>;
}
