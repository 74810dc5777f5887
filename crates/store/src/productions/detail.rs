//! One production with all that belongs to it, as of one instant: in one statement.

use diesel::pg::Pg as Postgres;
use diesel::prelude::*;
use org_domain::library::Library;
use org_domain::productions::ProductionDetail;
use org_kernel::StoreError;
use org_kernel::id::{OrgId, ProductionId};

use super::programme::ProgrammeItemRow;
use super::row::ProductionRow;
use crate::checklist::ChecklistItemRow;
use crate::columns::{Gathered, Part, Row, items};
use crate::pg::Pg;
use crate::schema::{checklist_items, productions, programme_items, services};
use crate::services::ServiceRow;

impl Library for Pg {
    fn production(
        &self,
        org: OrgId,
        id: ProductionId,
    ) -> Result<Option<ProductionDetail>, StoreError> {
        self.read(|conn| detail(conn, org, id))
    }
}

/// A production and its parts.
type Detail = (
    ProductionRow,
    Vec<Part<ServiceRow>>,
    Vec<Part<ProgrammeItemRow>>,
    Vec<Part<ChecklistItemRow>>,
);

fn detail(
    conn: &mut PgConnection,
    org: OrgId,
    id: ProductionId,
) -> QueryResult<Option<ProductionDetail>> {
    let (org, id) = (org.uuid(), id.uuid());
    let services = services::table
        .filter(services::org_id.eq(org))
        .filter(services::production_id.eq(id))
        .order((services::start_at, services::id))
        .select(<ServiceRow as Selectable<Postgres>>::construct_selection());
    let programme = programme_items::table
        .filter(programme_items::org_id.eq(org))
        .filter(programme_items::production_id.eq(id))
        .order(programme_items::position)
        .select(<ProgrammeItemRow as Selectable<Postgres>>::construct_selection());
    let checklist = checklist_items::table
        .filter(checklist_items::org_id.eq(org))
        .filter(checklist_items::production_id.eq(id))
        .order(checklist_items::position)
        .select(<ChecklistItemRow as Selectable<Postgres>>::construct_selection());
    let found: Option<Detail> = productions::table
        .find((org, id))
        .select((
            ProductionRow::as_select(),
            Gathered(services),
            Gathered(programme),
            Gathered(checklist),
        ))
        .get_result(conn)
        .optional()?;
    found.map(whole).transpose()
}

fn whole((production, services, programme, checklist): Detail) -> QueryResult<ProductionDetail> {
    Ok(ProductionDetail {
        production: production.into_item()?,
        services: items(services)?,
        programme: items(programme)?,
        checklist: items(checklist)?,
    })
}
