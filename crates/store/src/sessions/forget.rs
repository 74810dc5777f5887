//! Sessions and links whose time is over, of every organization.
//!
//! Several servers may forget at once: what one of them holds, another passes over. A common table
//! expression is evaluated once: a subquery might be again, and would then take more than it was to.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Timestamptz};
use org_kernel::instant::Instant;

const SESSIONS: &str = "
    WITH over AS MATERIALIZED (
        SELECT org_id, id FROM console_sessions WHERE expires_at < $1
        ORDER BY expires_at LIMIT $2 FOR UPDATE SKIP LOCKED
    )
    DELETE FROM console_sessions USING over
    WHERE console_sessions.org_id = over.org_id AND console_sessions.id = over.id";

const LINKS: &str = "
    WITH over AS MATERIALIZED (
        SELECT org_id, user_id FROM sign_in_links WHERE expires_at < $1
        ORDER BY expires_at LIMIT $2 FOR UPDATE SKIP LOCKED
    )
    DELETE FROM sign_in_links USING over
    WHERE sign_in_links.org_id = over.org_id AND sign_in_links.user_id = over.user_id";

/// Forgets what expired before `before`, of each kind at most so many, and says how many those were. Each
/// statement is a transaction by itself.
pub(super) fn forget(conn: &mut PgConnection, before: Instant, most: u32) -> QueryResult<usize> {
    let mut forgotten = 0;
    for forget in [SESSIONS, LINKS] {
        forgotten += diesel::sql_query(forget)
            .bind::<Timestamptz, _>(before.to_utc())
            .bind::<BigInt, _>(i64::from(most))
            .execute(conn)?;
    }
    Ok(forgotten)
}
