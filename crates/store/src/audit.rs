//! The audit trail: rows of `audit_log`, written in the transaction of what they tell of.

mod read;
mod row;

use diesel::prelude::*;
use org_kernel::StoreError;
use org_kernel::audit::{AuditTrail, Entry, EntryQuery};
use org_kernel::id::OrgId;

use self::row::NewEntry;
use crate::columns::items;
use crate::pg::Pg;
use crate::schema::audit_log;

/// Adds an entry to the trail of an organization, in whatever transaction is open.
///
/// One without an actor is refused: what nobody known has done belongs to no organization.
pub(crate) fn insert(conn: &mut PgConnection, org: OrgId, entry: &Entry) -> QueryResult<()> {
    diesel::insert_into(audit_log::table)
        .values(NewEntry::of(org, entry)?)
        .execute(conn)
        .map(drop)
}

impl AuditTrail for Pg {
    fn entries(&self, query: &EntryQuery) -> Result<Vec<Entry>, StoreError> {
        self.read(|conn| match query.org {
            Some(org) => items(read::of(conn, org, query)?),
            None => Ok(Vec::new()),
        })
    }
}
