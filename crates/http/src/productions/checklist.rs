//! The checklist of a production.

use org_domain::{Record, checklist as domain};
use serde::Serialize;
use utoipa::ToSchema;

use crate::wire::{ChecklistItemId, Instant, ProductionId};

/// One thing to do for a production.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ChecklistItem {
    id: ChecklistItemId,
    production_id: ProductionId,
    /// What is to do.
    label: String,
    done: bool,
    /// When it was done.
    done_at: Option<Instant>,
    /// Its place in the list, from 1.
    position: i32,
    created_at: Instant,
    updated_at: Instant,
}

impl From<Record<domain::ChecklistItem>> for ChecklistItem {
    fn from(record: Record<domain::ChecklistItem>) -> Self {
        let facts = record.facts;
        Self {
            id: record.id.into(),
            production_id: facts.production_id.into(),
            label: facts.label.into_string(),
            done: facts.done_at.is_some(),
            done_at: facts.done_at.map(Into::into),
            position: facts.position,
            created_at: record.created_at.into(),
            updated_at: record.updated_at.into(),
        }
    }
}

impl ChecklistItem {
    /// A thing to do for examples.
    pub(super) fn example() -> Self {
        Self {
            id: ChecklistItemId::example(),
            production_id: ProductionId::example(),
            label: "Order the parts".to_owned(),
            done: true,
            done_at: Some(Instant::example("2025-11-20T16:45:12.250Z")),
            position: 1,
            created_at: Instant::example("2025-08-01T09:00:00Z"),
            updated_at: Instant::example("2025-11-20T16:45:12.250Z"),
        }
    }
}
