//! Productions with their programmes, which are replaced as a whole.

use std::collections::HashMap;

use diesel::prelude::*;
use org_domain::productions::{Production, ProductionPlan, ProgrammeItem};
use org_domain::record::Record;
use org_kernel::id::OrgId;
use uuid::Uuid;

use super::programme::{NewProgrammeItem, ProgrammeItemRow};
use crate::columns::Row;
use crate::import::{any_of, copy_in};
use crate::schema::programme_items;

/// Productions with their programmes, in the order in which they are given.
pub(super) fn with_programmes(
    conn: &mut PgConnection,
    org: OrgId,
    productions: Vec<Record<Production>>,
) -> QueryResult<Vec<Record<ProductionPlan>>> {
    let ids: Vec<_> = productions.iter().map(|one| one.id.uuid()).collect();
    let mut programmes = programmes(conn, org, ids)?;
    let plan = |production: Record<Production>| {
        let programme = programmes.remove(&production.id.uuid()).unwrap_or_default();
        with_programme(production, programme)
    };
    Ok(productions.into_iter().map(plan).collect())
}

fn with_programme(
    record: Record<Production>,
    programme: Vec<ProgrammeItem>,
) -> Record<ProductionPlan> {
    Record {
        id: record.id,
        facts: ProductionPlan {
            production: record.facts,
            programme,
        },
        created_at: record.created_at,
        updated_at: record.updated_at,
    }
}

/// The programmes of productions, each in order.
fn programmes(
    conn: &mut PgConnection,
    org: OrgId,
    productions: Vec<Uuid>,
) -> QueryResult<HashMap<Uuid, Vec<ProgrammeItem>>> {
    let rows: Vec<(Uuid, ProgrammeItemRow)> = programme_items::table
        .filter(programme_items::org_id.eq(org.uuid()))
        .filter(programme_items::production_id.eq(any_of(productions)))
        .order((programme_items::production_id, programme_items::position))
        .select((
            programme_items::production_id,
            ProgrammeItemRow::as_select(),
        ))
        .load(conn)?;
    let mut programmes: HashMap<_, Vec<_>> = HashMap::new();
    for (production, row) in rows {
        programmes
            .entry(production)
            .or_default()
            .push(row.into_item()?);
    }
    Ok(programmes)
}

/// Replaces the programmes of stored productions.
pub(super) fn replace_programmes(
    conn: &mut PgConnection,
    org: OrgId,
    records: &[Record<ProductionPlan>],
) -> QueryResult<()> {
    let ids: Vec<_> = records.iter().map(|record| record.id.uuid()).collect();
    let of_them = programme_items::table
        .filter(programme_items::org_id.eq(org.uuid()))
        .filter(programme_items::production_id.eq(any_of(ids)));
    diesel::delete(of_them).execute(conn)?;
    insert_programmes(conn, org, records)
}

/// Stores the programmes of new productions.
pub(super) fn insert_programmes<'a>(
    conn: &mut PgConnection,
    org: OrgId,
    records: impl IntoIterator<Item = &'a Record<ProductionPlan>>,
) -> QueryResult<()> {
    let mut rows = Vec::new();
    for record in records {
        for (position, item) in (1..).zip(&record.facts.programme) {
            rows.push(NewProgrammeItem::of(org, record.id, position, item));
        }
    }
    copy_in!(conn, programme_items, rows)
}
