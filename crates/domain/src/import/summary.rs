//! What came of an import.

use std::fmt::Write as _;

use super::Flaw;

/// What came of the files that were imported so far.
///
/// `created`, `updated` and `unchanged` count the rows of the files that were kept (or, in a dry
/// run, would have been); a refused file adds only to `read` and `rejected`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Rows that were read.
    pub read: u64,
    /// Records that were made.
    pub created: u64,
    /// Records whose facts changed.
    pub updated: u64,
    /// Rows that say what is stored already.
    pub unchanged: u64,
    /// Bad rows. The place from which a file could not be read any more counts as one.
    pub rejected: u64,
    /// What was wrong with them; the first [`MAX_ERRORS`](Self::MAX_ERRORS) of the run.
    pub errors: Vec<RowError>,
}

/// One thing that is wrong with one row of one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowError {
    /// The file, as its source calls it.
    pub file: String,
    /// The line, from 1; `None` when the file could not even be opened.
    pub line: Option<u64>,
    /// The path of the field (`programme[2].title`); `None` when it is the whole row or file.
    pub field: Option<String>,
    /// What is wrong, as a sentence without a subject.
    pub message: String,
}

impl Summary {
    /// The most errors that are kept over a run.
    pub const MAX_ERRORS: usize = 100;

    /// True when nothing was refused.
    pub const fn is_clean(&self) -> bool {
        self.rejected == 0
    }

    /// Adds what came of a file, which counts for nothing but its bad rows if there are any.
    pub(super) fn add_file(&mut self, file: Self) {
        self.read += file.read;
        self.rejected += file.rejected;
        if file.is_clean() {
            self.created += file.created;
            self.updated += file.updated;
            self.unchanged += file.unchanged;
        }
        let room = Self::MAX_ERRORS - self.errors.len();
        self.errors.extend(file.errors.into_iter().take(room));
    }

    /// Counts a bad row, or the rest of a file that could not be read.
    pub(super) fn reject(&mut self, file: &str, line: Option<u64>, flaws: &[Flaw]) {
        self.rejected += 1;
        let room = Self::MAX_ERRORS - self.errors.len();
        let errors = flaws.iter().take(room).map(|flaw| RowError {
            file: file.to_owned(),
            line,
            field: flaw.field.as_deref().map(presentable),
            message: presentable(&flaw.message),
        });
        self.errors.extend(errors);
    }
}

/// Text of somebody's file as it can be shown: without control characters, which could command a
/// terminal, and not as long as its writer pleased.
fn presentable(text: &str) -> String {
    const MAX: usize = 500;
    let mut shown = String::new();
    for (place, character) in text.chars().enumerate() {
        if place == MAX {
            shown.push('…');
            break;
        }
        if character.is_control() {
            // Writing to a String does not fail.
            let _ = write!(shown, "{}", character.escape_unicode());
        } else {
            shown.push(character);
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_are_bounded_in_number_and_length_and_command_no_terminal() {
        let mut file = Summary::default();
        for line in 1..=150 {
            let flaw = Flaw {
                field: Some(format!("\u{1b}[2J{}", "x".repeat(10_000))),
                message: "is wrong".to_owned(),
            };
            file.reject("a.ndjson", Some(line), &[flaw]);
        }
        let mut run = Summary::default();
        run.add_file(file.clone());
        run.add_file(file);
        assert_eq!(run.rejected, 300);
        assert_eq!(run.errors.len(), Summary::MAX_ERRORS);
        let field = run.errors[0].field.as_deref().expect("a field");
        assert!(field.starts_with(r"\u{1b}[2Jxxx"), "{field}");
        assert!(field.chars().count() < 600);
    }

    #[test]
    fn a_refused_file_adds_only_to_read_and_rejected() {
        let counts = |rejected| Summary {
            read: 9,
            created: 3,
            updated: 2,
            unchanged: 1,
            rejected,
            errors: Vec::new(),
        };
        let mut run = Summary::default();
        run.add_file(counts(0));
        run.add_file(counts(3));
        assert_eq!(
            run,
            Summary {
                read: 18,
                ..counts(3)
            }
        );
    }
}
