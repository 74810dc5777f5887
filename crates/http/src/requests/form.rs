//! What is asked of a new request.

use org_domain::requests as domain;
use org_kernel::field::Fields;
use serde::Serialize;
use utoipa::ToSchema;

use crate::answer::Item;
use crate::input::Body;
use crate::wire::{Date, MemberId, MemberRequestType};

/// Who asks for what, and for which days.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct NewMemberRequest {
    membership_id: MemberId,
    #[serde(rename = "type")]
    kind: MemberRequestType,
    #[schema(min_length = 1, max_length = 200)]
    subject: &'static str,
    #[schema(max_length = 5000)]
    body: Option<&'static str>,
    start_date: Option<Date>,
    /// Not before `startDate`, which it needs.
    end_date: Option<Date>,
}

impl Item for NewMemberRequest {
    fn example() -> Self {
        Self {
            membership_id: MemberId::example(),
            kind: domain::MemberRequestType::Leave.into(),
            subject: "Leave for a recording",
            body: None,
            start_date: Some(Date::example("2026-04-13")),
            end_date: Some(Date::example("2026-04-17")),
        }
    }
}

impl Body for domain::MemberRequest {
    type Form = NewMemberRequest;

    const READ_ONLY: &'static [&'static str] = &["id", "status", "createdAt", "updatedAt"];

    fn read(fields: &mut Fields) -> Option<Self> {
        Self::read(fields)
    }
}
