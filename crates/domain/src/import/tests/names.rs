//! External ids: one row each in a file.

use serde_json::{Value, json};

use super::support::{Desk, errors, file, work};
use crate::repertoire::WorkQuery;

const TWICE: &str = "stands on an earlier line of this file";

fn works(count: usize) -> impl Iterator<Item = Value> {
    (0..count).map(|place| work(&format!("work {place}")))
}

#[test]
fn a_name_that_stands_twice_is_an_error_in_the_second_place() {
    let desk = Desk::new();
    let summary = desk.import([work("1"), work("2"), work("1"), work("1")]);
    assert_eq!(
        errors(&summary),
        [(3, "externalId", TWICE), (4, "externalId", TWICE)]
    );
}

#[test]
fn a_name_is_remembered_over_the_whole_file() {
    let desk = Desk::new();
    let summary = desk.import(works(2500).chain([work("work 0"), work("work 2400")]));
    assert_eq!(
        errors(&summary),
        [(2501, "externalId", TWICE), (2502, "externalId", TWICE)]
    );
    assert!(desk.list(&WorkQuery::default()).is_empty());
}

#[test]
fn the_name_of_a_rejected_row_is_taken_too() {
    let desk = Desk::new();
    let bad = json!({ "kind": "work", "externalId": "1", "title": "Mass" });
    let summary = desk.import([bad].into_iter().chain(works(1500)).chain([work("1")]));
    assert_eq!(
        errors(&summary),
        [(1, "composer", "is required"), (1502, "externalId", TWICE)]
    );
}

#[test]
fn kinds_and_files_have_names_of_their_own() {
    let desk = Desk::new();
    let tour = json!({
        "kind": "tour", "externalId": "1", "name": "Japan",
        "startDate": "2026-01-01", "endDate": "2026-01-02",
    });
    let first = file("first", [work("1"), tour]);
    let summary = desk.run(vec![first, file("second", [work("1")])]);
    assert_eq!(
        (summary.created, summary.unchanged, summary.rejected),
        (2, 1, 0)
    );
}

#[test]
fn names_are_trimmed_before_they_are_compared() {
    let desk = Desk::new();
    let summary = desk.import([work("1"), work(" 1 ")]);
    assert_eq!(errors(&summary), [(2, "externalId", TWICE)]);
}
