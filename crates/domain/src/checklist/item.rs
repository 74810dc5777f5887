//! What is known of an item of a checklist.

use org_kernel::id::{ProductionId, kind};
use org_kernel::instant::Instant;
use org_kernel::text::Line;

use crate::record::Facts;

/// One thing to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChecklistItem {
    /// The production it is for.
    pub production_id: ProductionId,
    /// What is to do.
    pub label: Line<200>,
    /// When it was done; not yet when `None`.
    pub done_at: Option<Instant>,
    /// Its place in the list, from 1.
    pub position: i32,
}

impl Facts for ChecklistItem {
    type Kind = kind::ChecklistItem;
}
