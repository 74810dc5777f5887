//! Which resources, in which order.

use std::cmp::Ordering;

use org_kernel::text::fold;

use super::Resource;
use crate::query::Query;
use crate::record::Record;

/// All resources; by name, then id.
#[derive(Clone, Copy, Debug, Default)]
pub struct ResourceQuery;

impl Query for ResourceQuery {
    type Item = Record<Resource>;

    fn matches(&self, _: &Self::Item) -> bool {
        true
    }

    fn order(left: &Self::Item, right: &Self::Item) -> Ordering {
        let name = |item: &Self::Item| fold(item.facts.name.as_str());
        name(left).cmp(&name(right)).then(left.id.cmp(&right.id))
    }
}
