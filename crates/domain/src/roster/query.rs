//! Which members, in which order.

use std::cmp::Ordering;

use org_kernel::text::fold;

use super::Member;
use crate::query::{Query, Words, missing_last};
use crate::record::Record;

/// Members by words; by section in score order, chair, name, then id.
#[derive(Clone, Debug, Default)]
pub struct MemberQuery {
    /// Only with these words in name, section or instrument.
    pub words: Option<Words>,
}

impl Query for MemberQuery {
    type Item = Record<Member>;

    fn matches(&self, item: &Self::Item) -> bool {
        self.words
            .as_ref()
            .is_none_or(|words| words.occur_in(&item.facts.search_text()))
    }

    fn order(left: &Self::Item, right: &Self::Item) -> Ordering {
        let (one, other) = (&left.facts, &right.facts);
        missing_last(one.section.as_ref(), other.section.as_ref())
            .then(missing_last(one.chair.as_ref(), other.chair.as_ref()))
            .then_with(|| fold(one.name.as_str()).cmp(&fold(other.name.as_str())))
            .then(left.id.cmp(&right.id))
    }
}
