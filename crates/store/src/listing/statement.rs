//! The statements that answer for a page.
//!
//! Each gives at least one row, with the version of the collection and, where it is asked for, the
//! total; beside it stand the rows of the page, or none. So all that is said of a page is of one
//! snapshot, also where the page is empty.
//!
//! They stay prepared, and are soon planned once for all organizations, the large and the small. So they
//! leave the planner no choice that is good for one and bad for another: what is to be found first is
//! found in a subquery of its own (`MATERIALIZED`, `OFFSET 0`), and rows are fetched by their ids one by
//! one (`LATERAL`), because a page whose length is a parameter looks to the planner like a tenth of the table.

use diesel::expression::{Expression, QueryMetadata};
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::sql_types::{self, BigInt, Nullable};
use org_kernel::page::PageRequest;

use super::way::{Place, WALKED, Way};
use crate::conditions::Search;

/// A list, of which pages are asked for.
pub(crate) struct Listed<'a> {
    pub(crate) org: uuid::Uuid,
    pub(crate) table: &'static str,
    /// Whether the collection has a version.
    pub(crate) versioned: bool,
    /// The columns of the order, but for the id.
    pub(crate) keys: &'static [&'static str],
    pub(crate) order: &'a dyn QueryFragment<Pg>,
    /// The order from the last item to the first.
    pub(crate) backwards: &'a dyn QueryFragment<Pg>,
    /// All columns of the rows, but for those that the search leaves out.
    pub(crate) rows: &'a dyn QueryFragment<Pg>,
    pub(crate) search: &'a Search,
}

impl<'a> Listed<'a> {
    /// The statement that goes one way to a page.
    pub(crate) const fn statement<Columns>(
        &'a self,
        columns: Columns,
        way: Way,
        place: Place,
    ) -> Statement<'a, Columns> {
        Statement {
            columns,
            of: self,
            way,
            place,
        }
    }
}

/// One statement. Each row is the columns of an item, the version, and the total.
pub(crate) struct Statement<'a, Columns> {
    columns: Columns,
    of: &'a Listed<'a>,
    way: Way,
    place: Place,
}

impl<Columns: Expression> Query for Statement<'_, Columns>
where
    Pg: QueryMetadata<(
        Columns::SqlType,
        Nullable<sql_types::Uuid>,
        Nullable<BigInt>,
    )>,
{
    type SqlType = (
        Columns::SqlType,
        Nullable<sql_types::Uuid>,
        Nullable<BigInt>,
    );
}

impl<Columns> RunQueryDsl<PgConnection> for Statement<'_, Columns> {}

impl<Columns> QueryId for Statement<'_, Columns> {
    type QueryId = ();

    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<Columns: QueryFragment<Pg>> QueryFragment<Pg> for Statement<'_, Columns> {
    fn walk_ast<'b>(&'b self, mut pass: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        if self.of.search.is_rare() {
            // A connection is not to keep every shape that a question can have.
            pass.unsafe_to_cache_prepared();
        }
        if self.way == Way::Finding {
            self.found(pass.reborrow())?;
        }
        pass.push_sql("SELECT ");
        self.columns.walk_ast(pass.reborrow())?;
        pass.push_sql(", now.version, now.total FROM (SELECT ");
        self.version(pass.reborrow())?;
        pass.push_sql(" AS version, ");
        self.total(pass.reborrow())?;
        pass.push_sql(" AS total) AS now LEFT JOIN (");
        match self.way {
            Way::Finding => self.by_ids(pass.reborrow())?,
            Way::Counting | Way::InOrder if self.place.is_deep() => self.by_ids(pass.reborrow())?,
            Way::Counting | Way::InOrder => self.in_order(pass.reborrow())?,
            Way::Walking => self.walked(pass.reborrow())?,
        }
        pass.push_sql(" ON TRUE ORDER BY ");
        self.of.order.walk_ast(pass)
    }
}

