//! An endpoint: where an organization wants to hear of events, and of which.
//!
//! Its secrets are no part of it. Whoever lists endpoints should not hold them, not even encrypted.

mod event_types;
mod url;

use org_kernel::choices;
use org_kernel::id::{EndpointId, OrgId};
use org_kernel::instant::Instant;
use org_kernel::text::Prose;

pub use event_types::EventTypes;
pub use url::EndpointUrl;

/// What people say of an endpoint.
pub type Description = Prose<500>;

choices! {
    /// Why the server disabled an endpoint by itself.
    pub enum DisabledBecause {
        /// It answered 410: it wants to hear of nothing any more.
        Gone = "GONE",
        /// It has failed for days.
        Failing = "FAILING",
    }
}

/// An endpoint as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoint {
    /// Its id.
    pub id: EndpointId,
    /// The organization whose events it hears of.
    pub org: OrgId,
    /// Where deliveries go.
    pub url: EndpointUrl,
    /// What people say of it.
    pub description: Option<Description>,
    /// The events that it hears of.
    pub event_types: EventTypes,
    /// Whether it hears of anything at all.
    pub enabled: bool,
    /// Why the server disabled it by itself; none while it is enabled, and when people disabled it.
    pub disabled_because: Option<DisabledBecause>,
    /// When an attempt failed first since the last success; none when the last one succeeded. It is
    /// noted with each attempt, and is no change of the endpoint.
    pub failing_since: Option<Instant>,
    /// When it was made.
    pub created_at: Instant,
    /// When it was last changed, enabled or disabled; a rotation of its secret does not count.
    pub updated_at: Instant,
}
