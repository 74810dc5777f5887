//! The audit trail: rows of `audit_log`, written in the transaction of what they tell of, and of
//! `refused_attempts`, where those stand of whom nothing is known.

mod attempt;
mod read;
mod refusals;
mod row;
#[cfg(test)]
mod tests;

use diesel::prelude::*;
use org_auth::refusals::{RefusalLog, RefusedRequest};
use org_kernel::StoreError;
use org_kernel::audit::{AuditTrail, Entry, EntryQuery, Request};
use org_kernel::id::OrgId;
use org_kernel::instant::Instant;

pub(crate) use self::row::NewEntry;
use crate::columns::items;
use crate::error::{corrupt, failure};
use crate::pg::Pg;
use crate::schema::audit_log;

/// Adds an entry to the trail of an organization, in whatever transaction is open.
///
/// One without an actor is refused, but for a refused sign-in: what nobody known has done belongs to no
/// organization.
pub(crate) fn insert(conn: &mut PgConnection, org: OrgId, entry: &Entry) -> QueryResult<()> {
    diesel::insert_into(audit_log::table)
        .values(NewEntry::of(org, entry)?)
        .execute(conn)
        .map(drop)
}

/// [`insert`], unless the trail has an entry of this id; answers whether it had none. Of two who add one at
/// once, the one waits for what becomes of the other's.
pub(crate) fn insert_once(conn: &mut PgConnection, org: OrgId, entry: &Entry) -> QueryResult<bool> {
    let added = diesel::insert_into(audit_log::table)
        .values(NewEntry::of(org, entry)?)
        .on_conflict((audit_log::org_id, audit_log::id))
        .do_nothing()
        .execute(conn)?;
    Ok(added == 1)
}

/// [`insert`], of any number of entries, with one statement.
pub(crate) fn insert_all(
    conn: &mut PgConnection,
    org: OrgId,
    entries: &[Entry],
) -> QueryResult<()> {
    let rows = entries.iter().map(|entry| NewEntry::of(org, entry));
    let rows: Vec<_> = rows.collect::<QueryResult<_>>()?;
    if rows.is_empty() {
        return Ok(());
    }
    diesel::copy_from(audit_log::table)
        .from_insertable(rows)
        .execute(conn)
        .map(drop)
}

/// A request as its columns tell of it.
fn request(
    id: String,
    address: &str,
    method: String,
    route: String,
    status: i16,
) -> QueryResult<Request> {
    Ok(Request {
        id,
        address: address.parse().map_err(corrupt)?,
        method,
        route,
        status: u16::try_from(status).map_err(corrupt)?,
    })
}

impl AuditTrail for Pg {
    fn entries(&self, query: &EntryQuery) -> Result<Vec<Entry>, StoreError> {
        self.read(|conn| match query.org {
            Some(org) => items(read::of(conn, org, query)?),
            None => items(read::of_nobody(conn, query)?),
        })
    }
}

impl RefusalLog for Pg {
    fn append(&self, refused: &[RefusedRequest]) -> Result<(), StoreError> {
        let done = self.write(|conn| {
            refusals::append_to_trails(conn, refused)?;
            refusals::append_to_nobodys(conn, refused)
        })?;
        done.map_err(failure)
    }

    fn forget_before(&self, before: Instant, most: u32) -> Result<u32, StoreError> {
        let done = self.write(|conn| refusals::forget(conn, before, most))?;
        done.map_err(failure)
    }
}
