//! What is left out is null, empty, or the default.

use serde_json::json;

use super::support::Desk;
use crate::instruments::{InstrumentQuery, InstrumentStatus};
use crate::productions::{ProductionQuery, ProductionStatus, ProductionType};
use crate::repertoire::{Rights, WorkQuery};
use crate::reports::{ReportQuery, ReportStatus};
use crate::resources::{ResourceQuery, ResourceStatus};
use crate::roster::{MemberQuery, MemberStatus};
use crate::services::{ServiceQuery, ServiceStatus};
use crate::tours::{TourQuery, TourStatus};

#[test]
fn what_is_left_out_takes_its_default() {
    let desk = Desk::new();
    let days = |mut row: serde_json::Value| {
        row["startDate"] = "2026-01-01".into();
        row["endDate"] = "2026-01-01".into();
        row
    };
    desk.import_well([
        json!({ "kind": "work", "externalId": "1", "title": "x", "composer": "x" }),
        json!({ "kind": "member", "externalId": "1", "name": "x", "role": "TUTTI" }),
        json!({ "kind": "resource", "externalId": "1", "name": "x", "type": "HALL" }),
        json!({ "kind": "instrument", "externalId": "1", "name": "x", "category": "HARP" }),
        days(json!({ "kind": "tour", "externalId": "1", "name": "x" })),
        json!({
            "kind": "report", "externalId": "1", "name": "x", "reportKind": "x", "format": "CSV",
        }),
        days(json!({ "kind": "production", "externalId": "1", "title": "x" })),
        json!({
            "kind": "service", "externalId": "1", "productionExternalId": "1", "type": "CONCERT",
            "startAt": "2026-01-01T19:00:00Z", "endAt": "2026-01-01T21:00:00Z",
        }),
        json!({
            "kind": "performance", "externalId": "1", "date": "2026-01-01", "title": "x",
            "composer": "x",
        }),
        json!({ "kind": "contact", "externalId": "1", "name": "x", "type": "OTHER" }),
    ]);
    let production = &desk.list(&ProductionQuery::default())[0].facts;
    assert_eq!(production.status, ProductionStatus::Draft);
    assert_eq!(production.kind, ProductionType::Other);
    let service = &desk.list(&ServiceQuery::default())[0].facts;
    assert_eq!(service.status, ServiceStatus::Scheduled);
    let work = &desk.list(&WorkQuery::default())[0].work.facts;
    assert_eq!(work.rights, Rights::Unknown);
    let resource = &desk.list(&ResourceQuery)[0].facts;
    assert_eq!(resource.status, ResourceStatus::Available);
    assert_eq!((resource.setup_minutes, resource.teardown_minutes), (0, 0));
    assert_eq!(
        desk.list(&MemberQuery::default())[0].facts.status,
        MemberStatus::Active
    );
    assert_eq!(
        desk.list(&InstrumentQuery)[0].facts.status,
        InstrumentStatus::Available
    );
    assert_eq!(desk.list(&TourQuery)[0].facts.status, TourStatus::Planning);
    assert_eq!(desk.list(&ReportQuery)[0].facts.status, ReportStatus::Ready);
}
