//! The lock by which imports into one organization wait for one another.

use diesel::prelude::*;
use diesel::sql_types::BigInt;
use org_kernel::id::OrgId;

/// Sets these locks apart from others: `imports` in ASCII.
const IMPORTS: u64 = 0x0069_6d70_6f72_7473;

/// Waits until no other transaction imports into `org`, and keeps others waiting until this one ends.
pub(super) fn lock(conn: &mut PgConnection, org: OrgId) -> QueryResult<()> {
    // Two organizations of the same number would wait for each other without need, and no more.
    let (_, random) = org.uuid().as_u64_pair();
    diesel::sql_query("SELECT pg_advisory_xact_lock($1)")
        .bind::<BigInt, _>((random ^ IMPORTS).cast_signed())
        .execute(conn)
        .map(drop)
}
