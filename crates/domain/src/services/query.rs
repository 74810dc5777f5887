//! Which services, in which order.

use std::cmp::Ordering;

use org_kernel::id::ProductionId;

use super::{Service, Window};
use crate::query::Query;
use crate::record::Record;

/// Services by production and time; by start, then by id.
#[derive(Clone, Copy, Debug, Default)]
pub struct ServiceQuery {
    /// Only of this production.
    pub production: Option<ProductionId>,
    /// Only those that overlap this window.
    pub window: Window,
}

impl Query for ServiceQuery {
    type Item = Record<Service>;

    fn matches(&self, item: &Self::Item) -> bool {
        self.production
            .is_none_or(|production| item.facts.production_id == production)
            && self.window.overlaps(item.facts.time)
    }

    fn order(left: &Self::Item, right: &Self::Item) -> Ordering {
        let start = |item: &Self::Item| item.facts.time.start();
        start(left).cmp(&start(right)).then(left.id.cmp(&right.id))
    }
}
