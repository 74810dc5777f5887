//! What there is, and how it hangs together.

use std::collections::{BTreeMap, HashSet};
use std::ops::RangeInclusive;

use serde_json::Value;
use time::Duration;

use super::table::{SOME_DAY, many_days, of_kind, text};

type Key = (String, String);

fn keys(rows: &[Value]) -> Vec<Key> {
    let key = |row: &Value| {
        (
            text(row, "kind").to_owned(),
            text(row, "externalId").to_owned(),
        )
    };
    rows.iter().map(key).collect()
}

#[test]
fn every_collection_has_a_sensible_size() {
    let sizes: [(&str, RangeInclusive<usize>); 10] = [
        ("work", 45..=65),
        ("member", 85..=95),
        ("resource", 12..=16),
        ("instrument", 15..=20),
        ("production", 14..=18),
        ("service", 100..=144),
        ("tour", 2..=2),
        ("report", 6..=6),
        ("performance", 150..=300),
        ("contact", 10..=10),
    ];
    let rows = org_demo::rows(SOME_DAY);
    for (kind, expected) in &sizes {
        let count = of_kind(&rows, kind).len();
        assert!(expected.contains(&count), "{count} rows of {kind}");
    }
    let known: HashSet<_> = sizes.iter().map(|(kind, _)| *kind).collect();
    assert!(rows.iter().all(|row| known.contains(text(row, "kind"))));
}

#[test]
fn no_two_rows_have_one_name() {
    let keys = keys(&org_demo::rows(SOME_DAY));
    let distinct: HashSet<_> = keys.iter().collect();
    assert_eq!(distinct.len(), keys.len());
}

#[test]
fn external_ids_and_their_order_are_the_same_on_every_day() {
    let expected = keys(&org_demo::rows(SOME_DAY));
    for day in many_days() {
        assert!(keys(&org_demo::rows(day)) == expected, "{day}");
    }
}

#[test]
fn one_day_always_makes_the_same_lines() {
    assert!(org_demo::ndjson(SOME_DAY) == org_demo::ndjson(SOME_DAY));
    assert!(org_demo::ndjson(SOME_DAY) != org_demo::ndjson(SOME_DAY + Duration::days(400)));
}

#[test]
fn each_line_is_one_row() {
    let lines = org_demo::ndjson(SOME_DAY);
    assert!(lines.ends_with('\n'));
    let read: Vec<Value> = lines
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect();
    assert!(read == org_demo::rows(SOME_DAY));
}

#[test]
fn references_are_to_earlier_rows() {
    let mut earlier = HashSet::new();
    let mut references = 0;
    for row in org_demo::rows(SOME_DAY) {
        let programme = row["programme"].as_array().cloned().unwrap_or_default();
        for object in programme.iter().chain([&row]) {
            for target in targets(object) {
                assert!(earlier.contains(&target), "{target:?} in {row}");
                references += 1;
            }
        }
        earlier.extend(keys(&[row]));
    }
    assert!(references > 400, "only {references} references were seen");
}

fn targets(object: &Value) -> impl Iterator<Item = Key> {
    let fields = [
        ("production", "productionExternalId"),
        ("work", "workExternalId"),
        ("member", "onLoanToExternalId"),
    ];
    fields.into_iter().filter_map(|(kind, field)| {
        let id = object[field].as_str()?;
        Some((kind.to_owned(), id.to_owned()))
    })
}

#[test]
fn every_work_of_the_library_is_used() {
    let rows = org_demo::rows(SOME_DAY);
    let programmes = of_kind(&rows, "production");
    let items = programmes
        .iter()
        .flat_map(|production| production["programme"].as_array().expect("a programme"));
    let used: HashSet<_> = items
        .chain(&rows)
        .flat_map(targets)
        .filter(|(kind, _)| kind == "work")
        .collect();
    for key in keys(&of_kind(&rows, "work")) {
        assert!(used.contains(&key), "nobody plays {key:?}");
    }
}

#[test]
fn chairs_are_numbered_from_one_in_every_section() {
    let mut last: BTreeMap<String, u64> = BTreeMap::new();
    for member in of_kind(&org_demo::rows(SOME_DAY), "member") {
        if let Some(chair) = member["chair"].as_u64() {
            let before = last.entry(text(&member, "section").to_owned()).or_default();
            *before += 1;
            assert_eq!(chair, *before, "{member}");
        }
    }
    assert_eq!(last["VIOLIN_1"], 12);
}

#[test]
fn a_lent_instrument_is_with_somebody_and_no_other_is() {
    for instrument in of_kind(&org_demo::rows(SOME_DAY), "instrument") {
        let lent = instrument["onLoanToExternalId"].is_string();
        assert_eq!(instrument["status"] == "ON_LOAN", lent, "{instrument}");
    }
}

#[test]
fn mail_goes_to_no_real_address() {
    let rows = org_demo::rows(SOME_DAY);
    let addresses: Vec<_> = rows
        .iter()
        .filter_map(|row| row["email"].as_str())
        .collect();
    assert!(addresses.len() > 100);
    assert!(addresses.iter().all(|it| it.ends_with("@example.org")));
}

#[test]
fn history_lies_in_the_seasons_before_2025_ended() {
    for performance in of_kind(&org_demo::rows(SOME_DAY), "performance") {
        let date = text(&performance, "date");
        assert!(("1998-09-01"..="2025-12-31").contains(&date), "{date}");
    }
}
