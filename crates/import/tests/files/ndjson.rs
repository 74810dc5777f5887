//! NDJSON files, with all that may stand in them.

use std::fs;

use org_domain::import::{Source, Summary};
use org_domain::repertoire::WorkQuery;
use org_import::NdjsonFile;
use tempfile::TempDir;

use crate::desk::Desk;

fn import(desk: &Desk, files: &[(&str, &[u8])]) -> (Summary, TempDir) {
    let folder = tempfile::tempdir().expect("a folder");
    let sources = files.iter().map(|(name, content)| {
        let path = folder.path().join(name);
        fs::write(&path, content).expect("a written file");
        Box::new(NdjsonFile::new(path)) as Box<dyn Source>
    });
    (desk.import(&sources.collect::<Vec<_>>()), folder)
}

fn errors(summary: &Summary) -> Vec<(Option<u64>, Option<&str>, &str)> {
    let errors = summary.errors.iter();
    errors
        .map(|error| (error.line, error.field.as_deref(), error.message.as_str()))
        .collect()
}

const WORK: &str = r#"{"kind":"work","externalId":"1","title":"Mass","composer":"Bach"}"#;

#[test]
fn a_file_is_imported_and_imported_again() {
    let desk = Desk::new();
    let marked = format!("\u{feff}{WORK}\r\n\r\n");
    let (first, _folder) = import(&desk, &[("a.ndjson", marked.as_bytes())]);
    assert_eq!((first.read, first.created), (1, 1));
    let (second, _folder) = import(&desk, &[("a.ndjson", marked.as_bytes())]);
    assert_eq!((second.read, second.unchanged), (1, 1));
}

#[test]
fn every_bad_line_is_told_and_nothing_of_its_file_is_kept() {
    let desk = Desk::new();
    let bad = format!(
        "{WORK}\nnonsense\n{}\n{}\n[]\n",
        r#"{"kind":"tour","externalId":"t","name":"Japan","startDate":"2026-02-30"}"#,
        r#"{"kind":"work","externalId":"2","title":"a","title":"b","composer":"c"}"#,
    );
    let good = WORK.replace("\"1\"", "\"7\"");
    let (summary, folder) = import(&desk, &[("bad", bad.as_bytes()), ("good", good.as_bytes())]);
    assert_eq!((summary.read, summary.created, summary.rejected), (6, 1, 4));
    assert_eq!(
        errors(&summary),
        [
            (Some(2), None, "is not JSON: expected ident at column 2"),
            (Some(3), Some("endDate"), "is required"),
            (
                Some(3),
                Some("startDate"),
                "must be a date that exists, like 2026-03-14"
            ),
            (Some(4), Some("title"), "stands twice in one object"),
            (Some(5), None, "is not a JSON object"),
        ]
    );
    let named = folder.path().join("bad").display().to_string();
    assert!(summary.errors.iter().all(|error| error.file == named));
    assert_eq!(desk.list(&WorkQuery::default()).total, 1);
}

#[test]
fn a_file_that_is_not_there_refuses_itself_alone() {
    let desk = Desk::new();
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("good");
    fs::write(&path, WORK).expect("a written file");
    let files = [folder.path().to_owned(), folder.path().join("none"), path];
    let files = files.map(|path| Box::new(NdjsonFile::new(path)) as Box<dyn Source>);
    let summary = desk.import(&files);
    assert_eq!((summary.created, summary.rejected), (1, 2));
    assert_eq!(
        errors(&summary),
        [
            (None, None, "could not be opened: it is not a regular file"),
            (
                None,
                None,
                "could not be opened: No such file or directory (os error 2)"
            ),
        ]
    );
}
