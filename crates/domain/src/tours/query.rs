//! Which tours, in which order.

use std::cmp::Ordering;

use super::Tour;
use crate::query::Query;
use crate::record::Record;

/// All tours; the latest start first, then by id.
#[derive(Clone, Copy, Debug, Default)]
pub struct TourQuery;

impl Query for TourQuery {
    type Item = Record<Tour>;

    fn matches(&self, _: &Self::Item) -> bool {
        true
    }

    fn order(left: &Self::Item, right: &Self::Item) -> Ordering {
        let start = |item: &Self::Item| item.facts.dates.start();
        start(right).cmp(&start(left)).then(left.id.cmp(&right.id))
    }
}
