//! The feed: what is committed here is in order at once.

use org_kernel::event::{EventFeed, FeedError, FeedPage};
use org_kernel::id::{EventId, OrgId};

use super::InMemory;

impl EventFeed for InMemory {
    fn after(&self, org: OrgId, event: Option<EventId>, limit: u32) -> Result<FeedPage, FeedError> {
        let events = &self.holdings(org).events;
        let seen = match event {
            None => 0,
            Some(id) => {
                let place = events.iter().position(|event| event.id == id);
                place.ok_or(FeedError::NoSuchEvent)? + 1
            }
        };
        let (limit, left) = (limit as usize, &events[seen..]);
        let payloads = left.iter().take(limit).map(|event| event.payload.clone());
        Ok(FeedPage {
            payloads: payloads.collect(),
            has_more: left.len() > limit,
        })
    }
}
