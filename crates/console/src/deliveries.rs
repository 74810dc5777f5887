//! The delivery log: what was sent, or is to be, and what came of each attempt.

mod detail;
mod filter;
pub(crate) mod list;
pub(crate) mod page;
pub(crate) mod resend;
mod row;
mod snippets;
#[cfg(test)]
mod tests;
pub(crate) mod verify;

use org_kernel::id::{DeliveryId, OrgId};
use org_webhooks::delivery_log::{DeliveryQuery, Order};

pub(crate) use row::{Row, Shown};

/// How many deliveries a page of the log has.
const PAGE: u32 = 50;

/// Where a delivery's page is.
pub(crate) fn path(id: DeliveryId) -> String {
    format!("/settings/deliveries/{id}")
}

/// All deliveries of an organization, as many as a page has.
pub(crate) const fn all_of(org: OrgId) -> DeliveryQuery {
    DeliveryQuery {
        org,
        endpoint: None,
        status: None,
        event_type: None,
        from: None,
        until: None,
        order: Order::NewestFirst,
        after: None,
        limit: PAGE,
    }
}
