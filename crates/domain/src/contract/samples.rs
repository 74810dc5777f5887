//! One of each kind, for promises that want any.

use org_kernel::field::{Fields, FromText};
use org_kernel::id::kind;
use org_kernel::id::{ContactId, MemberId, ProductionId, WorkId};
use org_kernel::text::Line;
use serde_json::{Value, json};

use super::Subject;
use super::office::Office;
use super::setting::object;
use crate::checklist::ChecklistItem;
use crate::contacts::Contact;
use crate::engagements::{Engagement, EngagementStatus};
use crate::import::Links;
use crate::productions::{ProductionPlan, ProgrammeItem, ProgrammeItemKind};
use crate::requests::MemberRequest;
use crate::tours::Tour;

/// What is there before anything is written: one of each kind that is imported, named `x`.
pub(super) struct Stock {
    pub(super) production: ProductionId,
    pub(super) work: WorkId,
    pub(super) member: MemberId,
    pub(super) contact: ContactId,
}

impl Stock {
    pub(super) fn of<S: Subject>(office: &Office<'_, S>) -> Self {
        office.import(&rows());
        Self {
            production: office.imported::<kind::Production>("x"),
            work: office.imported::<kind::Work>("x"),
            member: office.imported::<kind::Member>("x"),
            contact: office.imported::<kind::Contact>("x"),
        }
    }
}

fn rows() -> Vec<Value> {
    vec![
        json!({ "kind": "work", "externalId": "x", "title": "x", "composer": "x" }),
        json!({ "kind": "member", "externalId": "x", "name": "x", "role": "TUTTI" }),
        json!({ "kind": "contact", "externalId": "x", "name": "x", "type": "AGENT" }),
        json!({ "kind": "resource", "externalId": "x", "name": "x", "type": "HALL" }),
        json!({ "kind": "tour", "externalId": "x", "name": "x",
            "startDate": "2026-03-01", "endDate": "2026-03-09" }),
        json!({ "kind": "report", "externalId": "x", "name": "x", "reportKind": "x",
            "format": "PDF", "status": "QUEUED" }),
        json!({ "kind": "production", "externalId": "x", "title": "x",
            "startDate": "2026-01-01", "endDate": "2026-01-02" }),
        json!({ "kind": "service", "externalId": "x", "productionExternalId": "x",
            "type": "CONCERT", "startAt": "2026-01-01T19:00:00Z", "endAt": "2026-01-01T21:00:00Z" }),
    ]
}

pub(super) fn plan(title: &str) -> ProductionPlan {
    let fields = json!({
        "title": title, "startDate": "2026-01-01", "endDate": "2026-01-02", "code": "S 1",
    });
    let plan = ProductionPlan::read(&mut self::fields(fields), &Links::default());
    plan.expect("a production")
}

/// A place of a programme at which a work is played.
pub(super) fn place(work: WorkId) -> ProgrammeItem {
    ProgrammeItem {
        kind: ProgrammeItemKind::Work,
        work_id: Some(work),
        title: line("Suita"),
        composer: Some(line("Dvořák, Antonín")),
        conductor: None,
        soloists: Vec::new(),
        duration_minutes: Some(20),
        notes: None,
    }
}

pub(super) fn tour(legs: &Value) -> Tour {
    let fields = json!({
        "name": "Morava", "startDate": "2026-03-01", "endDate": "2026-03-09", "legs": legs,
    });
    Tour::read(&mut self::fields(fields)).expect("a tour")
}

pub(super) fn contact(fields: Value) -> Contact {
    Contact::read(&mut self::fields(fields)).expect("a contact")
}

pub(super) fn engagement(stock: &Stock) -> Engagement {
    Engagement {
        production_id: stock.production,
        contact_id: stock.contact,
        role: line("Soloist (violin)"),
        status: EngagementStatus::Proposed,
    }
}

pub(super) fn request(member: MemberId) -> MemberRequest {
    let fields = json!({
        "membershipId": member.to_string(), "type": "LEAVE", "subject": "Volno",
        "startDate": "2026-05-01", "endDate": "2026-05-02",
    });
    MemberRequest::read(&mut self::fields(fields)).expect("a request")
}

pub(super) fn item(production: ProductionId) -> ChecklistItem {
    ChecklistItem {
        production_id: production,
        label: line("Naladit klavír"),
        done_at: None,
        position: 1,
    }
}

pub(super) fn line<const MAX: usize>(text: &str) -> Line<MAX> {
    Line::from_text(text).expect("a line")
}

fn fields(value: Value) -> Fields {
    Fields::new(object(value))
}
