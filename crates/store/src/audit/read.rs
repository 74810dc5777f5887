//! The trail, read a page at a time.

use diesel::prelude::*;
use org_kernel::audit::EntryQuery;
use org_kernel::id::OrgId;

use super::attempt::AttemptRow;
use super::row::EntryRow;
use crate::schema::{audit_log, refused_attempts};

/// The columns that order a trail are the same in both tables, and Diesel's are of different types.
///
/// The time of the entry before is said twice: as a bound by itself it is where the index is entered.
macro_rules! page {
    ($rows:expr, $table:ident, $query:expr) => {{
        let mut rows = $rows.into_boxed();
        if let Some(since) = $query.since {
            rows = rows.filter($table::at.ge(since.to_utc()));
        }
        if let Some((at, id)) = $query.after {
            let at = at.to_utc();
            let later = $table::at.gt(at).or($table::id.gt(id));
            rows = rows.filter($table::at.ge(at).and(later));
        }
        rows.order(($table::at, $table::id))
            .limit($query.limit.into())
    }};
}

/// The entries of one organization.
pub(super) fn of(
    conn: &mut PgConnection,
    org: OrgId,
    query: &EntryQuery,
) -> QueryResult<Vec<EntryRow>> {
    let of_org = audit_log::table.filter(audit_log::org_id.eq(org.uuid()));
    page!(of_org, audit_log, query)
        .select(EntryRow::as_select())
        .load(conn)
}

/// The entries of no organization.
pub(super) fn of_nobody(
    conn: &mut PgConnection,
    query: &EntryQuery,
) -> QueryResult<Vec<AttemptRow>> {
    page!(refused_attempts::table, refused_attempts, query)
        .select(AttemptRow::as_select())
        .load(conn)
}
