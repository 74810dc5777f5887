//! A row of `checklist_items`.

use diesel::prelude::*;
use org_domain::checklist::ChecklistItem;
use org_domain::record::Record;
use org_kernel::id::Id;
use org_kernel::instant::Instant;
use org_kernel::text::Text;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::columns::{self, Row};
use crate::schema::checklist_items;

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
