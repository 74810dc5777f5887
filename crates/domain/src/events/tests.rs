//! What subscribers were promised: which types there are, and what each looks like.

mod invented;
mod samples;

use std::collections::BTreeSet;

use org_kernel::event::{Event, Payload};
use org_kernel::id::Id;
use serde_json::Value;
use uuid::Uuid;

use self::samples::{bare, booking, engagement, full, item, report, request, service, tour};
use super::*;
use crate::record::{Facts, Record};

/// Makes a test of each type of event: a record, told, is what it was when the snapshot was taken.
macro_rules! snapshots {
    ($($test:ident: $payload:ident of $record:expr;)+) => {
        $(
            #[test]
            fn $test() {
                let record = $record;
                let told = told(&$payload((&record).into()));
                insta::assert_json_snapshot!($payload::KIND, told);
            }
        )+

        /// The types that have a snapshot.
        const SEEN: &[&str] = &[$($payload::KIND),+];
    };
}

snapshots! {
    a_production_that_was_created: ProductionCreated of record(full());
    a_production_that_was_updated: ProductionUpdated of record(bare());
    a_booking_that_was_created: ResourceBookingCreated of record(booking(None));
    a_booking_that_was_cancelled: ResourceBookingCancelled of record(booking(Some(NOW)));
    a_request_that_was_created: MemberRequestCreated of record(request("SUBMITTED"));
    a_request_that_was_updated: MemberRequestUpdated of record(request("APPROVED"));
    an_item_that_was_completed: ChecklistItemCompleted of record(item(NOW));
    a_service_that_was_updated: ServiceUpdated of record(service());
    a_tour_that_was_updated: TourUpdated of record(tour());
    a_report_that_was_generated: ReportGenerated of record(report());
    an_engagement_that_was_updated: EngagementUpdated of record(engagement());
}

const NOW: &str = "2026-02-03T04:05:06.789Z";

#[test]
fn the_catalogue_has_eleven_types_each_once_and_each_with_a_snapshot() {
    let names: BTreeSet<_> = CATALOGUE.iter().map(|event| event.name).collect();
    assert_eq!((names.len(), CATALOGUE.len()), (11, 11));
    assert_eq!(names, SEEN.iter().copied().collect());
}

/// The envelope, read from the very bytes that are stored.
fn told(payload: &impl Payload) -> Value {
    let at = NOW.parse().expect("an instant");
    let event = Event::new(Id::new(Uuid::from_u128(1)), at, payload);
    serde_json::from_str(&event.expect("an event").payload).expect("JSON")
}

fn record<F: Facts>(facts: F) -> Record<F> {
    Record {
        id: Id::new(Uuid::from_u128(2)),
        facts,
        created_at: "2026-01-02T03:04:05.678Z".parse().expect("an instant"),
        updated_at: NOW.parse().expect("an instant"),
    }
}
