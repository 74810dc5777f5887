//! Locks on numbers, which last until the transaction ends.
//!
//! PostgreSQL knows one space of numbers for all of a database's purposes, so each purpose has a
//! number of its own, which is mixed into those of what it locks. Two things of the same number would
//! be in each other's way without need, and no more.

use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Uuid as SqlUuid};
use org_kernel::id::{Id, Kind, OrgId, ProductionId};
use uuid::Uuid;

/// What is locked: `imports` in ASCII.
const IMPORTS: u64 = 0x0069_6d70_6f72_7473;

/// What is locked: `lists` in ASCII.
const CHECKLISTS: u64 = 0x0000_006c_6973_7473;

/// What is locked: `fan-out` in ASCII.
const FAN_OUT: u64 = 0x0066_616e_2d6f_7574;

/// What is locked: `answers` in ASCII. The seed of the number of an organization's id and a client's key,
/// one after the other; whoever claims a key makes its number in the statement that locks it.
pub(crate) const ANSWERS: i64 = 0x0061_6e73_7765_7273;

#[diesel::declare_sql_function]
extern "SQL" {
    /// Takes the lock on a number unless somebody else has it, and says whether it did.
    fn pg_try_advisory_xact_lock(number: BigInt) -> Bool;
}

/// Waits until no other transaction imports into `org`, and keeps others waiting until this one ends.
pub(crate) fn wait_to_import(conn: &mut PgConnection, org: OrgId) -> QueryResult<()> {
    wait(conn, IMPORTS, org)
}

/// Waits until no other transaction appends to the checklist of a production, and keeps others
/// waiting until this one ends.
pub(crate) fn wait_to_append(conn: &mut PgConnection, production: ProductionId) -> QueryResult<()> {
    wait(conn, CHECKLISTS, production)
}

/// Takes the lock on dispatching the events of `org`, unless another transaction has it, and says whether
/// it did.
pub(crate) fn try_to_dispatch(conn: &mut PgConnection, org: OrgId) -> QueryResult<bool> {
    diesel::select(pg_try_advisory_xact_lock(number(FAN_OUT, org))).get_result(conn)
}

/// Does what [`try_to_dispatch`] does for each of `orgs`, and answers those of which it took the locks.
pub(crate) fn try_to_dispatch_all(
    conn: &mut PgConnection,
    orgs: &[OrgId],
) -> QueryResult<Vec<Uuid>> {
    #[derive(QueryableByName)]
    struct Locked {
        #[diesel(sql_type = SqlUuid)]
        org_id: Uuid,
    }
    let numbers: Vec<_> = orgs.iter().map(|org| number(FAN_OUT, *org)).collect();
    let orgs: Vec<_> = orgs.iter().map(|org| org.uuid()).collect();
    let locked: Vec<Locked> = diesel::sql_query(
        "SELECT org_id FROM unnest($1, $2) AS waiting (org_id, number) \
         WHERE pg_try_advisory_xact_lock(number)",
    )
    .bind::<Array<SqlUuid>, _>(orgs)
    .bind::<Array<BigInt>, _>(numbers)
    .load(conn)?;
    Ok(locked.into_iter().map(|locked| locked.org_id).collect())
}

fn wait<K: Kind>(conn: &mut PgConnection, purpose: u64, id: Id<K>) -> QueryResult<()> {
    diesel::sql_query("SELECT pg_advisory_xact_lock($1)")
        .bind::<BigInt, _>(number(purpose, id))
        .execute(conn)
        .map(drop)
}

fn number<K: Kind>(purpose: u64, id: Id<K>) -> i64 {
    let (_, random) = id.uuid().as_u64_pair();
    (random ^ purpose).cast_signed()
}
