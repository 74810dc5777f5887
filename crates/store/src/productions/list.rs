//! The list of productions.

use diesel::expression::{AppearsOnTable, Expression, ValidGrouping, is_aggregate};
use diesel::prelude::*;
use diesel::query_builder::{AstPass, QueryFragment, QueryId};
use diesel::sql_types::Bool;
use org_domain::productions::{Production, ProductionQuery, ProductionStatus};
use org_domain::query::Lists;
use org_domain::record::Record;
use org_kernel::StoreError;
use org_kernel::id::OrgId;
use org_kernel::page::{Page, PageRequest};

use super::row::ProductionRow;
use crate::conditions::Search;
use crate::listing::{Counted, Listed, remembered, run_page};
use crate::pg::Pg;
use crate::schema::productions::{self, dsl};

impl Lists<ProductionQuery> for Pg {
    fn list(
        &self,
        org: OrgId,
        query: &ProductionQuery,
        page: PageRequest,
    ) -> Result<Page<Record<Production>>, StoreError> {
        let search = Search::new(query.words.as_ref(), []);
        let listed = Listed {
            org: org.uuid(),
            table: "productions",
            versioned: true,
            keys: &["start_date"],
            order: &(dsl::start_date.desc(), dsl::id),
            backwards: &(dsl::start_date, dsl::id.desc()),
            rows: &of_status(org, query),
            search: &search,
        };
        let run = run_page!(listed, ProductionRow);
        self.read(|conn| {
            let counted = (self.totals(), org, Counted::Productions(query.clone()));
            remembered(conn, counted, page, !search.is_empty(), run)
        })
    }
}

fn of_status(org: OrgId, query: &ProductionQuery) -> productions::BoxedQuery<'_, diesel::pg::Pg> {
    let all = dsl::productions
        .filter(dsl::org_id.eq(org.uuid()))
        .into_boxed();
    match query.status {
        Some(status) => all.filter(Is(status)),
        None => all,
    }
}

/// Whether a production has this status, which stands in the statement itself. So each status has a plan of
/// its own: of one there may be a handful among all that have another.
#[derive(Clone, Copy, Debug)]
struct Is(ProductionStatus);

impl Expression for Is {
    type SqlType = Bool;
}

impl AppearsOnTable<productions::table> for Is {}

impl ValidGrouping<()> for Is {
    type IsAggregate = is_aggregate::No;
}

impl QueryId for Is {
    type QueryId = ();

    const HAS_STATIC_QUERY_ID: bool = false;
}

impl QueryFragment<diesel::pg::Pg> for Is {
    fn walk_ast<'b>(&'b self, mut pass: AstPass<'_, 'b, diesel::pg::Pg>) -> QueryResult<()> {
        dsl::status.walk_ast(pass.reborrow())?;
        pass.push_sql(" = '");
        pass.push_sql(self.0.as_str());
        pass.push_sql("'");
        Ok(())
    }
}