impl<Columns> Statement<'_, Columns> {
    fn version<'b>(&'b self, mut pass: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        if !self.of.versioned {
            pass.push_sql("NULL::uuid");
            return Ok(());
        }
        pass.push_sql("(SELECT version FROM collection_versions WHERE org_id = ");
        pass.push_bind_param::<sql_types::Uuid, _>(&self.of.org)?;
        pass.push_sql(" AND collection = '");
        pass.push_sql(self.of.table);
        pass.push_sql("')");
        Ok(())
    }

    fn total<'b>(&'b self, mut pass: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        match self.way {
            Way::InOrder | Way::Walking => pass.push_sql("NULL::bigint"),
            Way::Finding => pass.push_sql("(SELECT count(*) FROM found)"),
            Way::Counting => {
                pass.push_sql("(SELECT count(*) FROM ");
                self.rows(pass.reborrow())?;
                pass.push_sql(")");
            }
        }
        Ok(())
    }

    /// The ids of all that a search finds, with what they are put in order by.
    fn found<'b>(&'b self, mut pass: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        pass.push_sql("WITH found AS MATERIALIZED (SELECT ");
        self.ids(pass.reborrow())?;
        for key in self.of.keys {
            pass.push_sql(", ");
            pass.push_identifier(key)?;
        }
        pass.push_sql(" FROM ");
        self.rows(pass.reborrow())?;
        pass.push_sql(" WHERE ");
        self.of.search.walk_lookup(pass.reborrow())?;
        self.of.search.walk_decision(pass.reborrow())?;
        pass.push_sql(") ");
        Ok(())
    }

    fn in_order<'b>(&'b self, mut pass: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        pass.push_sql("SELECT * FROM ");
        self.rows(pass.reborrow())?;
        self.bounded(pass.reborrow())?;
        self.end(pass)
    }

    fn walked<'b>(&'b self, mut pass: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        pass.push_sql("SELECT * FROM (SELECT * FROM ");
        self.rows(pass.reborrow())?;
        pass.push_sql(" ORDER BY ");
        self.direction().walk_ast(pass.reborrow())?;
        pass.push_sql(" LIMIT ");
        pass.push_sql(&WALKED.to_string());
        self.end(pass.reborrow())?;
        pass.push_sql(" WHERE ");
        self.of.search.walk_decision(pass.reborrow())?;
        self.bounded(pass.reborrow())?;
        self.end(pass)
    }

    fn by_ids<'b>(&'b self, mut pass: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        pass.push_sql("(SELECT ");
        self.ids(pass.reborrow())?;
        pass.push_sql(" FROM ");
        if self.way == Way::Finding {
            pass.push_sql("found AS ");
            pass.push_identifier(self.of.table)?;
        } else {
            self.rows(pass.reborrow())?;
        }
        self.bounded(pass.reborrow())?;
        pass.push_sql(") AS page CROSS JOIN LATERAL (SELECT * FROM ");
        pass.push_identifier(self.of.table)?;
        pass.push_sql(" WHERE org_id = page.org_id AND id = page.id OFFSET 0");
        self.end(pass.reborrow())?;
        pass.push_sql(")");
        Ok(())
    }

    fn ids<'b>(&'b self, mut pass: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        pass.push_identifier(self.of.table)?;
        pass.push_sql(".org_id, ");
        pass.push_identifier(self.of.table)?;
        pass.push_sql(".id");
        Ok(())
    }

    fn rows<'b>(&'b self, mut pass: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        pass.push_sql("(");
        self.of.rows.walk_ast(pass.reborrow())?;
        self.end(pass)
    }

    /// Ends a subquery, which is called as its table is, so that columns have one name everywhere.
    fn end<'b>(&'b self, mut pass: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        pass.push_sql(") AS ");
        pass.push_identifier(self.of.table)
    }

    /// Of a page whose length is a parameter the planner believes that it is a tenth of the rows, and of an
    /// offset the same. So a plan for all pages looks dearer to it than one for this page, and it would make
    /// one for each call, which costs as much as to read the page. The page that is asked for most is
    /// therefore a statement of its own, with its length in it.
    fn bounded<'b>(&'b self, mut pass: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        pass.push_sql(" ORDER BY ");
        self.direction().walk_ast(pass.reborrow())?;
        pass.push_sql(" LIMIT ");
        if self.place.is_usual {
            pass.push_sql(&PageRequest::USUAL_LIMIT.to_string());
            return Ok(());
        }
        pass.push_bind_param::<BigInt, _>(&self.place.take)?;
        pass.push_sql(" OFFSET ");
        pass.push_bind_param::<BigInt, _>(&self.place.skip)
    }

    const fn direction(&self) -> &dyn QueryFragment<Pg> {
        if self.place.from_end {
            self.of.backwards
        } else {
            self.of.order
        }
    }
}
