//! The samples of the catalogue are events as they are sent: made by the types of the real ones, of facts
//! that nobody has.
//!
//! `UPDATE_SAMPLES=1 cargo test -p org-domain invented` writes them anew.

use std::path::Path;

use org_kernel::event::{Event, Payload};
use org_kernel::field::FromText;
use org_kernel::id::{EventId, Id, Kind};
use org_kernel::instant::Instant;
use serde_json::{Value, json};
use uuid::Uuid;

use super::samples::{fields, line, production, prose, span};
use super::*;
use crate::bookings::Booking;
use crate::checklist::ChecklistItem;
use crate::engagements::{Engagement, EngagementStatus};
use crate::import::{ExternalKey, ImportKind, Links};
use crate::productions::Production;
use crate::record::{Facts, Record};
use crate::reports::Report;
use crate::requests::{MemberRequest, MemberRequestStatus};
use crate::services::Service;
use crate::tours::Tour;

/// When the first of the events happened; each further one came a day later.
const MADE: &str = "2026-09-01T08:15:30.250Z";

/// An id that looks like any other: of a UUID of version 7, told from others by a number.
fn id<K: Kind>(number: u128) -> Id<K> {
    let first = Uuid::try_parse("01990000-0000-7c4d-8a2b-6f19d3e57080").expect("an id");
    Id::new(Uuid::from_u128(
        first.as_u128() + (number << 80) + number * 0x1f35,
    ))
}

fn at(text: &str) -> Instant {
    text.parse().expect("an instant")
}

/// Facts that were known on the first day, and changed at a time or not at all.
fn record<F: Facts>(number: u128, facts: F, updated_at: &str) -> Record<F> {
    Record {
        id: id(number),
        facts,
        created_at: at(MADE),
        updated_at: at(updated_at),
    }
}

fn concert(subtitle: &str) -> Production {
    production(json!({
        "code": "SUB-3", "title": "Autumn Subscription III", "subtitle": subtitle,
        "season": "2026-27", "series": "Friday Evenings", "type": "SUBSCRIPTION",
        "status": "CONFIRMED", "startDate": "2026-11-20", "endDate": "2026-11-22",
        "conductor": "Marková, Eva", "venue": "Great Hall",
        "description": "Broadcast live on the Friday.",
    }))
}

fn booking(cancelled_at: Option<&str>) -> Booking {
    Booking {
        resource_id: id(20),
        title: line("Sectional, first violins"),
        span: span("2026-11-17T09:00:00Z", "2026-11-17T11:30:00Z"),
        held: span("2026-11-17T08:45:00Z", "2026-11-17T11:45:00Z"),
        notes: Some(prose("Sixteen chairs and stands.")),
        cancelled_at: cancelled_at.map(at),
    }
}

fn request(status: &str) -> MemberRequest {
    let read = MemberRequest::read(&mut fields(json!({
        "membershipId": id::<org_kernel::id::kind::Member>(21).to_string(),
        "type": "LEAVE", "subject": "Leave in November",
        "body": "I would like to be free on these days.",
        "startDate": "2026-11-16", "endDate": "2026-11-18",
    })));
    let mut request = read.expect("a request");
    request.status = MemberRequestStatus::from_text(status).expect("a status");
    request
}

fn item(done_at: &str) -> ChecklistItem {
    ChecklistItem {
        production_id: id(1),
        label: line("Tune the piano"),
        done_at: Some(at(done_at)),
        position: 4,
    }
}

fn rehearsal() -> Service {
    let (mut links, number) = (Links::default(), line("1"));
    let key = ExternalKey {
        kind: ImportKind::Production,
        id: number,
    };
    links.add(key, id::<org_kernel::id::kind::Production>(1).uuid());
    let service = Service::read(
        &mut fields(json!({
            "productionExternalId": "1", "type": "DRESS_REHEARSAL", "status": "CONFIRMED",
            "title": "Dress rehearsal", "startAt": "2026-11-20T09:00:00Z",
            "endAt": "2026-11-20T11:30:00Z", "callAt": "2026-11-20T08:45:00Z",
            "venue": "Great Hall", "conductor": "Marková, Eva", "dress": "Own clothes",
            "notes": "Open to school classes.",
        })),
        &links,
    );
    service.expect("a service")
}

