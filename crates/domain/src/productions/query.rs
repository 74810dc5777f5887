//! Which productions, in which order.

use std::cmp::Ordering;

use super::{Production, ProductionStatus};
use crate::query::{Query, Words};
use crate::record::Record;

/// Productions by status and words; the latest start first, then by id.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct ProductionQuery {
    /// Only with this status.
    pub status: Option<ProductionStatus>,
    /// Only with these words in title, subtitle, code, series or conductor.
    pub words: Option<Words>,
}

impl Query for ProductionQuery {
    type Item = Record<Production>;

    fn matches(&self, item: &Self::Item) -> bool {
        self.status.is_none_or(|status| item.facts.status == status)
            && self
                .words
                .as_ref()
                .is_none_or(|words| words.occur_in(&item.facts.search_text()))
    }

    fn order(left: &Self::Item, right: &Self::Item) -> Ordering {
        let start = |item: &Self::Item| item.facts.dates.start();
        start(right).cmp(&start(left)).then(left.id.cmp(&right.id))
    }
}
