//! What the readers of files hand over.

use std::ops::ControlFlow;

use serde_json::{Map, Value};

/// One row of a file, not looked at yet.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The line on which it stands, or begins, from 1.
    pub line: u64,
    /// How many bytes of the file lie behind whoever has read this row.
    pub read_to: u64,
    /// True when the source knows only a part of the thing. A partial row adds to what is stored,
    /// and takes nothing away from it; any other row replaces what is stored whole.
    pub partial: bool,
    /// The row's fields; or, when they could not be read, why.
    pub content: Result<Map<String, Value>, Vec<Flaw>>,
}

/// Why a row could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flaw {
    /// The field that is wrong, as the file calls it; the whole row when `None`.
    pub field: Option<String>,
    /// What is wrong, as a sentence without a subject.
    pub message: String,
}

/// A file of rows. It can be read again from its beginning, as often as needed.
pub trait Source {
    /// What errors call the file.
    fn name(&self) -> &str;

    /// Hands every row to `take`, in order, until that breaks off.
    ///
    /// Rows are handed over as they are read: the source holds no more than a bounded part of them.
    /// It fails when the rest of the file cannot be read at all; a row that cannot be read is no
    /// failure, but a [`Row`] with flaws.
    fn read(&self, take: &mut dyn FnMut(Row) -> ControlFlow<()>) -> Result<(), Unreadable>;
}

/// A file, or the rest of it, cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Unreadable {
    /// The line where reading ended, if it had begun.
    pub line: Option<u64>,
    /// Why, as a sentence without a subject: `is not a regular file`.
    pub message: String,
}
