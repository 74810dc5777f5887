//! Which performances, in which order.

use std::cmp::Ordering;

use org_kernel::text::{Line, fold};
use time::Date;

use super::Performance;
use crate::query::{Query, Words};
use crate::record::Record;

/// Performances by words, composer, conductor and days; the latest first, then by id.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct PerformanceQuery {
    /// Only with these words in title, composer, conductor, soloists or venue.
    pub words: Option<Words>,
    /// Only with these words in the composer's name.
    pub composer: Option<Words>,
    /// Only with these words in the conductor's name.
    pub conductor: Option<Words>,
    /// Only on this day or later.
    pub from: Option<Date>,
    /// Only on this day or earlier.
    pub to: Option<Date>,
}

impl Query for PerformanceQuery {
    type Item = Record<Performance>;

    fn matches(&self, item: &Self::Item) -> bool {
        let facts = &item.facts;
        let conductor = facts.conductor.as_ref().map(Line::as_str).map(fold);
        let conducted = |words: &Words| conductor.as_ref().is_some_and(|name| words.occur_in(name));
        self.words
            .as_ref()
            .is_none_or(|words| words.occur_in(&facts.search_text()))
            && self
                .composer
                .as_ref()
                .is_none_or(|words| words.occur_in(&fold(facts.composer.as_str())))
            && self.conductor.as_ref().is_none_or(conducted)
            && self.from.is_none_or(|from| facts.date >= from)
            && self.to.is_none_or(|to| facts.date <= to)
    }

    fn order(left: &Self::Item, right: &Self::Item) -> Ordering {
        right
            .facts
            .date
            .cmp(&left.facts.date)
            .then(left.id.cmp(&right.id))
    }
}
