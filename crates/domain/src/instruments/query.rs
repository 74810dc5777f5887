//! Which instruments, in which order.

use std::cmp::Ordering;

use org_kernel::text::fold;

use super::Instrument;
use crate::query::Query;
use crate::record::Record;

/// All instruments; by name, then id.
#[derive(Clone, Copy, Debug, Default)]
pub struct InstrumentQuery;

impl Query for InstrumentQuery {
    type Item = Record<Instrument>;

    fn matches(&self, _: &Self::Item) -> bool {
        true
    }

    fn order(left: &Self::Item, right: &Self::Item) -> Ordering {
        let name = |item: &Self::Item| fold(item.facts.name.as_str());
        name(left).cmp(&name(right)).then(left.id.cmp(&right.id))
    }
}
