//! One production with all that belongs to it, as of one instant.

use diesel::prelude::*;
use org_domain::library::Library;
use org_domain::productions::ProductionDetail;
use org_kernel::StoreError;
use org_kernel::id::{OrgId, ProductionId};

use super::programme::ProgrammeItemRow;
use super::row::ProductionRow;
use crate::checklist::ChecklistItemRow;
use crate::columns::{Row, items};
use crate::pg::Pg;
use crate::schema::{checklist_items, productions, programme_items, services};
use crate::services::ServiceRow;

impl Library for Pg {
    fn production(
        &self,
        org: OrgId,
        id: ProductionId,
    ) -> Result<Option<ProductionDetail>, StoreError> {
        self.read_at_one_instant(|conn| detail(conn, org, id))
    }
}

fn detail(
    conn: &mut PgConnection,
    org: OrgId,
    id: ProductionId,
) -> QueryResult<Option<ProductionDetail>> {
    let (org, id) = (org.uuid(), id.uuid());
    let production = productions::table
        .find((org, id))
        .select(ProductionRow::as_select())
        .first(conn)
        .optional()?;
    let Some(production) = production else {
        return Ok(None);
    };
    let services = services::table
        .filter(services::org_id.eq(org))
        .filter(services::production_id.eq(id))
        .order((services::start_at, services::id))
        .select(ServiceRow::as_select())
        .load(conn)?;
    let programme = programme_items::table
        .filter(programme_items::org_id.eq(org))
        .filter(programme_items::production_id.eq(id))
        .order(programme_items::position)
        .select(ProgrammeItemRow::as_select())
        .load(conn)?;
    let checklist = checklist_items::table
        .filter(checklist_items::org_id.eq(org))
        .filter(checklist_items::production_id.eq(id))
        .order(checklist_items::position)
        .select(ChecklistItemRow::as_select())
        .load(conn)?;
    Ok(Some(ProductionDetail {
        production: production.into_item()?,
        services: items(services)?,
        programme: items(programme)?,
        checklist: items(checklist)?,
    }))
}
