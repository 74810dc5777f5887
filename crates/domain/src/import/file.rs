//! One file on its way into one transaction.

use std::ops::ControlFlow;

use org_kernel::StoreError;
use org_kernel::audit;
use org_kernel::id::OrgId;
use org_kernel::id_source::IdSource;
use org_kernel::instant::Instant;

use super::chunk::Chunk;
use super::row_facts::Change;
use super::{Flaw, ImportTx, Progress, Row, Source, Summary, Unreadable};

/// What a file's rows need on their way.
pub(super) struct Desk<'a> {
    pub(super) org: OrgId,
    pub(super) ids: &'a dyn IdSource,
    pub(super) now: Instant,
    /// What lay behind the run before this file.
    pub(super) before: Progress,
    pub(super) progress: &'a mut dyn FnMut(Progress),
}

/// Imports `source` into `tx`; undone whole if any row is bad.
pub(super) fn import(
    source: &dyn Source,
    tx: &mut dyn ImportTx,
    desk: &mut Desk<'_>,
) -> Result<(Summary, Progress), StoreError> {
    tx.begin_file()?;
    let mut file = File::new(source.name(), tx, desk);
    let ended = source.read(&mut |row| file.take(row));
    let (summary, progress) = file.finish(ended)?;
    if summary.created + summary.updated > 0 && summary.is_clean() {
        tx.note(entry(source, &summary, desk))?;
    }
    tx.end_file(summary.is_clean())?;
    Ok((summary, progress))
}

/// What the trail tells of a file: how much it changed, and not every row.
fn entry(source: &dyn Source, summary: &Summary, desk: &Desk<'_>) -> audit::Change {
    audit::Change::new(desk.ids.uuid(), desk.now, "file.imported", desk.org)
        .with("file", source.name())
        .with("created", summary.created)
        .with("updated", summary.updated)
        .with("unchanged", summary.unchanged)
}

struct File<'a, 'b> {
    name: &'a str,
    tx: &'a mut dyn ImportTx,
    desk: &'a mut Desk<'b>,
    waiting: Chunk,
    summary: Summary,
    behind: Progress,
    failure: Option<StoreError>,
}

impl<'a, 'b> File<'a, 'b> {
    fn new(name: &'a str, tx: &'a mut dyn ImportTx, desk: &'a mut Desk<'b>) -> Self {
        let behind = desk.before;
        Self {
            name,
            tx,
            desk,
            waiting: Chunk::default(),
            summary: Summary::default(),
            behind,
            failure: None,
        }
    }

    fn take(&mut self, row: Row) -> ControlFlow<()> {
        self.summary.read += 1;
        self.behind = Progress {
            bytes: self.desk.before.bytes + row.read_to,
            rows: self.behind.rows + 1,
        };
        self.waiting.push(row);
        if !self.waiting.is_full() {
            return ControlFlow::Continue(());
        }
        match self.flush() {
            Ok(()) => ControlFlow::Continue(()),
            Err(failure) => {
                self.failure = Some(failure);
                ControlFlow::Break(())
            }
        }
    }

    /// Looks at the rows that wait and, unless a row of the file was bad, stores them.
    fn flush(&mut self) -> Result<(), StoreError> {
        let chunk = std::mem::take(&mut self.waiting);
        let sorted = chunk.sort(self.tx, self.desk.ids, self.desk.now)?;
        for row in &sorted.rejected {
            self.summary.reject(self.name, Some(row.line), &row.flaws);
        }
        self.count(&sorted.changes);
        if self.summary.is_clean() {
            sorted.write(self.tx, self.desk.ids)?;
        }
        (self.desk.progress)(self.behind);
        Ok(())
    }

    fn count(&mut self, changes: &[Change]) {
        for change in changes {
            match change {
                Change::Created => self.summary.created += 1,
                Change::Updated => self.summary.updated += 1,
                Change::Unchanged => self.summary.unchanged += 1,
            }
        }
    }

    fn finish(mut self, ended: Result<(), Unreadable>) -> Result<(Summary, Progress), StoreError> {
        if let Some(failure) = self.failure.take() {
            return Err(failure);
        }
        self.flush()?;
        if let Err(Unreadable { line, message }) = ended {
            self.summary.read += 1;
            let field = None;
            self.summary
                .reject(self.name, line, &[Flaw { field, message }]);
        }
        Ok((self.summary, self.behind))
    }
}
