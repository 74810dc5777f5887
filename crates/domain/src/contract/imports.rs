//! Promises about imports as a whole.

mod entries;

use std::sync::Arc;
use std::thread;

use proptest::prelude::*;
use serde_json::json;

use super::Subject;
use super::facts::titles;
use super::rows::{Object, file as rows, file_and_changes};
use super::setting::{Setting, file, object};
use super::worlds::{Twins, each};
use crate::import::{ImportStore, Options, Summary};

pub use entries::*;

/// A file that is imported twice changes nothing the second time, and emits nothing.
pub fn a_second_import_changes_nothing<S: Subject>(fresh: impl Fn() -> S) {
    let subject = fresh();
    each(&rows(), |number, rows| {
        let twins = Twins::new(&subject, number);
        let first = twins.import(&rows)?;
        prop_assert_eq!(first.created, rows.len() as u64);
        let events = subject.payloads(twins.org).len();
        let second = twins.import(&rows)?;
        prop_assert_eq!(second.unchanged, rows.len() as u64);
        prop_assert_eq!(subject.payloads(twins.org).len(), events);
        Ok(())
    });
}

/// One event tells of each production that is made, one of each that changes, and no other.
pub fn every_change_of_a_production_is_told_once<S: Subject>(fresh: impl Fn() -> S) {
    let subject = fresh();
    each(&file_and_changes(), |number, (rows, changes)| {
        let twins = Twins::new(&subject, number);
        for rows in [&rows, &changes, &changes] {
            twins.import(rows)?;
            let expected: Vec<_> = twins.measure.events(twins.org);
            let expected: Vec<_> = expected.into_iter().map(|event| event.payload).collect();
            prop_assert_eq!(subject.payloads(twins.org), expected);
        }
        Ok(())
    });
}

/// A dry run over several files counts what a run would write, and writes nothing.
pub fn a_dry_run_counts_and_leaves_nothing<S: Subject>(fresh: impl Fn() -> S) {
    let subject = fresh();
    let (store, setting) = (subject.imports(), Setting::number(1));
    let org = setting.organization(subject.library().as_ref(), "one");
    let files = || {
        vec![
            file("works", &[work("a"), work("b")]),
            file("refused", &[work("c"), object(json!({ "kind": "work" }))]),
            file(
                "performances",
                &[performance("1", "a"), performance("2", "b")],
            ),
        ]
    };
    let dry = setting.run(&store, org, &files(), Options { dry_run: true });
    assert_eq!(
        titles(store.as_ref(), org, &["a", "b", "c"]),
        [None, None, None]
    );
    assert_eq!(subject.payloads(org), [""; 0]);
    let wet = setting.run(&store, org, &files(), Options::default());
    assert_eq!(dry, wet);
    assert_eq!((wet.read, wet.created, wet.rejected), (6, 4, 1));
}

/// Of a refused file nothing is kept, and the files around it are.
pub fn a_refused_file_leaves_nothing<S: Subject>(fresh: impl Fn() -> S) {
    let subject = fresh();
    let (store, setting) = (subject.imports(), Setting::number(1));
    let org = setting.organization(subject.library().as_ref(), "one");
    let many: Vec<_> = (0..1500)
        .map(|place| work(&format!("many {place}")))
        .collect();
    let refused = [&many[..], &[production("p"), work("")]].concat();
    let files = [
        file("first", &[work("a")]),
        file("refused", &refused),
        file("last", &[work("b"), production("q")]),
    ];
    let summary = setting.run(&store, org, &files, Options::default());
    assert_eq!((summary.created, summary.rejected), (3, 1));
    let kept = |name: &str| Some(name.to_owned());
    assert_eq!(
        titles(store.as_ref(), org, &["a", "many 0", "many 1499", "b"]),
        [kept("a"), None, None, kept("b")]
    );
    assert_eq!(
        subject.payloads(org).len(),
        1,
        "the event of the production that was kept"
    );
}

/// Of two imports of one file at once, one makes the records and the other finds them made.
pub fn imports_into_one_organization_wait_for_one_another<S: Subject>(fresh: impl Fn() -> S) {
    let subject = fresh();
    let store = subject.imports();
    let org = Setting::number(1).organization(subject.library().as_ref(), "one");
    let rows: Vec<_> = (0..300)
        .map(|place| work(&format!("work {place}")))
        .collect();
    let import = |number| import_apart(&store, org, number, &rows);
    let mut summaries = thread::scope(|scope| {
        let others = [2, 3].map(|number| scope.spawn(move || import(number)));
        others.map(|other| other.join().expect("an import that does not panic"))
    });
    summaries.sort_by_key(|summary| summary.created);
    let [found, made] = summaries;
    assert_eq!((found.unchanged, found.created), (300, 0));
    assert_eq!((made.created, made.unchanged), (300, 0));
}

/// Imports with a clock and ids of its own.
fn import_apart(
    store: &Arc<dyn ImportStore>,
    org: org_kernel::id::OrgId,
    number: u64,
    rows: &[Object],
) -> Summary {
    Setting::number(number).import(store, org, rows)
}

fn work(name: &str) -> Object {
    object(json!({
        "kind": "work", "externalId": name, "title": name, "composer": "Bach, Johann Sebastian",
    }))
}

fn performance(name: &str, work: &str) -> Object {
    object(json!({
        "kind": "performance", "externalId": name, "date": "1893-12-16", "title": work,
        "composer": "Bach, Johann Sebastian", "workExternalId": work,
    }))
}

fn production(name: &str) -> Object {
    object(json!({
        "kind": "production", "externalId": name, "title": name,
        "startDate": "2026-01-01", "endDate": "2026-01-02",
    }))
}
