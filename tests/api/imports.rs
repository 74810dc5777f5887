//! Imports, from files to answers.

use std::path::PathBuf;

use serde_json::{Value, json};

use crate::command;
use crate::skipping::skip;
use crate::world::{World, file};

fn counts(summary: &Value) -> [u64; 5] {
    ["read", "created", "updated", "unchanged", "rejected"].map(|count| {
        summary[count]
            .as_u64()
            .unwrap_or_else(|| panic!("{count} of {summary}"))
    })
}

/// Imports files into the first organization and answers the summary and whether all were kept.
fn import(world: &World, arguments: &[&str]) -> (Value, bool) {
    let start = ["--json", "import", "--org", world.here.slug];
    let output = command::run(world.url(), &[&start[..], arguments].concat());
    let said = String::from_utf8_lossy(&output.stderr);
    let summary =
        serde_json::from_slice(&output.stdout).unwrap_or_else(|why| panic!("{why}: {said}"));
    (summary, output.status.success())
}

fn contact(external_id: &str, name: &str) -> Value {
    json!({ "kind": "contact", "externalId": external_id, "name": name, "type": "AGENT" })
}

#[test]
fn a_second_import_changes_what_changed() {
    let world = World::new();
    let first = file(&[contact("1", "One"), contact("2", "Two")]);
    let second = file(&[
        contact("1", "One"),
        contact("2", "Zwei"),
        contact("3", "Three"),
    ]);
    let path = |file: &tempfile::NamedTempFile| file.path().to_str().expect("UTF-8").to_owned();
    assert_eq!(counts(&import(&world, &[&path(&first)]).0), [2, 2, 0, 0, 0]);
    assert_eq!(counts(&import(&world, &[&path(&first)]).0), [2, 0, 0, 2, 0]);
    assert_eq!(
        counts(&import(&world, &["--dry-run", &path(&second)]).0),
        [3, 1, 1, 1, 0]
    );
    assert_eq!(
        counts(&import(&world, &[&path(&second)]).0),
        [3, 1, 1, 1, 0]
    );
}

#[test]
fn a_bad_row_refuses_its_file_and_no_other() {
    let world = World::new();
    let production = |id: &str, dates: [&str; 2]| json!({ "kind": "production", "externalId": id, "title": id, "startDate": dates[0], "endDate": dates[1] });
    let bad = file(&[
        production("good", ["2026-01-01", "2026-01-02"]),
        production("backwards", ["2026-01-02", "2026-01-01"]),
        json!({ "kind": "service", "externalId": "s", "productionExternalId": "nowhere", "type": "CONCERTO",
            "startAt": "2026-01-01T10:00:00Z", "endAt": "2026-01-01T12:00:00Z" }),
    ]);
    let good = file(&[production("later", ["2026-02-01", "2026-02-02"])]);
    let [bad, good] = [&bad, &good].map(|file| file.path().to_str().expect("UTF-8"));
    let (summary, kept) = import(&world, &[bad, good]);
    assert!(!kept);
    assert_eq!(counts(&summary), [4, 1, 0, 0, 2]);
    let errors = summary["errors"].as_array().expect("errors");
    let places: Vec<_> = errors
        .iter()
        .map(|e| (&e["file"], &e["line"], &e["field"]))
        .collect();
    let bad = &json!(bad);
    assert_eq!(
        places,
        [
            (bad, &json!(2), &json!("endDate")),
            (bad, &json!(3), &json!("productionExternalId")),
            (bad, &json!(3), &json!("type")),
        ]
    );
    let titles = |q: &str| world.get(&format!("/productions?q={q}")).data()["total"].clone();
    assert_eq!((titles("good"), titles("later")), (json!(0), json!(1)));
}

#[test]
fn a_file_that_is_not_there_is_named() {
    let world = World::new();
    let start = ["import", "--org", world.here.slug, "no-such-file.ndjson"];
    let output = command::run(world.url(), &start);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("no-such-file.ndjson"));
}

/// The archives of the New York Philharmonic: where a variable says, or beside the project.
fn archives() -> Option<[String; 3]> {
    let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/nyphil");
    let folder = std::env::var_os("ORG_API_ARCHIVES").map_or_else(|| beside.into(), PathBuf::from);
    if !folder.is_dir() {
        skip("the import of real archives: ORG_API_ARCHIVES names no folder of them");
        return None;
    }
    let names = [
        "1842-43_TO_1910-11.json",
        "2004-05_TO_2010-11.json",
        "2024-25_TO_NOW.json",
    ];
    Some(names.map(|name| folder.join(name).to_str().expect("UTF-8").to_owned()))
}

#[test]
fn the_archives_answer_what_is_asked_of_them() {
    let Some([first, second, third]) = archives() else {
        return;
    };
    let world = World::new();
    let import = |files: &[&str]| import(&world, &[&["--format", "nyphil"], files].concat()).0;
    assert_eq!(counts(&import(&[&first])), [12_635, 12_635, 0, 0, 0]);
    let others = counts(&import(&[&second, &third]));
    assert_eq!(others[0], 12_070 + 1872);
    assert_eq!(others[4], 0);
    let again = counts(&import(&[&third, &first, &second]));
    assert_eq!(again, [26_577, 0, 0, 26_577, 0]);

    let total = |path: &str| world.get(path).data()["total"].as_u64().expect("a total");
    // The world's own rows are one each.
    assert_eq!(total("/productions"), 1 + 1075 + 978 + 144);
    assert_eq!(total("/services"), 1 + 1402 + 1522 + 252);
    assert_eq!(total("/performance-history"), 1 + 8303 + 7810 + 1028);
    assert_eq!(total("/performance-history?to=1911-12-31"), 8303);
    first_new_world(&world);
}

/// The premiere of Dvořák's ninth symphony, of which the archive tells under Seidl's name.
fn first_new_world(world: &World) {
    let path = "/performance-history?conductor=Seidl&from=1893-12-16&to=1893-12-16";
    let evening = world.get(path).data();
    let items = evening["items"].as_array().expect("items");
    assert!(items.iter().all(|item| item["date"] == "1893-12-16"));
    let symphony = items.iter().find(|item| {
        item["title"]
            .as_str()
            .is_some_and(|title| title.starts_with("SYMPHONY NO. 9"))
    });
    let symphony = symphony.unwrap_or_else(|| panic!("no ninth symphony in {evening}"));
    assert_eq!(symphony["composer"], "Dvorak, Antonín");
    assert_eq!(symphony["conductor"], "Seidl, Anton");
    let search = |words: &str| {
        world
            .get(&format!("/performance-history?search={words}"))
            .data()["total"]
            .clone()
    };
    assert_eq!(search("dvorak"), search("DVO%C5%98%C3%81K"));
    assert!(search("dvorak").as_u64() > Some(100));
}
