//! Three of the archive's own files, when they are at hand.
//!
//! They are not part of the project. `ORG_API_ARCHIVES` names the folder that has them; without it
//! they are looked for beside the project. Where there are none, these tests say so and pass.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use org_domain::history::PerformanceQuery;
use org_domain::import::{Source, Summary};
use org_domain::productions::{ProductionQuery, ProductionStatus};
use org_domain::repertoire::WorkQuery;
use org_domain::services::ServiceQuery;
use org_import::ArchiveFile;
use time::macros::date;

use crate::desk::{Desk, new_york, value};

const OLD: &str = "1842-43_TO_1910-11.json";
const RECENT: &str = "2004-05_TO_2010-11.json";
const PRESENT: &str = "2024-25_TO_NOW.json";

fn archives() -> Option<PathBuf> {
    if let Some(folder) = std::env::var_os("ORG_API_ARCHIVES") {
        return Some(folder.into());
    }
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/nyphil");
    if beside.is_dir() {
        return Some(beside);
    }
    // Past the capture of output, so that it is seen although the test passes.
    let note = "SKIPPED: no archive files beside the project, and ORG_API_ARCHIVES names no folder";
    writeln!(std::io::stderr(), "{note}").expect("a standard error that can be written to");
    None
}

fn import(desk: &Desk, folder: &Path, names: &[&str]) -> Summary {
    let files = names.iter().map(|name| {
        let file = ArchiveFile::new(folder.join(name), new_york(), date!(2026 - 01 - 01));
        Box::new(file) as Box<dyn Source>
    });
    let summary = desk.import(&files.collect::<Vec<_>>());
    assert!(summary.is_clean(), "{:?}", summary.errors);
    summary
}

/// Productions, services, works and performances.
fn totals(desk: &Desk) -> [u64; 4] {
    [
        desk.list(&ProductionQuery::default()).total,
        desk.list(&ServiceQuery::default()).total,
        desk.list(&WorkQuery::default()).total,
        desk.list(&PerformanceQuery::default()).total,
    ]
}

#[test]
fn each_file_has_the_rows_that_it_should() {
    let Some(folder) = archives() else { return };
    for (name, expected) in [
        (OLD, [1075, 1402, 1855, 8303]),
        (RECENT, [978, 1522, 1760, 7810]),
        (PRESENT, [144, 252, 448, 1028]),
    ] {
        let desk = Desk::new();
        let summary = import(&desk, &folder, &[name]);
        assert_eq!(summary.created, expected.iter().sum::<u64>(), "{name}");
        assert_eq!(
            (summary.read, summary.updated),
            (summary.created, 0),
            "{name}"
        );
        assert_eq!(totals(&desk), expected, "{name}");
    }
}

#[test]
fn the_files_unite_and_change_nothing_the_second_time() {
    let Some(folder) = archives() else { return };
    let desk = Desk::new();
    let summary = import(&desk, &folder, &[OLD, RECENT, PRESENT]);
    assert_eq!(totals(&desk), [2197, 3176, 3643, 17_141]);
    assert_eq!(summary.created, 2197 + 3176 + 3643 + 17_141);
    assert!(summary.updated > 0, "some works gain movements");
    let again = import(&desk, &folder, &[PRESENT, RECENT, OLD]);
    assert_eq!(again.unchanged, again.read);
    let events = desk.store.events(desk.org).len();
    assert_eq!(events, 2197, "one event a production");
}

#[test]
fn the_files_unite_in_another_order_too() {
    let Some(folder) = archives() else { return };
    let desk = Desk::new();
    let summary = import(&desk, &folder, &[PRESENT, RECENT]);
    assert_eq!(totals(&desk), [1122, 1774, 1760 + 448 - 144, 8838]);
    assert!(summary.updated > 0, "some works gain movements");
    let again = import(&desk, &folder, &[RECENT, PRESENT]);
    assert_eq!(again.unchanged, again.read);
}

#[test]
fn the_archive_answers() {
    let Some(folder) = archives() else { return };
    let desk = Desk::new();
    import(&desk, &folder, &[OLD]);
    let premiere = desk.list(&PerformanceQuery {
        conductor: Some(value("Seidl")),
        from: Some(date!(1893 - 12 - 16)),
        to: Some(date!(1893 - 12 - 16)),
        ..PerformanceQuery::default()
    });
    let titles = premiere.items.iter().map(|item| item.facts.title.as_str());
    assert!(titles.into_iter().any(|title| title.contains("NEW WORLD")));
    let dvorak = desk.list(&PerformanceQuery {
        words: Some(value("dvořák")),
        ..PerformanceQuery::default()
    });
    assert!(dvorak.total > 0);
    assert!(
        dvorak
            .items
            .iter()
            .all(|item| item.facts.composer.as_str().contains("Dvorak"))
    );
    let completed = desk.list(&ProductionQuery {
        status: Some(ProductionStatus::Completed),
        ..ProductionQuery::default()
    });
    assert_eq!(completed.total, 1075);
}
