//! A row of `member_requests`.

use diesel::prelude::*;
use org_domain::record::Record;
use org_domain::requests::{MemberRequest, MemberRequestStatus, MemberRequestType, RequestDates};
use org_kernel::id::{Id, OrgId};
use org_kernel::text::{Prose, Text};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use crate::columns::{self, Choice, Row};
use crate::error::corrupt;
use crate::schema::member_requests;
use crate::writes::keep;

#[derive(Queryable, Selectable)]
#[diesel(table_name = member_requests)]
struct MemberRequestRow {
    id: Uuid,
    member_id: Uuid,
    type_: Choice<MemberRequestType>,
    subject: String,
    body: Option<String>,
    start_date: Option<Date>,
    end_date: Option<Date>,
    status: Choice<MemberRequestStatus>,
    created_at: OffsetDateTime,
    updated_at: OffsetDateTime,
}

impl Row for MemberRequestRow {
    type Item = Record<MemberRequest>;

    fn into_item(self) -> QueryResult<Self::Item> {
        let dates = self.start_date.map(|start| {
            let dates = RequestDates::new(start, self.end_date);
            dates.ok_or_else(|| corrupt("dates of a request"))
        });
        let facts = MemberRequest {
            member_id: Id::new(self.member_id),
            kind: self.type_.0,
            subject: Text::stored(self.subject),
            body: self.body.map(Text::stored),
            dates: dates.transpose()?,
            status: self.status.0,
        };
        Ok(columns::record(
            self.id,
            facts,
            self.created_at,
            self.updated_at,
        ))
    }
}

#[derive(Insertable)]
#[diesel(table_name = member_requests, treat_none_as_default_value = false)]
struct NewMemberRequest<'a> {
    org_id: Uuid,
    id: Uuid,
    member_id: Uuid,
    type_: &'static str,
    subject: &'a str,
    body: Option<&'a str>,
    start_date: Option<Date>,
    end_date: Option<Date>,
    status: &'static str,
    created_at: OffsetDateTime,
    updated_at: OffsetDateTime,
}

impl<'a> NewMemberRequest<'a> {
    fn of(org: OrgId, record: &'a Record<MemberRequest>) -> Self {
        let facts = &record.facts;
        Self {
            org_id: org.uuid(),
            id: record.id.uuid(),
            member_id: facts.member_id.uuid(),
            type_: facts.kind.as_str(),
            subject: facts.subject.as_str(),
            body: facts.body.as_ref().map(Prose::as_str),
            start_date: facts.dates.map(RequestDates::start),
            end_date: facts.dates.and_then(RequestDates::end),
            status: facts.status.as_str(),
            created_at: record.created_at.to_utc(),
            updated_at: record.updated_at.to_utc(),
        }
    }
}

keep!(
    MemberRequest,
    member_requests,
    MemberRequestRow,
    |org, record| NewMemberRequest::of(org, record),
    [
        member_id, type_, subject, body, start_date, end_date, status,
    ]
);
