//! Membership in a long list, planned for the list and the table as they are.
//!
//! A statement that is kept prepared is soon planned once for all, and this one would be while its
//! table is nearly empty: the plan reads the table from end to end, compares each row with each
//! item, and is not looked at again while the table grows. So a statement with such a list in it is
//! never kept.

use std::marker::PhantomData;

use diesel::expression::{
    AppearsOnTable, Expression, SelectableExpression, ValidGrouping, is_aggregate,
};
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::query_builder::{AstPass, QueryFragment, QueryId};
use diesel::serialize::ToSql;
use diesel::sql_types::{Array, SqlType};

/// Stands on the right of `=`, which then holds for every item of the list.
#[derive(Clone, Debug)]
pub(crate) struct AnyOf<T, Sql>(Vec<T>, PhantomData<Sql>);

/// `column.eq(any_of(items))`
pub(crate) fn any_of<T, Sql>(items: impl Into<Vec<T>>) -> AnyOf<T, Sql> {
    AnyOf(items.into(), PhantomData)
}

impl<T, Sql: SqlType + diesel::expression::TypedExpressionType> Expression for AnyOf<T, Sql> {
    type SqlType = Sql;
}

impl<T, Sql, Source> AppearsOnTable<Source> for AnyOf<T, Sql> where Self: Expression {}

impl<T, Sql, Source> SelectableExpression<Source> for AnyOf<T, Sql> where Self: Expression {}

impl<T, Sql, Grouping> ValidGrouping<Grouping> for AnyOf<T, Sql> {
    type IsAggregate = is_aggregate::Never;
}

impl<T, Sql> QueryId for AnyOf<T, Sql> {
    type QueryId = ();

    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<T, Sql> QueryFragment<Pg> for AnyOf<T, Sql>
where
    Vec<T>: ToSql<Array<Sql>, Pg>,
    Pg: diesel::sql_types::HasSqlType<Array<Sql>>,
    Sql: SqlType + 'static,
{
    fn walk_ast<'b>(&'b self, mut pass: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        pass.unsafe_to_cache_prepared();
        pass.push_sql("ANY(");
        pass.push_bind_param::<Array<Sql>, _>(&self.0)?;
        pass.push_sql(")");
        Ok(())
    }
}
