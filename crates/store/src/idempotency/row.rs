//! A row of `kept_answers`.

use diesel::prelude::*;
use org_kernel::id::OrgId;
use org_kernel::idempotency::{Answer, Fingerprint, IdempotencyKey};
use org_kernel::instant::Instant;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::error::corrupt;
use crate::schema::kept_answers;

/// What is kept under a key.
pub(super) struct KeptAnswerRow {
    pub(super) request: Vec<u8>,
    pub(super) status: i16,
    pub(super) location: Option<String>,
    pub(super) body: String,
    pub(super) expires_at: OffsetDateTime,
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

#[derive(Debug, Insertable)]
#[diesel(table_name = kept_answers, treat_none_as_default_value = false)]
pub(crate) struct NewKeptAnswer {
    org_id: Uuid,
    key: String,
    request: Vec<u8>,
    status: i16,
    location: Option<String>,
    body: String,
    expires_at: OffsetDateTime,
}

impl NewKeptAnswer {
    pub(crate) fn of(
        org: OrgId,
        key: &IdempotencyKey,
        request: &Fingerprint,
        (answer, expires_at): (&Answer, Instant),
    ) -> Self {
        Self {
            org_id: org.uuid(),
            key: key.as_str().to_owned(),
            request: request.0.to_vec(),
            // A status has three digits.
            status: answer.status.cast_signed(),
            location: answer.location.clone(),
            body: answer.body.clone(),
            expires_at: expires_at.to_utc(),
        }
    }
}
