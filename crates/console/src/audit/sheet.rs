//! Entries as lines of a file that spreadsheets open.
//!
//! Spreadsheets take a cell that begins with certain characters for a formula, and run it. What stands in
//! the trail was written by whoever used the API, so that such a cell gets an apostrophe before it, which
//! makes it a text.

use std::borrow::Cow;

use csv::{Terminator, WriterBuilder};
use org_kernel::audit::Entry;

use super::names::Names;

/// The first line.
const HEADINGS: [&str; 13] = [
    "time",
    "author",
    "author id",
    "action",
    "object",
    "object id",
    "details",
    "address",
    "method",
    "route",
    "status",
    "request id",
    "entry id",
];

/// By which spreadsheets know that a file is in UTF-8; some take it for an older code without.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// What a file begins with: the mark, and the line of headings.
pub(super) fn beginning() -> Result<Vec<u8>, csv::Error> {
    let headings = written([HEADINGS.map(str::to_owned)])?;
    Ok([BYTE_ORDER_MARK.as_bytes(), &headings].concat())
}

/// The lines of these entries.
pub(super) fn lines(entries: &[Entry], names: &Names) -> Result<Vec<u8>, csv::Error> {
    written(entries.iter().map(|entry| cells(entry, names)))
}

fn written(rows: impl IntoIterator<Item = [String; 13]>) -> Result<Vec<u8>, csv::Error> {
    let mut writer = WriterBuilder::new()
        .terminator(Terminator::CRLF)
        .from_writer(Vec::new());
    for row in rows {
        writer.write_record(row.iter().map(|cell| harmless(cell).into_owned()))?;
    }
    writer
        .into_inner()
        .map_err(|failure| failure.into_error().into())
}

/// Times are in UTC, whatever the organization's zone: files are compared across zones.
fn cells(entry: &Entry, names: &Names) -> [String; 13] {
    let request = entry.request.as_ref();
    let subject = entry.subject.as_ref();
    let asked =
        |text: fn(&org_kernel::audit::Request) -> String| request.map(text).unwrap_or_default();
    [
        entry.at.to_string(),
        names.author(entry.actor),
        entry
            .actor
            .map(|actor| actor.to_string())
            .unwrap_or_default(),
        entry.action.clone(),
        subject
            .map(|subject| names.subject(subject))
            .unwrap_or_default(),
        subject.map(ToString::to_string).unwrap_or_default(),
        details(entry),
        asked(|request| request.address.to_string()),
        asked(|request| request.method.clone()),
        asked(|request| request.route.clone()),
        asked(|request| request.status.to_string()),
        asked(|request| request.id.clone()),
        entry.id.to_string(),
    ]
}

fn details(entry: &Entry) -> String {
    if entry.details.is_empty() {
        return String::new();
    }
    serde_json::Value::Object(entry.details.clone()).to_string()
}

/// A cell that no spreadsheet takes for a formula. The full-width forms are what some of them make the
/// plain ones of.
fn harmless(cell: &str) -> Cow<'_, str> {
    let begins = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
    if cell.starts_with(begins) {
        Cow::Owned(format!("'{cell}"))
    } else {
        Cow::Borrowed(cell)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_formula_is_a_text() {
        for cell in [
            "=HYPERLINK(\"http://evil.example\")",
            "+1",
            "-1",
            "@SUM(A1)",
            "\tx",
            "\rx",
            "\nx",
            "＝1",
        ] {
            assert_eq!(harmless(cell), format!("'{cell}"));
        }
        for cell in ["", "a=1", "'=1", "2026-01-01", "é"] {
            assert_eq!(harmless(cell), cell);
        }
    }
}
