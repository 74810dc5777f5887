//! Which reports, in which order.

use std::cmp::Ordering;

use super::Report;
use crate::query::{Query, missing_last};
use crate::record::Record;

/// All reports; the latest made first, those not made yet last, then by id.
#[derive(Clone, Copy, Debug, Default)]
pub struct ReportQuery;

impl Query for ReportQuery {
    type Item = Record<Report>;

    fn matches(&self, _: &Self::Item) -> bool {
        true
    }

    fn order(left: &Self::Item, right: &Self::Item) -> Ordering {
        let made = |item: &Self::Item| item.facts.generated_at.map(std::cmp::Reverse);
        missing_last(made(left).as_ref(), made(right).as_ref()).then(left.id.cmp(&right.id))
    }
}
