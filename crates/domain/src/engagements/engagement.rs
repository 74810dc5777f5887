//! What is known of an engagement.

use org_kernel::id::{ContactId, ProductionId, kind};
use org_kernel::text::Line;

use super::EngagementStatus;
use crate::record::Facts;

/// One guest in one production. What is paid is not known here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Engagement {
    /// The production.
    pub production_id: ProductionId,
    /// The guest, in the address book.
    pub contact_id: ContactId,
    /// As what: `Soloist (violin)`.
    pub role: Line<120>,
    /// How far it has come.
    pub status: EngagementStatus,
}

impl Facts for Engagement {
    type Kind = kind::Engagement;
}
