//! How often works were played, and when first and last.
//!
//! Counted for the works of one page alone, from an index that holds nothing else.

use std::collections::HashMap;

use diesel::dsl::{count_star, max, min};
use diesel::prelude::*;
use org_domain::record::Record;
use org_domain::repertoire::{PerformanceFigures, Work, WorkEntry};
use org_kernel::id::OrgId;
use org_kernel::page::Page;
use time::Date;
use uuid::Uuid;

use crate::error::corrupt;
use crate::schema::performances::dsl;

/// The works with their figures.
pub(super) fn beside(
    conn: &mut PgConnection,
    org: OrgId,
    works: Page<Record<Work>>,
) -> QueryResult<Page<WorkEntry>> {
    let ids = works.items.iter().map(|work| work.id.uuid()).collect();
    let mut figures = count(conn, org, ids)?;
    let entry = |work: Record<Work>| WorkEntry {
        figures: figures.remove(&work.id.uuid()).unwrap_or_default(),
        work,
    };
    Ok(Page {
        items: works.items.into_iter().map(entry).collect(),
        request: works.request,
        total: works.total,
    })
}

/// The figures of those of the works that were played at all.
fn count(
    conn: &mut PgConnection,
    org: OrgId,
    works: Vec<Uuid>,
) -> QueryResult<HashMap<Uuid, PerformanceFigures>> {
    let counted = dsl::performances
        .filter(dsl::org_id.eq(org.uuid()))
        .filter(dsl::work_id.eq_any(works))
        .group_by(dsl::work_id)
        .select((
            dsl::work_id.assume_not_null(),
            count_star(),
            min(dsl::date),
            max(dsl::date),
        ))
        .load::<(Uuid, i64, Option<Date>, Option<Date>)>(conn)?;
    let figures = |(work, count, first_on, last_on)| {
        let count = u64::try_from(count).map_err(corrupt)?;
        Ok((
            work,
            PerformanceFigures {
                count,
                first_on,
                last_on,
            },
        ))
    };
    counted.into_iter().map(figures).collect()
}
