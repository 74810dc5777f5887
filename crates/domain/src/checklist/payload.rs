//! The event `checklist_item.completed`.

use org_kernel::id::{ChecklistItemId, ProductionId};
use org_kernel::instant::Instant;
use serde::Serialize;

use super::ChecklistItem;
use crate::events::event;
use crate::record::Record;

/// An item of a checklist as the API shows it.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ChecklistItemPayload<'a> {
    id: ChecklistItemId,
    production_id: ProductionId,
    label: &'a str,
    done: bool,
    done_at: Option<Instant>,
    position: i32,
    created_at: Instant,
    updated_at: Instant,
}

impl<'a> From<&'a Record<ChecklistItem>> for ChecklistItemPayload<'a> {
    fn from(record: &'a Record<ChecklistItem>) -> Self {
        let facts = &record.facts;
        Self {
            id: record.id,
            production_id: facts.production_id,
            label: facts.label.as_ref(),
            done: facts.done_at.is_some(),
            done_at: facts.done_at,
            position: facts.position,
            created_at: record.created_at,
            updated_at: record.updated_at,
        }
    }
}

event! {
    /// Something that was left to do is done.
    ChecklistItemCompleted(ChecklistItemPayload) = "checklist_item.completed"
}
