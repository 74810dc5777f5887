//! A change of one row, which every connection keeps prepared.
//!
//! Diesel prepares its own updates anew each time, because their columns might be others each time.
//! These are as few as there are tables, and are kept by their texts.

use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::query_builder::{AstPass, QueryFragment, QueryId};

/// Sets columns of the rows for which a condition holds.
pub(crate) struct Update<Table, Changes, Condition> {
    pub(crate) table: Table,
    pub(crate) changes: Changes,
    pub(crate) condition: Condition,
}

impl<Table, Changes, Condition> QueryId for Update<Table, Changes, Condition> {
    type QueryId = ();

    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<Table, Changes, Condition> QueryFragment<Pg> for Update<Table, Changes, Condition>
where
    Table: QueryFragment<Pg>,
    Changes: QueryFragment<Pg>,
    Condition: QueryFragment<Pg>,
{
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        out.push_sql("UPDATE ");
        self.table.walk_ast(out.reborrow())?;
        out.push_sql(" SET ");
        self.changes.walk_ast(out.reborrow())?;
        out.push_sql(" WHERE ");
        self.condition.walk_ast(out.reborrow())
    }
}

impl<Table, Changes, Condition> RunQueryDsl<PgConnection> for Update<Table, Changes, Condition> {}
