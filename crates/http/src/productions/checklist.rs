//! The checklist of a production: how it is answered, and written.

mod append;
mod form;
mod mark;

pub(crate) use append::{APPEND, append};
pub(crate) use mark::{MARK, mark};

use org_domain::{Record, checklist as domain};
use serde::Serialize;
use utoipa::ToSchema;

use crate::answer::{Item, Located};
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

impl Located for ChecklistItem {
    fn path(&self) -> String {
        format!("/productions/{}/checklist/{}", self.production_id, self.id)
    }

    fn made_example() -> Self {
        let done = Self::example();
        Self {
            done: false,
            done_at: None,
            updated_at: done.created_at,
            ..done
        }
    }
}

impl Item for ChecklistItem {
    fn example() -> Self {
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

#[cfg(test)]
mod tests {
    use org_kernel::text::Line;
    use serde_json::json;
    use uuid::Uuid;

    use super::*;

    fn shown(done_at: Option<&str>) -> serde_json::Value {
        let instant = |text: &str| text.parse().expect("an instant");
        let record = Record {
            id: org_kernel::id::ChecklistItemId::new(Uuid::from_u128(1)),
            facts: domain::ChecklistItem {
                production_id: org_kernel::id::ProductionId::new(Uuid::from_u128(2)),
                label: Line::stored("Order the parts".to_owned()),
                done_at: done_at.map(instant),
                position: 3,
            },
            created_at: instant("2026-01-02T03:04:05Z"),
            updated_at: instant("2026-01-02T03:04:06Z"),
        };
        json!(ChecklistItem::from(record))
    }

    #[test]
    fn an_item_is_done_when_it_says_since_when() {
        let open = shown(None);
        assert_eq!(
            (&open["done"], &open["doneAt"]),
            (&json!(false), &json!(null))
        );
        let done = shown(Some("2026-01-02T03:04:06Z"));
        assert_eq!(
            (&done["done"], &done["doneAt"]),
            (&json!(true), &json!("2026-01-02T03:04:06.000Z"))
        );
    }

    #[test]
    fn an_item_has_its_fields_in_order() {
        let item = shown(None);
        let fields: Vec<_> = item.as_object().expect("an object").keys().collect();
        let expected = [
            "id",
            "productionId",
            "label",
            "done",
            "doneAt",
            "position",
            "createdAt",
            "updatedAt",
        ];
        assert_eq!(fields, expected);
    }
}
