//! The facts that snapshots are taken of.

use org_kernel::field::{Fields, FromText};
use org_kernel::id::{Id, ResourceId};
use org_kernel::text::{Line, Prose};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::bookings::Booking;
use crate::checklist::ChecklistItem;
use crate::engagements::{Engagement, EngagementStatus};
use crate::import::{ExternalKey, ImportKind, Links};
use crate::productions::{Production, ProductionPlan};
use crate::reports::Report;
use crate::requests::{MemberRequest, MemberRequestStatus};
use crate::services::Service;
use crate::span::TimeSpan;
use crate::tours::Tour;

/// A production of which everything is known.
pub(super) fn full() -> Production {
    production(json!({
        "code": "S 1", "title": "Z nového světa", "subtitle": "Symfonie", "season": "2026-27",
        "series": "Symfonická", "type": "SUBSCRIPTION", "status": "CONFIRMED",
        "startDate": "2026-09-18", "endDate": "2026-09-20", "conductor": "Kubelík, Rafael",
        "venue": "Rudolfinum", "description": "První řádek\n\"druhý\"",
    }))
}

/// A production of which no more is known than must be.
pub(super) fn bare() -> Production {
    production(json!({ "title": "x", "startDate": "0001-01-01", "endDate": "9999-12-31" }))
}

pub(super) fn production(value: Value) -> Production {
    let plan = ProductionPlan::read(&mut fields(value), &Links::default());
    plan.expect("a production").production
}

pub(super) fn booking(cancelled_at: Option<&str>) -> Booking {
    Booking {
        resource_id: ResourceId::new(Uuid::from_u128(3)),
        title: line("Zkouška"),
        span: span("2026-03-01T10:00:00+01:00", "2026-03-01T12:00:00+01:00"),
        held: span("2026-03-01T08:30:00Z", "2026-03-01T11:15:00Z"),
        notes: cancelled_at.is_none().then(|| prose("Křídlo")),
        cancelled_at: cancelled_at.map(|at| at.parse().expect("an instant")),
    }
}

pub(super) fn request(status: &str) -> MemberRequest {
    let read = MemberRequest::read(&mut fields(json!({
        "membershipId": Id::<org_kernel::id::kind::Member>::new(Uuid::from_u128(3)).to_string(),
        "type": "PARENTAL_LEAVE", "subject": "Volno", "body": "Od května.",
        "startDate": "2026-05-01", "endDate": "2026-05-31",
    })));
    let mut request = read.expect("a request");
    request.status = MemberRequestStatus::from_text(status).expect("a status");
    request
}

pub(super) fn item(done_at: &str) -> ChecklistItem {
    ChecklistItem {
        production_id: Id::new(Uuid::from_u128(3)),
        label: line("Naladit klavír"),
        done_at: Some(done_at.parse().expect("an instant")),
        position: 7,
    }
}

pub(super) fn service() -> Service {
    let mut links = Links::default();
    let key = ExternalKey {
        kind: ImportKind::Production,
        id: line("x"),
    };
    links.add(key, Uuid::from_u128(3));
    let service = Service::read(
        &mut fields(json!({
            "productionExternalId": "x", "type": "DRESS_REHEARSAL", "title": "Generálka",
            "startAt": "2026-03-29T18:00:00Z", "endAt": "2026-03-29T20:00:00Z",
            "callAt": "2026-03-29T17:30:00Z", "venue": "Rudolfinum", "conductor": "Kubelík, Rafael",
            "dress": "Frak", "notes": "Bez publika",
        })),
        &links,
    );
    service.expect("a service")
}

pub(super) fn tour() -> Tour {
    let tour = Tour::read(&mut fields(json!({
        "name": "Morava", "status": "CONFIRMED", "startDate": "2026-03-01", "endDate": "2026-03-09",
        "legs": [
            { "date": "2026-03-01", "dayType": "TRAVEL" },
            { "date": "2026-03-02", "dayType": "PERFORMANCE", "city": "Brno", "country": "cz",
                "venue": "Besední dům", "notes": "Bez přestávky" },
        ],
    })));
    tour.expect("a tour")
}

pub(super) fn report() -> Report {
    let report = Report::read(&mut fields(json!({
        "name": "Volno v květnu", "reportKind": "leave", "format": "CSV", "rowCount": 12,
        "byteSize": 3456, "generatedAt": "2026-02-03T04:05:06.789Z",
        "expiresAt": "2026-03-03T04:05:06.789Z",
    })));
    report.expect("a report")
}

pub(super) fn engagement() -> Engagement {
    Engagement {
        production_id: Id::new(Uuid::from_u128(3)),
        contact_id: Id::new(Uuid::from_u128(4)),
        role: line("Soloist (violin)"),
        status: EngagementStatus::Confirmed,
    }
}

pub(super) fn span(from: &str, until: &str) -> TimeSpan {
    let at = |text: &str| text.parse().expect("an instant");
    TimeSpan::new(at(from), at(until)).expect("a span")
}

pub(super) fn line<const MAX: usize>(text: &str) -> Line<MAX> {
    Line::from_text(text).expect("a line")
}

pub(super) fn prose<const MAX: usize>(text: &str) -> Prose<MAX> {
    Prose::from_text(text).expect("prose")
}

pub(super) fn fields(value: Value) -> Fields {
    match value {
        Value::Object(object) => Fields::new(object),
        _ => panic!("not an object"),
    }
}
