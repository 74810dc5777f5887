//! Refused requests, many at a time.
//!
//! Each statement here is a transaction by itself. That is enough: a batch that was stored in part is
//! sent again, and what is there already is left alone.

use std::collections::HashSet;

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Timestamptz};
use org_auth::refusals::RefusedRequest;
use org_kernel::instant::Instant;
use uuid::Uuid;

use super::attempt::NewAttempt;
use super::row::NewEntry;
use crate::schema::{audit_log, organizations, refused_attempts};

/// How many rows one statement bears: each value in it is a parameter, and there is a limit to them.
const ROWS: usize = 500;

/// Adds those that are of an organization to its trail.
pub(super) fn append_to_trails(
    conn: &mut PgConnection,
    refused: &[RefusedRequest],
) -> QueryResult<()> {
    let orgs: HashSet<_> = refused.iter().filter_map(RefusedRequest::org).collect();
    if orgs.is_empty() {
        return Ok(());
    }
    let existing: HashSet<Uuid> = organizations::table
        .filter(organizations::id.eq_any(orgs.iter().map(|org| org.uuid())))
        .select(organizations::id)
        .load(conn)?
        .into_iter()
        .collect();
    let rows: Vec<_> = refused
        .iter()
        .filter_map(|refused| Some((refused.org()?, refused.entry())))
        .filter(|(org, _)| existing.contains(&org.uuid()))
        .map(|(org, entry)| NewEntry::of(org, entry))
        .collect::<QueryResult<_>>()?;
    for rows in rows.chunks(ROWS) {
        diesel::insert_into(audit_log::table)
            .values(rows)
            .on_conflict_do_nothing()
            .execute(conn)?;
    }
    Ok(())
}

/// Adds those that are of no organization to what is known of strangers.
pub(super) fn append_to_nobodys(
    conn: &mut PgConnection,
    refused: &[RefusedRequest],
) -> QueryResult<()> {
    let nobodys = refused.iter().filter(|refused| refused.org().is_none());
    let rows: Vec<_> = nobodys
        .map(|refused| NewAttempt::of(refused.entry()))
        .collect::<QueryResult<_>>()?;
    for rows in rows.chunks(ROWS) {
        diesel::insert_into(refused_attempts::table)
            .values(rows)
            .on_conflict_do_nothing()
            .execute(conn)?;
    }
    Ok(())
}

/// Several servers may forget at once: what one of them holds, another passes over. A common table
/// expression is evaluated once: a subquery might be again, and would then take more than it was to.
const FORGET_NOBODYS: &str = "
    WITH old AS MATERIALIZED (
        SELECT id FROM refused_attempts WHERE at < $1 ORDER BY at LIMIT $2 FOR UPDATE SKIP LOCKED
    )
    DELETE FROM refused_attempts USING old WHERE refused_attempts.id = old.id";

const FORGET_REQUESTS: &str = "
    WITH old AS MATERIALIZED (
        SELECT org_id, id FROM audit_log WHERE action = 'request.refused' AND at < $1
        ORDER BY at LIMIT $2 FOR UPDATE SKIP LOCKED
    )
    DELETE FROM audit_log USING old
    WHERE audit_log.org_id = old.org_id AND audit_log.id = old.id";

const FORGET_SIGN_INS: &str = "
    WITH old AS MATERIALIZED (
        SELECT org_id, id FROM audit_log WHERE action = 'session.refused' AND at < $1
        ORDER BY at LIMIT $2 FOR UPDATE SKIP LOCKED
    )
    DELETE FROM audit_log USING old
    WHERE audit_log.org_id = old.org_id AND audit_log.id = old.id";

/// Forgets those from before `before`, at most so many, and says how many.
pub(super) fn forget(conn: &mut PgConnection, before: Instant, most: u32) -> QueryResult<u32> {
    let mut left = most;
    for forget in [FORGET_NOBODYS, FORGET_REQUESTS, FORGET_SIGN_INS] {
        let forgotten = diesel::sql_query(forget)
            .bind::<Timestamptz, _>(before.to_utc())
            .bind::<BigInt, _>(i64::from(left))
            .execute(conn)?;
        left = left.saturating_sub(u32::try_from(forgotten).unwrap_or(left));
    }
    Ok(most - left)
}
