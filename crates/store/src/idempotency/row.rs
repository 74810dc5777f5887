//! A row of `kept_answers`.

use diesel::prelude::*;
use org_kernel::id::OrgId;
use org_kernel::idempotency::{Answer, Fingerprint, IdempotencyKey};
use org_kernel::instant::Instant;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::error::corrupt;
use crate::schema::kept_answers;

#[derive(Queryable, Selectable)]
#[diesel(table_name = kept_answers)]
pub(super) struct KeptAnswerRow {
    request: Vec<u8>,
    status: i16,
    location: Option<String>,
    body: String,
    expires_at: OffsetDateTime,
}

impl KeptAnswerRow {
    pub(super) fn has_expired(&self, now: Instant) -> bool {
        self.expires_at <= now.to_utc()
    }

    pub(super) fn answers(&self, request: &Fingerprint) -> bool {
        self.request == request.0
    }

    pub(super) fn into_answer(self) -> QueryResult<Answer> {
        Ok(Answer {
            status: u16::try_from(self.status).map_err(corrupt)?,
            location: self.location,
            body: self.body,
        })
    }
}

#[derive(Insertable)]
#[diesel(table_name = kept_answers, treat_none_as_default_value = false)]
pub(super) struct NewKeptAnswer<'a> {
    org_id: Uuid,
    key: &'a str,
    request: &'a [u8],
    status: i16,
    location: Option<&'a str>,
    body: &'a str,
    expires_at: OffsetDateTime,
}

impl<'a> NewKeptAnswer<'a> {
    pub(super) fn of(
        org: OrgId,
        key: &'a IdempotencyKey,
        request: &'a Fingerprint,
        (answer, expires_at): (&'a Answer, Instant),
    ) -> Self {
        Self {
            org_id: org.uuid(),
            key: key.as_str(),
            request: &request.0,
            // A status has three digits.
            status: answer.status.cast_signed(),
            location: answer.location.as_deref(),
            body: &answer.body,
            expires_at: expires_at.to_utc(),
        }
    }
}
