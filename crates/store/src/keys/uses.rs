//! When keys were last used, many at a time.

use diesel::prelude::*;
use diesel::sql_types::{Array, Timestamptz, Uuid as SqlUuid};
use org_auth::key_store::KeyUse;

/// Two servers may record uses of the same keys at once; both lock them in the order of their ids, so
/// neither waits for the other in a circle. The lock lets those pass who only refer to a key, as the
/// days of its use do: they have their own order.
const RECORD: &str = "
    WITH used AS (
        SELECT key.org_id, key.id, used.minute
        FROM unnest($1, $2) AS used (id, minute) JOIN api_keys key ON key.id = used.id
        WHERE key.last_used_at IS NULL OR key.last_used_at < used.minute
        ORDER BY key.id
        FOR NO KEY UPDATE OF key
    )
    UPDATE api_keys key SET last_used_at = GREATEST(key.last_used_at, used.minute)
    FROM used WHERE key.org_id = used.org_id AND key.id = used.id";

/// Moves the times of last use forward, in one statement.
pub(super) fn record(conn: &mut PgConnection, uses: &[KeyUse]) -> QueryResult<()> {
    let keys: Vec<_> = uses.iter().map(|used| used.key.uuid()).collect();
    let minutes: Vec<_> = uses.iter().map(|used| used.minute.to_utc()).collect();
    diesel::sql_query(RECORD)
        .bind::<Array<SqlUuid>, _>(keys)
        .bind::<Array<Timestamptz>, _>(minutes)
        .execute(conn)
        .map(drop)
}
