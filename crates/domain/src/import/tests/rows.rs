//! What becomes of a row: a new record, a change, nothing, or an error.

use serde_json::json;

use super::support::{Desk, errors, file, object, production, service, with, work};
use crate::import::Flaw;
use crate::memory::Rows;
use crate::productions::ProductionQuery;
use crate::repertoire::WorkQuery;

#[test]
fn a_row_makes_a_record_once_and_changes_it_when_it_says_something_else() {
    let desk = Desk::new();
    assert_eq!(desk.import_well([work("1")]).created, 1);
    let made = desk.now();
    assert_eq!(desk.import_well([work("1")]).unchanged, 1);
    assert_eq!(
        desk.import_well([with(work("1"), "title", "Requiem")])
            .updated,
        1
    );
    let [entry] = &desk.list(&WorkQuery::default())[..] else {
        panic!("one work")
    };
    assert_eq!(entry.work.facts.title.as_str(), "Requiem");
    assert_eq!(entry.work.created_at.to_string(), made);
    assert_eq!(entry.work.updated_at.to_string(), desk.now());
}

#[test]
fn what_changes_nothing_leaves_the_time_of_the_last_change() {
    let desk = Desk::new();
    desk.import_well([work("1")]);
    let made = desk.now();
    desk.import_well([work("1")]);
    let entry = &desk.list(&WorkQuery::default())[0];
    assert_eq!(entry.work.updated_at.to_string(), made);
}

#[test]
fn a_field_that_is_left_out_the_second_time_loses_its_value() {
    let desk = Desk::new();
    let programme = json!([{ "title": "Mass" }]);
    let full = with(
        with(production("1"), "venue", "Musikverein"),
        "programme",
        programme,
    );
    desk.import_well([full]);
    assert_eq!(desk.import_well([production("1")]).updated, 1);
    let production = &desk.list(&ProductionQuery::default())[0];
    assert_eq!(production.facts.venue, None);
}

#[test]
fn a_changed_programme_changes_its_production() {
    let desk = Desk::new();
    desk.import_well([production("1")]);
    let played = with(production("1"), "programme", json!([{ "title": "Mass" }]));
    assert_eq!(desk.import_well([played]).updated, 1);
    let kinds: Vec<_> = desk
        .store
        .events(desk.org)
        .iter()
        .map(|event| event.kind)
        .collect();
    assert_eq!(kinds, ["production.created", "production.updated"]);
}

#[test]
fn every_bad_field_of_every_bad_row_is_named() {
    let desk = Desk::new();
    let summary = desk.import([
        json!({ "kind": "work", "externalId": "1", "title": "", "colour": "red" }),
        work("2"),
        with(production("3"), "endDate", "2025-12-31"),
        with(
            production("4"),
            "programme",
            json!([{ "title": "a" }, { "position": 1 }]),
        ),
    ]);
    assert_eq!((summary.read, summary.rejected, summary.created), (4, 3, 0));
    assert_eq!(
        errors(&summary),
        [
            (1, "colour", "is not a field of this object"),
            (1, "composer", "is required"),
            (1, "title", "must not be empty"),
            (3, "endDate", "must not be before startDate"),
            (4, "programme[1].title", "is required"),
        ]
    );
    assert!(
        desk.list(&WorkQuery::default()).is_empty(),
        "the file is refused whole"
    );
}

#[test]
fn a_row_says_what_it_is_and_what_it_is_called() {
    let desk = Desk::new();
    let summary = desk.import([
        json!({ "title": "Mass", "composer": "Bach" }),
        json!({ "kind": "Work", "externalId": "1" }),
        json!({ "kind": "work", "externalId": 7, "title": 7 }),
        with(work("4"), "externalId", "x".repeat(256)),
    ]);
    assert_eq!(
        errors(&summary),
        [
            (1, "externalId", "is required"),
            (1, "kind", "is required"),
            (
                2,
                "kind",
                "must be one of production, service, work, member, resource, instrument, tour, \
                 report, performance, contact"
            ),
            (3, "composer", "is required"),
            (3, "externalId", "must be a string"),
            (3, "title", "must be a string"),
            (4, "externalId", "must be at most 255 characters long"),
        ]
    );
}

#[test]
fn what_the_server_gives_may_be_repeated_and_sets_nothing() {
    let desk = Desk::new();
    let echoed = with(with(work("1"), "id", "work_7"), "performanceCount", 9);
    desk.import_well([with(echoed, "createdAt", "1999")]);
    let entry = &desk.list(&WorkQuery::default())[0];
    assert_eq!(entry.figures.count, 0);
    assert_eq!(entry.work.created_at.to_string(), desk.now());
    let by_id = with(
        with(service("1", "p"), "productionId", "prod_7"),
        "productionExternalId",
        "1",
    );
    let summary = desk.import([production("1"), by_id]);
    assert_eq!(
        errors(&summary),
        [(2, "productionId", "is not a field of this object")]
    );
}

#[test]
fn rows_that_could_not_be_read_are_told_among_the_others() {
    let desk = Desk::new();
    let flaw = Flaw {
        field: None,
        message: "is not JSON".to_owned(),
    };
    let bad = object(json!({ "kind": "work", "externalId": "1", "title": "Mass" }));
    let rows = Rows::named("rows")
        .with([bad.clone()])
        .with_flaws(vec![flaw]);
    let summary = desk.run(vec![rows.with([bad])]);
    assert_eq!(
        errors(&summary),
        [
            (1, "composer", "is required"),
            (2, "", "is not JSON"),
            (3, "composer", "is required"),
            (3, "externalId", "stands on an earlier line of this file"),
        ]
    );
}

#[test]
fn a_hundred_errors_are_kept_and_all_bad_rows_counted() {
    let desk = Desk::new();
    let bad = |place: usize| with(work(&place.to_string()), "title", "");
    let files = ["a", "b"].map(|name| file(name, (0..1100).map(bad)));
    let summary = desk.run(files.into());
    assert_eq!((summary.read, summary.rejected), (2200, 2200));
    assert_eq!(summary.errors.len(), 100);
}
