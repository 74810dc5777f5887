//! The log a page at a time, the newest first, with the ways on and back.

use org_kernel::StoreError;

use super::Deliveries;
use crate::delivery::Delivery;
use crate::delivery_log::{DeliveryQuery, Order, Place};

/// Which page of the log is meant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Turn {
    /// The one with the newest deliveries.
    #[default]
    Newest,
    /// The one that comes after this place, with what is older.
    OlderThan(Place),
    /// The one that comes before this place, with what is newer.
    NewerThan(Place),
}

/// A page of the log, the newest delivery first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// The deliveries on it.
    pub deliveries: Vec<Delivery>,
    /// The page with what is newer is that of [`Turn::NewerThan`] this place; none on the first page.
    pub newer: Option<Place>,
    /// The page with what is older is that of [`Turn::OlderThan`] this place; none on the last page.
    pub older: Option<Place>,
}

impl Deliveries {
    /// A page of what a query asks for; its order and its place are those of `turn`.
    pub fn page(&self, query: &DeliveryQuery, turn: Turn) -> Result<Page, StoreError> {
        let (direction, after) = match turn {
            Turn::Newest => (Order::NewestFirst, None),
            Turn::OlderThan(place) => (Order::NewestFirst, Some(place)),
            Turn::NewerThan(place) => (Order::OldestFirst, Some(place)),
        };
        // One more than the page has tells whether there is another one.
        let mut deliveries = self.log.deliveries(&DeliveryQuery {
            order: direction,
            after,
            limit: query.limit.saturating_add(1),
            ..query.clone()
        })?;
        let size = usize::try_from(query.limit).unwrap_or(usize::MAX);
        let goes_on = deliveries.len() > size;
        deliveries.truncate(size);
        if direction == Order::OldestFirst {
            deliveries.reverse();
        }
        let place = |found: &Delivery| (found.created_at, found.id);
        let first = deliveries.first().map(place);
        let last = deliveries.last().map(place);
        let (newer, older) = match turn {
            Turn::Newest => (None, last.filter(|_| goes_on)),
            Turn::OlderThan(start) => (first.or(Some(start)), last.filter(|_| goes_on)),
            Turn::NewerThan(start) => (first.filter(|_| goes_on), last.or(Some(start))),
        };
        Ok(Page {
            deliveries,
            newer,
            older,
        })
    }
}
