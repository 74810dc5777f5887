//! Which works, in which order.

use std::cmp::Ordering;

use org_kernel::text::fold;

use super::WorkEntry;
use crate::query::{Query, Words};

/// Works by words and composer; by composer, title, then id.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct WorkQuery {
    /// Only with these words in title, nickname, composer or catalogue number.
    pub words: Option<Words>,
    /// Only with these words in the composer's name.
    pub composer: Option<Words>,
}

impl Query for WorkQuery {
    type Item = WorkEntry;

    fn matches(&self, item: &Self::Item) -> bool {
        let work = &item.work.facts;
        self.words
            .as_ref()
            .is_none_or(|words| words.occur_in(&work.search_text()))
            && self
                .composer
                .as_ref()
                .is_none_or(|words| words.occur_in(&fold(work.composer.as_str())))
    }

    fn order(left: &Self::Item, right: &Self::Item) -> Ordering {
        let key = |item: &Self::Item| {
            let work = &item.work.facts;
            (
                fold(work.composer.as_str()),
                fold(work.title.as_str()),
                item.work.id,
            )
        };
        key(left).cmp(&key(right))
    }
}
