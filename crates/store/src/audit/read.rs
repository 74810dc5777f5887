//! The trail, read a page at a time.

use diesel::prelude::*;
use org_kernel::audit::EntryQuery;
use org_kernel::id::OrgId;

use super::row::EntryRow;
use crate::schema::audit_log::dsl;

/// The entries of one organization.
///
/// The time of the entry before is said twice: as a bound by itself it is where the index is entered.
pub(super) fn of(
    conn: &mut PgConnection,
    org: OrgId,
    query: &EntryQuery,
) -> QueryResult<Vec<EntryRow>> {
    let mut rows = dsl::audit_log
        .filter(dsl::org_id.eq(org.uuid()))
        .into_boxed();
    if let Some(since) = query.since {
        rows = rows.filter(dsl::at.ge(since.to_utc()));
    }
    if let Some((at, id)) = query.after {
        let at = at.to_utc();
        let later = dsl::at.gt(at).or(dsl::id.gt(id));
        rows = rows.filter(dsl::at.ge(at).and(later));
    }
    rows.order((dsl::at, dsl::id))
        .limit(query.limit.into())
        .select(EntryRow::as_select())
        .load(conn)
}
