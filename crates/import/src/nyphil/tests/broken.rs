//! Programs that are wrong, and files that are something else.

use org_domain::import::{Row, Source as _};
use org_domain::time_zone::TimeZone;
use org_kernel::field::FromText as _;
use proptest::prelude::*;
use serde_json::json;
use std::ops::ControlFlow;
use time::macros::date;

use super::support::{concert, entry, program, read_text, with};
use crate::ArchiveFile;

fn flaws(row: &Row) -> Vec<(&str, &str)> {
    let flaws = row.content.as_ref().expect_err("a bad row").iter();
    flaws
        .map(|flaw| (flaw.field.as_deref().unwrap_or(""), flaw.message.as_str()))
        .collect()
}

/// The one reason why a file is refused.
fn refusal(text: &str) -> (Option<u64>, String) {
    let (_, outcome) = read_text(text);
    let unreadable = outcome.expect_err(text);
    (unreadable.line, unreadable.message)
}

#[test]
fn rows_bear_the_line_on_which_their_program_begins() {
    let given = program(json!([entry("1*", "A,", "x")]));
    let text = format!(
        "{{ \"programs\": [\n  {given},\n\n  {}\n] }}\n",
        with(given.clone(), "id", "q")
    );
    let (rows, outcome) = read_text(&text);
    outcome.expect("a readable file");
    let lines: Vec<_> = rows.iter().map(|row| row.line).collect();
    assert_eq!(lines, [2, 2, 2, 2, 4, 4, 4]);
    let read_to: Vec<_> = rows.iter().map(|row| row.read_to).collect();
    assert!(read_to.is_sorted(), "{read_to:?}");
    assert!(rows.iter().all(|row| row.read_to <= text.len() as u64));
}

#[test]
fn a_program_that_is_wrong_is_one_bad_row_and_the_others_are_told() {
    let bad = with(
        program(json!([])),
        "concerts",
        json!([with(concert("x"), "Date", "soon")]),
    );
    let good = with(program(json!([])), "id", "q");
    let text = format!("{{\"programs\":[\n{bad},\n7,\n{{\"id\":1,\"id\":2}},\n{good}]}}");
    let (rows, outcome) = read_text(&text);
    outcome.expect("a readable file");
    let date = "must begin with a date that exists, like 2024-09-22";
    assert_eq!(flaws(&rows[0]), [("concerts[0].Date", date)]);
    assert_eq!(flaws(&rows[1]), [("", "must be an object")]);
    assert_eq!(flaws(&rows[2]), [("id", "stands twice in one object")]);
    assert_eq!(
        rows.iter().map(|row| row.line).collect::<Vec<_>>(),
        [2, 3, 4, 5, 5]
    );
    assert!(rows[3].content.is_ok() && rows[4].content.is_ok());
}

#[test]
fn an_evening_outside_of_time_is_one_bad_row() {
    let last = with(with(concert("x"), "Date", "9999-12-31"), "Time", "11:00PM");
    let given = with(program(json!([])), "concerts", json!([concert("y"), last]));
    let (rows, _) = read_text(&json!({ "programs": [given] }).to_string());
    let bad = rows
        .iter()
        .find(|row| row.content.is_err())
        .expect("a bad row");
    assert_eq!(
        flaws(bad),
        [("concerts[1].Date", "must be in the years 1 to 9999")]
    );
}

#[test]
fn another_file_is_refused_with_one_error() {
    let no_archive = "is not a file of the New York Philharmonic's archive: ";
    for (text, line, why) in [
        ("{\"kind\":\"work\"}", 1, "there is no list `programs`"),
        (
            "{\"kind\":\"work\"}\n{\"kind\":\"work\"}\n",
            2,
            "trailing characters",
        ),
        (
            "{\"programs\": 7}",
            1,
            "invalid type: integer `7`, expected a list of programs",
        ),
        (
            "[]",
            1,
            "invalid type: sequence, expected an object with a list `programs`",
        ),
        ("", 1, "EOF while parsing a value"),
        ("id,season\n1,2\n", 1, "expected value"),
        (
            "{\n\"programs\": [\n{\"id\":",
            3,
            "EOF while parsing a value",
        ),
        ("{\"programs\": []} x", 1, "trailing characters"),
    ] {
        assert_eq!(
            refusal(text),
            (Some(line), format!("{no_archive}{why}")),
            "{text}"
        );
    }
    assert_eq!(read_text("{\"v\":[{\"x\":1}],\"programs\":[]}").1, Ok(()));
}

#[test]
fn what_never_ends_is_not_read_to_its_end() {
    let long = "x".repeat(2 << 20);
    let too_long =
        "could not be read: a program, or what stands between two, is longer than 1048576 bytes";
    for text in [
        format!("{{\"programs\":[{{\"id\":\"{long}\"}}]}}"),
        format!("{{\"{long}\":1}}"),
        format!("{{\"programs\":[]}}{}", " ".repeat(2 << 20)),
    ] {
        let (_, message) = refusal(&text);
        assert_eq!(message, too_long);
    }
    let many: Vec<_> = (0..40)
        .map(|place| json!({ "id": place, "x": "y".repeat(50_000) }))
        .collect();
    let (rows, outcome) = read_text(&json!({ "programs": many }).to_string());
    outcome.expect("every program is short enough");
    assert_eq!(rows.len(), 40);
}

#[test]
fn programs_nest_only_so_deep() {
    let text = format!("{{\"programs\":[{}", "[".repeat(500_000));
    assert!(refusal(&text).1.ends_with("recursion limit exceeded"));
}

#[test]
fn nothing_is_read_once_enough_was_taken() {
    let given = program(json!([entry("1*", "A,", "x")]));
    for enough in 1..=4 {
        let file = tempfile::NamedTempFile::new().expect("a temporary file");
        let text = json!({ "programs": [given] }).to_string();
        std::fs::write(file.path(), text).expect("a written file");
        let zone = TimeZone::from_text("UTC").expect("a zone");
        let archive = ArchiveFile::new(file.path(), zone, date!(2024 - 09 - 22));
        let mut taken = 0;
        let outcome = archive.read(&mut |_| {
            taken += 1;
            if taken == enough {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        });
        assert_eq!((outcome, taken), (Ok(()), enough));
    }
}

#[test]
fn a_file_must_be_there_and_be_a_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let zone = TimeZone::from_text("UTC").expect("a zone");
    for (path, why) in [
        (
            folder.path().to_owned(),
            "could not be opened: it is not a regular file",
        ),
        (
            folder.path().join("none"),
            "could not be opened: No such file or directory (os error 2)",
        ),
    ] {
        let archive = ArchiveFile::new(&path, zone.clone(), date!(2024 - 09 - 22));
        assert_eq!(archive.name(), path.display().to_string());
        let unreadable = archive
            .read(&mut |_| panic!("no row"))
            .expect_err("no file");
        assert_eq!((unreadable.line, unreadable.message.as_str()), (None, why));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_cut_makes_a_reader_panic(cut in 0_usize..2000, junk in ".{0,3}") {
        let given = program(json!([entry("1*2", "A,", "x"), { "ID": "0*", "interval": "I" }]));
        let text = json!({ "programs": [given.clone(), given] }).to_string();
        let cut = (0..=cut.min(text.len())).rev().find(|at| text.is_char_boundary(*at));
        let (rows, outcome) = read_text(&format!("{}{junk}", &text[..cut.unwrap_or(0)]));
        prop_assert!(outcome.is_err() || !rows.is_empty());
    }
}
