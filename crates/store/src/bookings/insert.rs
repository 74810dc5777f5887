//! A booking that is stored if its slot is free.

use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::query_builder::{AstPass, QueryFragment, QueryId};

/// An insert of a booking, which does nothing where a confirmed one is in the way.
///
/// It says what Diesel's `on_conflict(on_constraint(…)).do_nothing()` does, which is prepared anew each
/// time.
#[derive(QueryId)]
pub(crate) struct IfFree<Insert>(pub(crate) Insert);

impl<Insert: QueryFragment<Pg>> QueryFragment<Pg> for IfFree<Insert> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        self.0.walk_ast(out.reborrow())?;
        out.push_sql(" ON CONFLICT ON CONSTRAINT booking_slots_do_not_overlap DO NOTHING");
        Ok(())
    }
}

impl<Insert> RunQueryDsl<PgConnection> for IfFree<Insert> {}
