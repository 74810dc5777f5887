//! Answers that are kept under the names that clients give their writes.
//!
//! A claim is a lock that lasts as long as the transaction, and the answer is a row of that same
//! transaction: whatever becomes of the server, a key is never claimed by nobody, and there is never
//! an answer without its write. It is written with what else the transaction has to tell, at its end.

mod claim;
mod row;

use diesel::prelude::*;
use org_kernel::StoreError;
use org_kernel::id::OrgId;
use org_kernel::idempotency::{Answer, Claim, Claims, Fingerprint, IdempotencyKey, KeptAnswers};
use org_kernel::instant::Instant;

use self::claim::Claimed;
pub(crate) use self::claim::LockOfKey;
pub(crate) use self::row::NewKeptAnswer;
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
        // What this transaction keeps is there for its own claims, too.
        self.told.write_answers(self.conn).map_err(failure)?;
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
        self.told.keep(row);
        Ok(())
    }
}

fn claim(
    conn: &mut PgConnection,
    org: OrgId,
    key: &IdempotencyKey,
    request: &Fingerprint,
    now: Instant,
) -> QueryResult<Claim> {
    let kept = match claim::take(conn, org, key)? {
        Claimed::InUse => return Ok(Claim::InUse),
        Claimed::Taken(None) => return Ok(Claim::Won),
        Claimed::Taken(Some(kept)) => kept,
    };
    if kept.has_expired(now) {
        let under_key = dsl::kept_answers.find((org.uuid(), key.as_str()));
        diesel::delete(under_key).execute(conn)?;
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
