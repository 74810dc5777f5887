//! The rows of another query, as one column.
//!
//! A thing is read with all that belongs to it in one statement, of one snapshot, and in one round trip.
//! The rows come as records, which are read as rows are, column by column: no JSON is made or parsed.

use diesel::deserialize::{self, FromSql};
use diesel::expression::{
    AppearsOnTable, Expression, SelectableExpression, ValidGrouping, is_aggregate,
};
use diesel::pg::{Pg, PgValue};
use diesel::prelude::*;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::sql_types::{Array, Record, SqlType};

use super::Row;

/// All rows of a query, in its order. It stands by itself: nothing in it refers to the query around it.
#[derive(Clone, Copy, Debug, QueryId)]
pub(crate) struct Gathered<Q>(pub(crate) Q);

impl<Q: Query<SqlType: 'static>> Expression for Gathered<Q>
where
    Array<Record<Q::SqlType>>: SqlType + diesel::expression::TypedExpressionType,
{
    type SqlType = Array<Record<Q::SqlType>>;
}

impl<Q, Source> AppearsOnTable<Source> for Gathered<Q> where Self: Expression {}

impl<Q, Source> SelectableExpression<Source> for Gathered<Q> where Self: Expression {}

impl<Q, Grouping> ValidGrouping<Grouping> for Gathered<Q> {
    type IsAggregate = is_aggregate::Never;
}

impl<Q: QueryFragment<Pg>> QueryFragment<Pg> for Gathered<Q> {
    fn walk_ast<'b>(&'b self, mut pass: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        pass.push_sql("ARRAY(SELECT gathered FROM (");
        self.0.walk_ast(pass.reborrow())?;
        pass.push_sql(") AS gathered)");
        Ok(())
    }
}

/// A row among those that were gathered.
#[derive(Debug)]
pub(crate) struct Part<R>(R);

impl<R: Row> Row for Part<R> {
    type Item = R::Item;

    fn into_item(self) -> QueryResult<Self::Item> {
        self.0.into_item()
    }
}

impl<R, Columns> FromSql<Record<Columns>, Pg> for Part<R>
where
    R: Queryable<Columns, Pg>,
    R::Row: FromSql<Record<Columns>, Pg>,
{
    fn from_sql(value: PgValue<'_>) -> deserialize::Result<Self> {
        R::build(R::Row::from_sql(value)?).map(Self)
    }
}
