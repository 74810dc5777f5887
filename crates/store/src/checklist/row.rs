//! A row of `checklist_items`.

use diesel::prelude::*;
use org_domain::checklist::ChecklistItem;
use org_domain::record::Record;
use org_kernel::id::{Id, OrgId};
use org_kernel::instant::Instant;
use org_kernel::text::Text;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::columns::{self, Row};
use crate::schema::checklist_items;
use crate::writes::keep;

#[derive(Queryable, Selectable)]
#[diesel(table_name = checklist_items)]
pub(crate) struct ChecklistItemRow {
    id: Uuid,
    production_id: Uuid,
    label: String,
    done_at: Option<OffsetDateTime>,
    position: i32,
    created_at: OffsetDateTime,
    updated_at: OffsetDateTime,
}

impl Row for ChecklistItemRow {
    type Item = Record<ChecklistItem>;

    fn into_item(self) -> QueryResult<Self::Item> {
        let facts = ChecklistItem {
            production_id: Id::new(self.production_id),
            label: Text::stored(self.label),
            done_at: self.done_at.map(Instant::from),
            position: self.position,
        };
        Ok(columns::record(
            self.id,
            facts,
            self.created_at,
            self.updated_at,
        ))
    }
}

#[derive(Insertable)]
#[diesel(table_name = checklist_items, treat_none_as_default_value = false)]
struct NewChecklistItem<'a> {
    org_id: Uuid,
    id: Uuid,
    production_id: Uuid,
    label: &'a str,
    done_at: Option<OffsetDateTime>,
    position: i32,
    created_at: OffsetDateTime,
    updated_at: OffsetDateTime,
}

impl<'a> NewChecklistItem<'a> {
    fn of(org: OrgId, record: &'a Record<ChecklistItem>) -> Self {
        let facts = &record.facts;
        Self {
            org_id: org.uuid(),
            id: record.id.uuid(),
            production_id: facts.production_id.uuid(),
            label: facts.label.as_str(),
            done_at: facts.done_at.map(Instant::to_utc),
            position: facts.position,
            created_at: record.created_at.to_utc(),
            updated_at: record.updated_at.to_utc(),
        }
    }
}

keep!(
    ChecklistItem,
    checklist_items,
    ChecklistItemRow,
    |org, record| NewChecklistItem::of(org, record),
    [production_id, label, done_at, position]
);
