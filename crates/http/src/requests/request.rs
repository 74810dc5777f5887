//! A member's request, as it is answered.

use org_domain::{Record, requests as domain};
use serde::Serialize;
use utoipa::ToSchema;

use crate::answer::{Item, Located};
use crate::wire::{
    Date, Instant, MemberId, MemberRequestStatus, MemberRequestType, RequestId, text,
};

/// What a member asks for.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct MemberRequest {
    id: RequestId,
    membership_id: MemberId,
    #[serde(rename = "type")]
    kind: MemberRequestType,
    subject: String,
    body: Option<String>,
    start_date: Option<Date>,
    end_date: Option<Date>,
    status: MemberRequestStatus,
    created_at: Instant,
    updated_at: Instant,
}

impl From<Record<domain::MemberRequest>> for MemberRequest {
    fn from(record: Record<domain::MemberRequest>) -> Self {
        let facts = record.facts;
        let dates = facts.dates;
        Self {
            id: record.id.into(),
            membership_id: facts.member_id.into(),
            kind: facts.kind.into(),
            subject: facts.subject.into_string(),
            body: text(facts.body),
            start_date: dates.map(|dates| dates.start().into()),
            end_date: dates.and_then(|dates| dates.end().map(Into::into)),
            status: facts.status.into(),
            created_at: record.created_at.into(),
            updated_at: record.updated_at.into(),
        }
    }
}

impl Located for MemberRequest {
    fn path(&self) -> String {
        format!("/member-requests/{}", self.id)
    }
}

impl Item for MemberRequest {
    fn example() -> Self {
        Self {
            id: RequestId::example(),
            membership_id: MemberId::example(),
            kind: domain::MemberRequestType::Leave.into(),
            subject: "Leave for a recording".to_owned(),
            body: None,
            start_date: Some(Date::example("2026-04-13")),
            end_date: Some(Date::example("2026-04-17")),
            status: domain::MemberRequestStatus::Submitted.into(),
            created_at: Instant::example("2026-02-20T14:05:09.125Z"),
            updated_at: Instant::example("2026-02-20T14:05:09.125Z"),
        }
    }
}
