//! The archive of the New York Philharmonic: its performance history, in its own JSON.
//!
//! One file is one object with a list `programs`. A program has concerts (the evenings on which it
//! was given) and works (what was played on each of them). This reader makes of each
//!
//! - program a production, named by the program's `id`;
//! - concert a service, named by the program's `id` and the concert's place in it;
//! - work a work, named by the number before the `*` of its `ID`;
//! - work, on each concert of its program, a performance, named by the program's `id` and both places.
//!
//! `docs/IMPORT.md` says field by field what becomes of what.
//!
//! A program tells only a part of a work: one movement, or two. So the file is read twice: first the
//! works are collected over all programs, then the programs are told. What other files tell of the
//! same works is united with it by the import, since works are handed over as partial rows. Between
//! the two readings memory holds every distinct work of the file, and of its programs one at a time.
//!
//! A row bears the line on which its program begins; a work, the first program that has it.

mod bounded;
mod collected;
mod event_type;
mod input;
mod performances;
mod productions;
mod program;
mod programs;
mod services;
mod text;

use std::ops::ControlFlow;
use std::path::PathBuf;

use org_domain::import::{Flaw, Row, Source, Unreadable};
use org_domain::time_zone::TimeZone;
use serde_json::{Map, Value};
use time::Date;

use self::collected::Works;
use self::program::Program;
use self::programs::each_program;
use crate::file::NamedFile;

type Object = Map<String, Value>;

/// One file of the archive.
#[derive(Clone, Debug)]
pub struct ArchiveFile {
    file: NamedFile,
    calendar: Calendar,
}

/// Where and when the reader is.
#[derive(Clone, Debug)]
struct Calendar {
    /// In which the archive's dates and times are meant.
    zone: TimeZone,
    /// What is before it is past.
    today: Date,
}

impl ArchiveFile {
    /// The longest program, in bytes, with the white space around it.
    pub const MAX_PROGRAM: u64 = 1 << 20;

    /// The file at `path`, which is opened when its rows are asked for. Its dates and times are
    /// those of `zone`; `today`, in that zone, parts what is past from what is to come.
    pub fn new(path: impl Into<PathBuf>, zone: TimeZone, today: Date) -> Self {
        Self {
            file: NamedFile::new(path),
            calendar: Calendar { zone, today },
        }
    }

    /// Collects the works; also answers how long the file is.
    fn works(&self) -> Result<(Works, u64), Unreadable> {
        let mut works = Works::default();
        let mut overflow = None;
        let length = each_program(self.file.open()?, &mut |found| {
            let Ok(program) = found.program() else {
                return ControlFlow::Continue(());
            };
            match works.collect(found.line, &program) {
                Ok(()) => ControlFlow::Continue(()),
                Err(refusal) => {
                    overflow = Some(refusal);
                    ControlFlow::Break(())
                }
            }
        })?;
        overflow.map_or(Ok((works, length)), Err)
    }
}

impl Source for ArchiveFile {
    fn name(&self) -> &str {
        self.file.name()
    }

    /// The first reading takes the first half of the progress, the second one the other.
    fn read(&self, take: &mut dyn FnMut(Row) -> ControlFlow<()>) -> Result<(), Unreadable> {
        let (works, length) = self.works()?;
        for (line, work) in works.rows() {
            if take(row(line, length / 2, true, Ok(work))).is_break() {
                return Ok(());
            }
        }
        drop(works);
        each_program(self.file.open()?, &mut |found| {
            let read_to = u64::midpoint(length, found.read);
            let mut hand_over = |content| take(row(found.line, read_to, false, content));
            match found.program() {
                Err(flaws) => hand_over(Err(flaws)),
                Ok(program) => tell(&program, &self.calendar, &mut hand_over),
            }
        })?;
        Ok(())
    }
}

/// Hands over the rows of one program, a row after those that it refers to.
fn tell(
    program: &Program,
    calendar: &Calendar,
    take: &mut dyn FnMut(Result<Object, Vec<Flaw>>) -> ControlFlow<()>,
) -> ControlFlow<()> {
    take(Ok(productions::row(program, calendar.today)))?;
    for place in 0..program.concerts.len() {
        take(services::row(program, place, calendar))?;
    }
    for concert in 0..program.concerts.len() {
        for row in performances::rows(program, concert) {
            take(Ok(row))?;
        }
    }
    ControlFlow::Continue(())
}

const fn row(line: u64, read_to: u64, partial: bool, content: Result<Object, Vec<Flaw>>) -> Row {
    Row {
        line,
        read_to,
        partial,
        content,
    }
}

/// An object of these fields; those without a value are null.
fn object<const N: usize>(fields: [(&str, Value); N]) -> Object {
    let fields = fields.into_iter();
    fields
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
}

#[cfg(test)]
mod tests;
