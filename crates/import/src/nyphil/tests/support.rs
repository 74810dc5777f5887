//! Files of the archive's form, and their rows.

use std::io::Write as _;
use std::ops::ControlFlow;

use org_domain::import::{Row, Source as _, Unreadable};
use org_domain::time_zone::TimeZone;
use org_kernel::field::FromText as _;
use serde_json::{Value, json};
use tempfile::NamedTempFile;
use time::macros::date;

use crate::ArchiveFile;

/// Reads a file with this text, as in New York on 22 September 2024.
pub(super) fn read_text(text: &str) -> (Vec<Row>, Result<(), Unreadable>) {
    let mut file = NamedTempFile::new().expect("a temporary file");
    file.write_all(text.as_bytes()).expect("a written file");
    let zone = TimeZone::from_text("America/New_York").expect("a zone");
    let archive = ArchiveFile::new(file.path(), zone, date!(2024 - 09 - 22));
    let mut rows = Vec::new();
    let outcome = archive.read(&mut |row| {
        rows.push(row);
        ControlFlow::Continue(())
    });
    (rows, outcome)
}

/// The rows of these programs, none of which is bad.
pub(super) fn rows(programs: &[Value]) -> Vec<Value> {
    let (rows, outcome) = read_text(&json!({ "programs": programs }).to_string());
    outcome.expect("a readable file");
    let rows = rows.into_iter();
    rows.map(|row| Value::Object(row.content.expect("a good row")))
        .collect()
}

/// The rows of one kind that one program makes.
pub(super) fn rows_of(kind: &str, program: Value) -> Vec<Value> {
    let mut rows = rows(&[program]);
    rows.retain(|row| row["kind"] == kind);
    rows
}

/// A program of one concert at which these works were played.
pub(super) fn program(works: impl Into<Value>) -> Value {
    json!({
        "id": "p-0.1", "programID": "1", "orchestra": "New York Symphony", "season": "1893-94",
        "concerts": [concert("Subscription Season")], "works": works.into(),
    })
}

pub(super) fn concert(event_type: &str) -> Value {
    json!({
        "eventType": event_type, "Location": "Manhattan, NY", "Venue": "Carnegie Hall",
        "Date": "1893-12-16T05:00:00Z", "Time": "8:15PM",
    })
}

pub(super) fn entry(id: &str, composer: &str, title: &str) -> Value {
    json!({ "ID": id, "composerName": composer, "workTitle": title, "soloists": [] })
}

/// `value` with one more field, or another value of one that it has.
pub(super) fn with(mut value: Value, field: &str, content: impl Into<Value>) -> Value {
    value[field] = content.into();
    value
}

/// The values of one field.
pub(super) fn each<'a>(rows: &'a [Value], field: &str) -> Vec<&'a Value> {
    rows.iter().map(|row| &row[field]).collect()
}