fn tour() -> Tour {
    let tour = Tour::read(&mut fields(json!({
        "name": "Spring tour", "status": "CONFIRMED", "startDate": "2027-04-05",
        "endDate": "2027-04-06",
        "legs": [
            { "date": "2027-04-05", "dayType": "TRAVEL", "city": "Graz", "country": "AT" },
            { "date": "2027-04-06", "dayType": "PERFORMANCE", "city": "Graz", "country": "AT",
                "venue": "Town Hall", "notes": "Sound check at five." },
        ],
    })));
    tour.expect("a tour")
}

fn report() -> Report {
    let report = Report::read(&mut fields(json!({
        "name": "Services in November", "reportKind": "services", "format": "CSV", "rowCount": 48,
        "byteSize": 6120, "generatedAt": "2026-09-10T08:15:30.250Z",
        "expiresAt": "2026-10-10T08:15:30.250Z",
    })));
    report.expect("a report")
}

fn engagement() -> Engagement {
    Engagement {
        production_id: id(1),
        contact_id: id(22),
        role: line("Soloist (violin)"),
        status: EngagementStatus::Confirmed,
    }
}

/// The event as it would be sent, over several lines.
fn sent(number: u128, created_at: &str, payload: &impl Payload) -> String {
    let id: EventId = id(100 + number);
    let event = Event::new(id, at(created_at), payload).expect("an event");
    let told: Value = serde_json::from_str(&event.payload).expect("JSON");
    let told = serde_json::to_string_pretty(&told).expect("JSON");
    format!("{told}\n")
}

/// Holds the sample of a type to be what is sent.
fn hold<P: Payload>(number: u128, created_at: &str, payload: &P) {
    let expected = sent(number, created_at, payload);
    if std::env::var_os("UPDATE_SAMPLES").is_some() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/events/samples");
        let path = folder.join(P::KIND).with_added_extension("json");
        std::fs::write(path, &expected).expect("the sample is written");
        return;
    }
    let listed = CATALOGUE.iter().find(|event| event.name == P::KIND);
    assert_eq!(listed.expect("a type").sample, expected);
}

macro_rules! samples {
    ($($test:ident: $payload:ident = $number:literal of $facts:expr, $made:expr;)+) => {
        $(
            #[test]
            fn $test() {
                let record = record($number, $facts, $made);
                hold($number, $made, &$payload((&record).into()));
            }
        )+

        /// The types whose sample is held to what is sent.
        const HELD: &[&str] = &[$($payload::KIND),+];
    };
}

samples! {
    a_production_is_created_as_in_the_sample:
        ProductionCreated = 1 of concert("Dvořák and Martinů"), MADE;
    a_production_is_updated_as_in_the_sample:
        ProductionUpdated = 1 of concert("Dvořák, Martinů, Janáček"), "2026-09-02T10:00:00.125Z";
    a_booking_is_created_as_in_the_sample: ResourceBookingCreated = 2 of booking(None), MADE;
    a_booking_is_cancelled_as_in_the_sample:
        ResourceBookingCancelled = 2 of booking(Some("2026-09-03T07:45:00.500Z")),
        "2026-09-03T07:45:00.500Z";
    a_request_is_created_as_in_the_sample: MemberRequestCreated = 3 of request("SUBMITTED"), MADE;
    a_request_is_updated_as_in_the_sample:
        MemberRequestUpdated = 3 of request("APPROVED"), "2026-09-04T15:20:10.000Z";
    an_item_is_completed_as_in_the_sample:
        ChecklistItemCompleted = 4 of item("2026-09-05T12:00:05.000Z"), "2026-09-05T12:00:05.000Z";
    a_service_is_updated_as_in_the_sample:
        ServiceUpdated = 5 of rehearsal(), "2026-09-06T09:30:00.000Z";
    a_tour_is_updated_as_in_the_sample: TourUpdated = 6 of tour(), "2026-09-07T16:05:00.000Z";
    a_report_is_generated_as_in_the_sample: ReportGenerated = 7 of report(), "2026-09-10T08:15:30.250Z";
    an_engagement_is_updated_as_in_the_sample:
        EngagementUpdated = 8 of engagement(), "2026-09-09T11:11:11.000Z";
}

#[test]
fn every_sample_is_held_to_what_is_sent() {
    let names: Vec<_> = CATALOGUE.iter().map(|event| event.name).collect();
    let mut held = HELD.to_vec();
    held.sort_by_key(|name| names.iter().position(|known| known == name));
    assert_eq!(held, names);
}
