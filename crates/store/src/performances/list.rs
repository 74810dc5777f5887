//! The list of performances.

use diesel::prelude::*;
use org_domain::history::{Performance, PerformanceQuery};
use org_domain::query::Lists;
use org_domain::record::Record;
use org_kernel::StoreError;
use org_kernel::id::OrgId;
use org_kernel::page::{Page, PageRequest};

use super::row::PerformanceRow;
use crate::conditions::Search;
use crate::listing::{Counted, Listed, remembered, run_page};
use crate::pg::Pg;
use crate::schema::performances::{self, dsl};

impl Lists<PerformanceQuery> for Pg {
    fn list(
        &self,
        org: OrgId,
        query: &PerformanceQuery,
        page: PageRequest,
    ) -> Result<Page<Record<Performance>>, StoreError> {
        let search = Search::new(
            query.words.as_ref(),
            [
                ("composer_folded", query.composer.as_ref()),
                ("conductor_folded", query.conductor.as_ref()),
            ],
        );
        let listed = Listed {
            org: org.uuid(),
            table: "performances",
            versioned: true,
            keys: &["date"],
            order: &(dsl::date.desc(), dsl::id),
            backwards: &(dsl::date, dsl::id.desc()),
            rows: &within(org, query),
            search: &search,
        };
        let run = run_page!(listed, PerformanceRow);
        self.read(|conn| {
            let counted = (self.totals(), org, Counted::Performances(query.clone()));
            remembered(conn, counted, page, !search.is_empty(), run)
        })
    }
}

/// The performances of the days that are asked for.
fn within(org: OrgId, query: &PerformanceQuery) -> performances::BoxedQuery<'_, diesel::pg::Pg> {
    let mut within = dsl::performances
        .filter(dsl::org_id.eq(org.uuid()))
        .into_boxed();
    if let Some(from) = query.from {
        within = within.filter(dsl::date.ge(from));
    }
    if let Some(to) = query.to {
        within = within.filter(dsl::date.le(to));
    }
    within
}
