//! A claim: the lock on a key, and the answer that is kept under it, in one round trip.

use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::sql_types::{self, BigInt, Binary, Bool, Nullable, SmallInt, Text, Timestamptz};
use org_kernel::id::OrgId;
use org_kernel::idempotency::IdempotencyKey;
use time::OffsetDateTime;
use uuid::Uuid;

use super::row::KeptAnswerRow;
use crate::advisory;

/// Whether the lock was taken, and what is kept if it was.
type Found = (
    bool,
    Option<Vec<u8>>,
    Option<i16>,
    Option<String>,
    Option<String>,
    Option<OffsetDateTime>,
);

/// What a transaction finds that asks for a key.
pub(super) enum Claimed {
    /// Another one has it.
    InUse,
    /// It is the transaction's, and this is kept under it.
    Taken(Option<KeptAnswerRow>),
}

/// Takes the lock on a key, unless another transaction has it. An answer that was committed by whoever
/// had the lock before is found.
pub(super) fn take(
    conn: &mut PgConnection,
    org: OrgId,
    key: &IdempotencyKey,
) -> QueryResult<Claimed> {
    let (taken, request, status, location, body, expires_at): Found = ClaimAnswer {
        lock: LockOfKey::of(org, key),
        org: org.uuid(),
        key: key.as_str(),
    }
    .get_result(conn)?;
    if !taken {
        return Ok(Claimed::InUse);
    }
    let columns = request.zip(status).zip(body).zip(expires_at);
    let kept = columns.map(|(((request, status), body), expires_at)| KeptAnswerRow {
        request,
        status,
        location,
        body,
        expires_at,
    });
    Ok(Claimed::Taken(kept))
}

/// The number of the lock on an organization's key.
#[derive(Debug)]
pub(crate) struct LockOfKey(String);

impl LockOfKey {
    pub(crate) fn of(org: OrgId, key: &IdempotencyKey) -> Self {
        Self(format!("{}{}", org.uuid(), key.as_str()))
    }
}

impl QueryFragment<Pg> for LockOfKey {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        out.push_sql("hashtextextended(");
        out.push_bind_param::<Text, _>(&self.0)?;
        out.push_sql(", ");
        out.push_bind_param::<BigInt, _>(&advisory::ANSWERS)?;
        out.push_sql(")");
        Ok(())
    }
}

/// A call of `claim_answer`.
struct ClaimAnswer<'a> {
    lock: LockOfKey,
    org: Uuid,
    key: &'a str,
}

impl QueryId for ClaimAnswer<'_> {
    type QueryId = ClaimAnswer<'static>;

    const HAS_STATIC_QUERY_ID: bool = true;
}

impl QueryFragment<Pg> for ClaimAnswer<'_> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        out.push_sql("SELECT * FROM claim_answer(");
        self.lock.walk_ast(out.reborrow())?;
        out.push_sql(", ");
        out.push_bind_param::<sql_types::Uuid, _>(&self.org)?;
        out.push_sql(", ");
        out.push_bind_param::<Text, _>(self.key)?;
        out.push_sql(")");
        Ok(())
    }
}

impl Query for ClaimAnswer<'_> {
    type SqlType = (
        Bool,
        Nullable<Binary>,
        Nullable<SmallInt>,
        Nullable<Text>,
        Nullable<Text>,
        Nullable<Timestamptz>,
    );
}

impl RunQueryDsl<PgConnection> for ClaimAnswer<'_> {}
