//! References: to an earlier row, or to what is stored.

use serde_json::{Value, json};

use super::support::{Desk, errors, file, production, service, with, work};
use crate::history::PerformanceQuery;
use crate::instruments::InstrumentQuery;
use crate::services::ServiceQuery;

const NO_PRODUCTION: &str = "names no production that is stored or stands on an earlier line";
const NO_WORK: &str = "names no work that is stored or stands on an earlier line";

fn performance(name: &str, work: &str, production: &str) -> Value {
    json!({
        "kind": "performance", "externalId": name, "date": "1893-12-16", "title": "Mass",
        "composer": "Bach", "workExternalId": work, "productionExternalId": production,
    })
}

fn fillers(count: usize) -> impl Iterator<Item = Value> {
    (0..count).map(|place| work(&format!("filler {place}")))
}

#[test]
fn a_reference_leads_to_an_earlier_row_of_the_same_chunk_or_another() {
    for between in [0, 1500] {
        let desk = Desk::new();
        let rows = [work("w"), production("p")]
            .into_iter()
            .chain(fillers(between));
        desk.import_well(rows.chain([performance("1", "w", "p"), service("1", "p")]));
        let performance = &desk.list(&PerformanceQuery::default())[0];
        let service = &desk.list(&ServiceQuery::default())[0];
        assert_eq!(
            performance.facts.production_id,
            Some(service.facts.production_id)
        );
        assert!(performance.facts.work_id.is_some());
    }
}

#[test]
fn a_reference_to_a_later_row_is_an_error() {
    for between in [0, 1500] {
        let desk = Desk::new();
        let rows = [service("1", "p")].into_iter().chain(fillers(between));
        let summary = desk.import(rows.chain([production("p")]));
        assert_eq!(
            errors(&summary),
            [(1, "productionExternalId", NO_PRODUCTION)]
        );
    }
}

#[test]
fn a_reference_to_a_later_row_that_is_stored_already_is_none() {
    let desk = Desk::new();
    desk.import_well([production("p")]);
    desk.import_well([service("1", "p"), with(production("p"), "title", "Renamed")]);
}

#[test]
fn a_reference_leads_to_an_earlier_file_that_was_kept() {
    let desk = Desk::new();
    let kept = file("kept", [production("p")]);
    let refused = file("refused", [production("q"), work("")]);
    let last = file("last", [service("1", "p"), service("2", "q")]);
    let summary = desk.run(vec![kept, refused, last]);
    assert_eq!(
        errors(&summary),
        [
            (2, "externalId", "must not be empty"),
            (2, "productionExternalId", NO_PRODUCTION),
        ]
    );
}

#[test]
fn a_reference_to_a_rejected_row_is_no_second_error() {
    for between in [0, 1500] {
        let desk = Desk::new();
        let bad = with(production("p"), "title", "");
        let rows = [bad].into_iter().chain(fillers(between));
        let summary = desk.import(rows.chain([service("1", "p")]));
        assert_eq!(errors(&summary), [(1, "title", "must not be empty")]);
    }
}

#[test]
fn a_programme_names_works_and_each_bad_name_has_its_place() {
    let desk = Desk::new();
    let programme = json!([
        { "title": "a", "workExternalId": "w" },
        { "title": "b", "workExternalId": "x" },
        { "title": "c" },
    ]);
    let summary = desk.import([work("w"), with(production("p"), "programme", programme)]);
    assert_eq!(
        errors(&summary),
        [(2, "programme[1].workExternalId", NO_WORK)]
    );
}

#[test]
fn an_instrument_is_lent_to_a_member() {
    let desk = Desk::new();
    let member = json!({ "kind": "member", "externalId": "m", "name": "Ida", "role": "TUTTI" });
    let instrument = json!({
        "kind": "instrument", "externalId": "i", "name": "Harp", "category": "HARP",
        "onLoanToExternalId": "m",
    });
    let summary = desk.import([instrument.clone(), member.clone()]);
    assert_eq!(
        errors(&summary),
        [(
            1,
            "onLoanToExternalId",
            "names no member that is stored or stands on an earlier line"
        )]
    );
    desk.import_well([member, instrument]);
    assert!(desk.list(&InstrumentQuery)[0].facts.on_loan_to.is_some());
}

#[test]
fn a_reference_is_a_name_and_not_empty_where_it_is_required() {
    let desk = Desk::new();
    let summary = desk.import([
        with(service("1", ""), "productionExternalId", Value::Null),
        service("2", ""),
        with(service("3", ""), "productionExternalId", 3),
        with(performance("4", "", ""), "workExternalId", Value::Null),
    ]);
    assert_eq!(
        errors(&summary),
        [
            (1, "productionExternalId", "is required"),
            (2, "productionExternalId", "must not be empty"),
            (3, "productionExternalId", "must be a string"),
        ]
    );
}
