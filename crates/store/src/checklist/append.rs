//! How items find their places.
//!
//! Whoever appends waits for whoever appends to the same list. It waits for a lock of its own, and not
//! for the production's row: an import holds that for as long as it takes.

use diesel::dsl::{exists, max};
use diesel::prelude::*;
use diesel::result::Error;
use org_domain::checklist::ChecklistTx;
use org_domain::productions::ProductionPlan;
use org_kernel::StoreError;
use org_kernel::id::{ChecklistItemId, OrgId, ProductionId};

use crate::advisory;
use crate::error::failure;
use crate::schema::checklist_items;
use crate::writes::{Held, Writing};

impl ChecklistTx for Writing<'_> {
    fn next_position(&mut self, production: ProductionId) -> Result<Option<i32>, StoreError> {
        next_position(self.conn, self.org, production).map_err(failure)
    }

    fn has_item(
        &mut self,
        production: ProductionId,
        item: ChecklistItemId,
    ) -> Result<bool, StoreError> {
        let item = checklist_items::table
            .find((self.org.uuid(), item.uuid()))
            .filter(checklist_items::production_id.eq(production.uuid()));
        let found = diesel::select(exists(item)).get_result(self.conn);
        found.map_err(failure)
    }
}

fn next_position(
    conn: &mut PgConnection,
    org: OrgId,
    production: ProductionId,
) -> QueryResult<Option<i32>> {
    if !ProductionPlan::is_held(conn, org, production)? {
        return Ok(None);
    }
    advisory::wait_to_append(conn, production)?;
    let last: Option<i32> = checklist_items::table
        .filter(checklist_items::org_id.eq(org.uuid()))
        .filter(checklist_items::production_id.eq(production.uuid()))
        .select(max(checklist_items::position))
        .get_result(conn)?;
    let next = last.unwrap_or(0).checked_add(1);
    next.map(Some)
        .ok_or_else(|| Error::SerializationError("the list has no further position".into()))
}
