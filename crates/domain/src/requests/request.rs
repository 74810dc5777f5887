//! What is known of a request.

#[cfg(test)]
mod tests;

use org_kernel::choices;
use org_kernel::field::Fields;
use org_kernel::id::{MemberId, kind};
use org_kernel::text::{Line, Prose};

use super::{MemberRequestStatus, RequestDates};
use crate::foreign::Foreign;
use crate::record::Facts;

choices! {
    /// What is asked for.
    pub enum MemberRequestType {
        Leave = "LEAVE",
        Sick = "SICK",
        ParentalLeave = "PARENTAL_LEAVE",
        AuditionLeave = "AUDITION_LEAVE",
        Release = "RELEASE",
        Substitute = "SUBSTITUTE",
        ServiceExchange = "SERVICE_EXCHANGE",
        ScheduleChange = "SCHEDULE_CHANGE",
        Seating = "SEATING",
        Dress = "DRESS",
        Equipment = "EQUIPMENT",
        InstrumentLoan = "INSTRUMENT_LOAN",
        Parts = "PARTS",
        Travel = "TRAVEL",
        Accessibility = "ACCESSIBILITY",
        Other = "OTHER",
    }
}

/// What a member asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemberRequest {
    /// The membership of who asks.
    pub member_id: MemberId,
    /// What is asked for.
    pub kind: MemberRequestType,
    /// In a few words.
    pub subject: Line<200>,
    /// In more words.
    pub body: Option<Prose<5000>>,
    /// For which days.
    pub dates: Option<RequestDates>,
    /// How far it has come.
    pub status: MemberRequestStatus,
}

impl MemberRequest {
    /// Reads the fields of a new request. An id that is none is that of no member.
    pub fn read(fields: &mut Fields) -> Option<Self> {
        let member_id = fields.required::<Foreign<_>>("membershipId");
        let kind = fields.required("type");
        let subject = fields.required("subject");
        let body = fields.optional("body");
        let dates = RequestDates::read(fields);
        Some(Self {
            member_id: member_id?.0,
            kind: kind?,
            subject: subject?,
            body,
            dates,
            status: MemberRequestStatus::Submitted,
        })
    }
}

impl Facts for MemberRequest {
    type Kind = kind::Request;
}
