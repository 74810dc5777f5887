//! A row of `programme_items`.

use diesel::prelude::*;
use org_domain::productions::{ProgrammeItem, ProgrammeItemKind};
use org_kernel::id::{Id, OrgId, ProductionId};
use org_kernel::text::{Line, Prose, Text};
use uuid::Uuid;

use crate::columns::{Choice, Row, SoloistValues, soloist_values, soloists};
use crate::schema::programme_items;

#[derive(Queryable, Selectable)]
#[diesel(table_name = programme_items)]
pub(super) struct ProgrammeItemRow {
    kind: Choice<ProgrammeItemKind>,
    work_id: Option<Uuid>,
    title: String,
    composer: Option<String>,
    conductor: Option<String>,
    soloists: SoloistValues<'static>,
    duration_minutes: Option<i32>,
    notes: Option<String>,
}

impl Row for ProgrammeItemRow {
    type Item = ProgrammeItem;

    fn into_item(self) -> QueryResult<Self::Item> {
        Ok(ProgrammeItem {
            kind: self.kind.0,
            work_id: self.work_id.map(Id::new),
            title: Text::stored(self.title),
            composer: self.composer.map(Text::stored),
            conductor: self.conductor.map(Text::stored),
            soloists: soloists(self.soloists),
            duration_minutes: self.duration_minutes,
            notes: self.notes.map(Text::stored),
        })
    }
}

#[derive(Insertable)]
#[diesel(table_name = programme_items, treat_none_as_default_value = false)]
pub(super) struct NewProgrammeItem<'a> {
    org_id: Uuid,
    production_id: Uuid,
    position: i32,
    kind: &'static str,
    work_id: Option<Uuid>,
    title: &'a str,
    composer: Option<&'a str>,
    conductor: Option<&'a str>,
    soloists: SoloistValues<'a>,
    duration_minutes: Option<i32>,
    notes: Option<&'a str>,
}

impl<'a> NewProgrammeItem<'a> {
    pub(super) fn of(
        org: OrgId,
        production: ProductionId,
        position: i32,
        item: &'a ProgrammeItem,
    ) -> Self {
        Self {
            org_id: org.uuid(),
            production_id: production.uuid(),
            position,
            kind: item.kind.as_str(),
            work_id: item.work_id.map(Id::uuid),
            title: item.title.as_str(),
            composer: item.composer.as_ref().map(Line::as_str),
            conductor: item.conductor.as_ref().map(Line::as_str),
            soloists: soloist_values(&item.soloists),
            duration_minutes: item.duration_minutes,
            notes: item.notes.as_ref().map(Prose::as_str),
        }
    }
}
