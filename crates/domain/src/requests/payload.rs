//! The events `member_request.created` and `member_request.updated`.

use org_kernel::id::{MemberId, RequestId};
use org_kernel::instant::Instant;
use serde::Serialize;

use super::MemberRequest;
use crate::desk::Told;
use crate::events::event;
use crate::record::Record;

/// A member's request as the API shows it.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct MemberRequestPayload<'a> {
    id: RequestId,
    membership_id: MemberId,
    #[serde(rename = "type")]
    kind: &'static str,
    subject: &'a str,
    body: Option<&'a str>,
    start_date: Option<String>,
    end_date: Option<String>,
    status: &'static str,
    created_at: Instant,
    updated_at: Instant,
}

impl<'a> From<&'a Record<MemberRequest>> for MemberRequestPayload<'a> {
    fn from(record: &'a Record<MemberRequest>) -> Self {
        let facts = &record.facts;
        let dates = facts.dates;
        Self {
            id: record.id,
            membership_id: facts.member_id,
            kind: facts.kind.as_str(),
            subject: facts.subject.as_ref(),
            body: facts.body.as_ref().map(AsRef::as_ref),
            start_date: dates.map(|dates| dates.start().to_string()),
            end_date: dates.and_then(|dates| Some(dates.end()?.to_string())),
            status: facts.status.as_str(),
            created_at: record.created_at,
            updated_at: record.updated_at,
        }
    }
}

event! {
    /// A member asked for something.
    MemberRequestCreated(MemberRequestPayload) = "member_request.created"
}

event! {
    /// A request was taken a step further.
    MemberRequestUpdated(MemberRequestPayload) = "member_request.updated"
}

impl Told for MemberRequest {
    type View<'a> = MemberRequestPayload<'a>;
    type Updated<'a> = MemberRequestUpdated<'a>;
}
