//! Answers that are kept under the names that clients give their writes.
//!
//! A claim is a lock that lasts as long as the transaction, and the answer is a row of that same
//! transaction: whatever becomes of the server, a key is never claimed by nobody, and there is never
//! an answer without its write.

mod row;

use diesel::prelude::*;
use org_kernel::StoreError;
use org_kernel::id::OrgId;
use org_kernel::idempotency::{Answer, Claim, Claims, Fingerprint, IdempotencyKey, KeptAnswers};
use org_kernel::instant::Instant;

use self::row::{KeptAnswerRow, NewKeptAnswer};
use crate::advisory;
use crate::error::failure;
use crate::pg::Pg;
use crate::schema::kept_answers::dsl;
use crate::writes::Writing;

impl Claims for Writing<'_> {
    fn claim(
        &mut self,
        key: &IdempotencyKey,
        request: &Fingerprint,
        now: Instant,
    ) -> Result<Claim, StoreError> {
        claim(self.conn, self.org, key, request, now).map_err(failure)
    }

    fn keep(
        &mut self,
        key: &IdempotencyKey,
        request: &Fingerprint,
        answer: &Answer,
        expires_at: Instant,
    ) -> Result<(), StoreError> {
        let row = NewKeptAnswer::of(self.org, key, request, (answer, expires_at));
        let insert = diesel::insert_into(dsl::kept_answers).values(row);
        insert.execute(self.conn).map(drop).map_err(failure)
    }
}

/// The answer is looked for by a statement of its own, after the lock is there: what was committed by
/// whoever had the lock before is not seen by the statement that took it.
fn claim(
    conn: &mut PgConnection,
    org: OrgId,
    key: &IdempotencyKey,
    request: &Fingerprint,
    now: Instant,
) -> QueryResult<Claim> {
    if !advisory::try_to_answer(conn, org, key.as_str())? {
        return Ok(Claim::InUse);
    }
    let under_key = || dsl::kept_answers.find((org.uuid(), key.as_str()));
    let kept = under_key().select(KeptAnswerRow::as_select());
    let Some(kept) = kept.get_result(conn).optional()? else {
        return Ok(Claim::Won);
    };
    if kept.has_expired(now) {
        diesel::delete(under_key()).execute(conn)?;
        return Ok(Claim::Won);
    }
    if !kept.answers(request) {
        return Ok(Claim::Mismatch);
    }
    kept.into_answer().map(Claim::Answered)
}

impl KeptAnswers for Pg {
    fn forget_expired(&self, now: Instant, most: u32) -> Result<u32, StoreError> {
        let forgotten = self.write(|conn| forget_expired(conn, now, most))?;
        let forgotten = forgotten.map_err(failure)?;
        u32::try_from(forgotten).map_err(StoreError::failed)
    }
}

/// Passes over what somebody else is forgetting, or replacing.
fn forget_expired(conn: &mut PgConnection, now: Instant, most: u32) -> QueryResult<usize> {
    diesel::sql_query(include_str!("idempotency/forget_expired.sql"))
        .bind::<diesel::sql_types::Timestamptz, _>(now.to_utc())
        .bind::<diesel::sql_types::BigInt, _>(i64::from(most))
        .execute(conn)
}
