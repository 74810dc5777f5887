//! What the database refuses by itself, whatever program writes to it.

use std::sync::Barrier;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::result::Error;
use org_domain::organizations::{CreateError, OrganizationStore};
use org_store::testing::TestDatabase;

use crate::support::{founded, ground, organization};

/// The name of the constraint that refuses a statement; `None` for one that is done.
pub(crate) fn refusal(conn: &mut PgConnection, statement: &str) -> Option<String> {
    match conn.batch_execute(statement) {
        Ok(()) => None,
        Err(Error::DatabaseError(_, said)) => {
            let name = said.constraint_name().unwrap_or_else(|| said.message());
            Some(name.to_owned())
        }
        Err(error) => panic!("{error}"),
    }
}

fn booking(org: u8, number: u8, resource: u8, from: &str, until: &str, status: &str) -> String {
    format!(
        "INSERT INTO resource_bookings (org_id, id, resource_id, title, start_at, end_at, held_from,
                                        held_until, status, cancelled_at, created_at, updated_at)
         VALUES (id({org}), id({number}), id({resource}), 'x', '2026-01-01 {from}Z',
                 '2026-01-01 {until}Z', '2026-01-01 {from}Z', '2026-01-01 {until}Z', '{status}',
                 CASE '{status}' WHEN 'CANCELLED' THEN now() END, now(), now())"
    )
}

#[test]
fn no_row_refers_to_another_organization() {
    let database = ground();
    let conn = &mut database.connection();
    for (statement, constraint) in [
        (
            "INSERT INTO checklist_items
             VALUES (id(1), id(40), id(12), 'x', NULL, 1, now(), now())"
                .to_owned(),
            "checklist_items_belong_to_a_production",
        ),
        (
            booking(1, 40, 22, "10:00", "11:00", "CONFIRMED"),
            "bookings_hold_a_resource",
        ),
        (
            "INSERT INTO member_requests VALUES
             (id(1), id(40), id(32), 'LEAVE', 'x', NULL, NULL, NULL, 'SUBMITTED', now(), now())"
                .to_owned(),
            "requests_are_made_by_a_member",
        ),
        (
            "INSERT INTO engagements VALUES
             (id(1), id(40), id(12), id(51), 'x', 'PROPOSED', now(), now())"
                .to_owned(),
            "engagements_belong_to_a_production",
        ),
        (
            "INSERT INTO engagements VALUES
             (id(1), id(40), id(11), id(52), 'x', 'PROPOSED', now(), now())"
                .to_owned(),
            "engagements_are_of_a_contact",
        ),
        (
            "UPDATE productions SET org_id = id(3) WHERE org_id = id(1)".to_owned(),
            "productions_belong_to_an_organization",
        ),
    ] {
        assert_eq!(refusal(conn, &statement).as_deref(), Some(constraint));
    }
}

#[test]
fn what_confirmed_bookings_hold_does_not_overlap() {
    let database = ground();
    let conn = &mut database.connection();
    let overlap = Some("booking_slots_do_not_overlap");
    for (statement, expected) in [
        (booking(1, 40, 21, "10:00", "12:00", "CONFIRMED"), None),
        (booking(1, 41, 21, "11:59", "13:00", "CONFIRMED"), overlap),
        (booking(1, 41, 21, "11:00", "11:01", "CANCELLED"), None),
        (booking(1, 42, 21, "12:00", "13:00", "CONFIRMED"), None),
        (booking(2, 42, 22, "10:00", "12:00", "CONFIRMED"), None),
        (
            "UPDATE resource_bookings SET status = 'CONFIRMED', cancelled_at = NULL
             WHERE id = id(41)"
                .to_owned(),
            overlap,
        ),
    ] {
        assert_eq!(
            refusal(conn, &statement).as_deref(),
            expected,
            "{statement}"
        );
    }
}

#[test]
fn an_endpoint_hears_of_an_event_once_and_of_tests_often() {
    let database = ground();
    let conn = &mut database.connection();
    let laid = conn.batch_execute(
        "INSERT INTO events VALUES (id(1), id(50), 'production.created', '{}', now());
         INSERT INTO webhook_endpoints
         VALUES (id(1), id(60), 'https://example.org', NULL, '{}', true, now(), now())",
    );
    laid.expect("an event and an endpoint");
    let delivery = |number: u8, event: &str, message: u8, status: &str| {
        format!(
            "INSERT INTO webhook_deliveries (org_id, id, endpoint_id, event_id, message_id, type,
                                             payload, headers, status, attempts, failures,
                                             created_at, updated_at)
             VALUES (id(1), id({number}), id(60), {event}, id({message}), 'x',
                     CASE WHEN {event}::uuid IS NULL THEN '{{}}' END, '{{}}', '{status}', 0, 0,
                     now(), now())"
        )
    };
    for (statement, expected) in [
        (delivery(70, "id(50)", 50, "PENDING"), None),
        (
            delivery(71, "id(50)", 50, "PENDING"),
            Some("endpoints_hear_of_an_event_once"),
        ),
        (delivery(71, "NULL", 51, "SIMULATED"), None),
        (delivery(72, "NULL", 52, "SIMULATED"), None),
        (
            delivery(73, "NULL", 53, "PENDING"),
            Some("deliveries_without_an_event_are_simulated"),
        ),
    ] {
        assert_eq!(
            refusal(conn, &statement).as_deref(),
            expected,
            "{statement}"
        );
    }
}

#[test]
fn positions_of_a_checklist_are_distinct() {
    let database = ground();
    let conn = &mut database.connection();
    let item = |org: u8, number: u8, position: i32| {
        format!(
            "INSERT INTO checklist_items
             VALUES (id({org}), id({number}), id(1{org}), 'x', NULL, {position}, now(), now())"
        )
    };
    for (statement, expected) in [
        (item(1, 40, 1), None),
        (item(1, 41, 1), Some("checklist_positions_are_distinct")),
        (item(1, 41, 0), Some("checklist_positions_count_from_one")),
        (item(2, 41, 1), None),
        (item(1, 41, 2), None),
    ] {
        assert_eq!(
            refusal(conn, &statement).as_deref(),
            expected,
            "{statement}"
        );
    }
}

#[test]
fn a_kept_answer_tells_its_request_by_32_bytes() {
    let database = ground();
    let conn = &mut database.connection();
    let answer = |bytes: u8| {
        format!(
            "INSERT INTO kept_answers VALUES
             (id(1), '{bytes}', decode(repeat('00', {bytes}), 'hex'), 201, NULL, '', now())"
        )
    };
    let not_32 = Some("requests_of_kept_answers_are_told_by_32_bytes");
    for (bytes, expected) in [(31, not_32), (32, None), (33, not_32)] {
        assert_eq!(refusal(conn, &answer(bytes)).as_deref(), expected);
    }
}

#[test]
fn of_two_who_race_for_a_slug_one_has_it() {
    let database = TestDatabase::fresh();
    let pg = database.pg();
    for round in 0..10 {
        let slug = format!("race-{round}");
        let start = Barrier::new(2);
        let outcomes = std::thread::scope(|scope| {
            let racers = [1, 2].map(|racer| {
                let organization = organization(2 * round + racer + 100, &slug);
                let (pg, start) = (&pg, &start);
                scope.spawn(move || {
                    start.wait();
                    pg.insert(&organization, &founded(&organization))
                })
            });
            racers.map(|racer| racer.join().expect("no panic"))
        });
        let taken = |outcome: &&_| matches!(outcome, Err(CreateError::SlugTaken));
        assert_eq!(outcomes.iter().filter(taken).count(), 1, "{outcomes:?}");
        assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1);
    }
}
