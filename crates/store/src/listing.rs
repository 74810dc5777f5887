//! A page of a list, and how long the list is, in one statement.
//!
//! Two statements could see two different lists, and give a page of fifty items out of a total of
//! forty-nine. A window function would count every row by reading all of it. Instead the count is a
//! subquery beside the columns of the page: one snapshot, and each part uses its own index. Only a
//! page without a row has no place for the count, which is then asked for by itself.
//!
//! That is enough for what is never long. Collections that are searched, or grow without a bound, are
//! [`Listed`]: their totals are [remembered](totals), and there are several [ways](way) to a page.

mod pages;
mod statement;
#[cfg(test)]
mod tests;
mod totals;
mod way;

use diesel::expression::{
    AppearsOnTable, Expression, SelectableExpression, ValidGrouping, is_aggregate,
};
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::query_builder::{AstPass, QueryFragment, QueryId};
use diesel::sql_types::BigInt;
use org_kernel::page::{Page, PageRequest};

use crate::columns::{Row, items};
use crate::error::corrupt;

/// The answer of a query that counts, as a column of another query.
///
/// It stands by itself: nothing in it refers to the query around it.
#[derive(Clone, Debug, QueryId)]
pub(crate) struct Total<Q>(pub(crate) Q);

impl<Q> Expression for Total<Q> {
    type SqlType = BigInt;
}

impl<Q, Source> AppearsOnTable<Source> for Total<Q> {}

impl<Q, Source> SelectableExpression<Source> for Total<Q> {}

impl<Q, Grouping> ValidGrouping<Grouping> for Total<Q> {
    type IsAggregate = is_aggregate::Never;
}

impl<Q: QueryFragment<Pg>> QueryFragment<Pg> for Total<Q> {
    fn walk_ast<'b>(&'b self, mut pass: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        pass.push_sql("(");
        self.0.walk_ast(pass.reborrow())?;
        pass.push_sql(")");
        Ok(())
    }
}

/// The bounds of a page as SQL counts them.
pub(crate) fn bounds(page: PageRequest) -> QueryResult<(i64, i64)> {
    let offset = i64::try_from(page.offset()).map_err(corrupt)?;
    Ok((page.limit().into(), offset))
}

/// The page of `rows`, each of which bears the total; `count` is asked when there is none.
pub(crate) fn counted<R: Row>(
    request: PageRequest,
    rows: Vec<(R, i64)>,
    count: impl FnOnce() -> QueryResult<i64>,
) -> QueryResult<Page<R::Item>> {
    let total = match rows.first() {
        Some((_, total)) => *total,
        None if request.offset() == 0 => 0,
        None => count()?,
    };
    Ok(Page {
        items: items(rows.into_iter().map(|(row, _)| row))?,
        request,
        total: u64::try_from(total).map_err(corrupt)?,
    })
}

/// Lists one page of a filtered, boxed query.
macro_rules! list_page {
    ($conn:expr, $page:expr, $filtered:expr, $row:ty, order by $order:expr) => {{
        let filtered = $filtered;
        let (limit, offset) = $crate::listing::bounds($page)?;
        let count = || filtered().select(::diesel::dsl::count_star());
        let rows = filtered()
            .select((<$row>::as_select(), $crate::listing::Total(count())))
            .order($order)
            .limit(limit)
            .offset(offset)
            .load::<($row, i64)>($conn)?;
        $crate::listing::counted($page, rows, || count().get_result($conn))
    }};
}

pub(crate) use list_page;
pub(crate) use pages::{Given, counted as counted_page, remembered, run_page};
pub(crate) use statement::Listed;
pub use totals::TotalsFigures;
pub(crate) use totals::{Counted, Totals};
