//! NDJSON: one JSON object a line, in UTF-8.
//!
//! A byte order mark at the beginning and blank lines are passed over. Whatever else is not a JSON
//! object is a bad row, and so is a line of more than 1 MiB, an object that nests deeper than 127
//! levels, and one in which a field stands twice.

mod lines;
mod object;

use std::io::BufRead;
use std::ops::ControlFlow;
use std::path::PathBuf;

use org_domain::import::{Flaw, Row, Source, Unreadable};

use self::lines::{Line, Lines};
use self::object::read_object;
use crate::file::NamedFile;

/// An NDJSON file.
#[derive(Clone, Debug)]
pub struct NdjsonFile(NamedFile);

impl NdjsonFile {
    /// The longest line, in bytes, without its line ending.
    pub const MAX_LINE: usize = 1 << 20;

    /// The file at `path`, which is opened when its rows are asked for.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self(NamedFile::new(path))
    }
}

impl Source for NdjsonFile {
    fn name(&self) -> &str {
        self.0.name()
    }

    fn read(&self, take: &mut dyn FnMut(Row) -> ControlFlow<()>) -> Result<(), Unreadable> {
        read_rows(self.0.open()?, take)
    }
}

fn read_rows(
    reader: impl BufRead,
    take: &mut dyn FnMut(Row) -> ControlFlow<()>,
) -> Result<(), Unreadable> {
    let mut lines = Lines::new(reader);
    let mut first = true;
    loop {
        let content = match lines.next()? {
            None => return Ok(()),
            Some(Line::Long) => Err(too_long()),
            Some(Line::Whole(line)) if line.trim_ascii().is_empty() => continue,
            Some(Line::Whole(line)) if first && begins_a_document(line) => {
                return Err(document(lines.number()));
            }
            Some(Line::Whole(line)) => read_object(line),
        };
        first = false;
        let row = Row {
            line: lines.number(),
            read_to: lines.read(),
            partial: false,
            content: content.map_err(|flaw| vec![flaw]),
        };
        if take(row).is_break() {
            return Ok(());
        }
    }
}

fn too_long() -> Flaw {
    Flaw {
        field: None,
        message: format!("is longer than {} bytes", NdjsonFile::MAX_LINE),
    }
}

/// True for the first line of a JSON document over many lines. Said once, that is clearer than an
/// error for each of them.
fn begins_a_document(line: &[u8]) -> bool {
    matches!(line.trim_ascii(), b"{" | b"[")
}

fn document(line: u64) -> Unreadable {
    Unreadable {
        line: Some(line),
        message: "is not NDJSON: a JSON value begins here and goes on over the next lines, \
                  but each line must hold one whole object"
            .to_owned(),
    }
}

#[cfg(test)]
mod tests;
