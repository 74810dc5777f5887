//! The use case: files into one organization.

use std::sync::Arc;

use org_kernel::StoreError;
use org_kernel::audit::Origin;
use org_kernel::clock::Clock;
use org_kernel::id::OrgId;
use org_kernel::id_source::IdSource;

use super::file::{Desk, import};
use super::{ImportStore, ImportTx, Mode, Source, Summary};

/// How files are imported.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// Everything is done as it would be done, and then undone.
    pub dry_run: bool,
}

/// How far a run has come, over all its files.
///
/// When the store runs a transaction again from its beginning, the figures fall back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Bytes of the files.
    pub bytes: u64,
    /// Rows.
    pub rows: u64,
}

/// The store failed during a run; the files that were imported before are kept.
#[derive(Debug, thiserror::Error)]
#[error("the import stopped at {file}")]
pub struct Stopped {
    /// The file, as its source calls it.
    pub file: String,
    /// What came of the files before it.
    pub summary: Summary,
    /// How the store failed.
    #[source]
    pub cause: StoreError,
}

/// Imports of files.
#[derive(Clone)]
pub struct Imports {
    store: Arc<dyn ImportStore>,
    clock: Arc<dyn Clock>,
    ids: Arc<dyn IdSource>,
}

impl Imports {
    /// Imports into `store`.
    pub fn new(store: Arc<dyn ImportStore>, clock: Arc<dyn Clock>, ids: Arc<dyn IdSource>) -> Self {
        Self { store, clock, ids }
    }

    /// Imports `files` into `org`, on behalf of `origin`, one after the other, each whole or not at
    /// all.
    ///
    /// Bad rows refuse their file and are told in the summary; the run goes on with the next file.
    /// `progress` is called every five hundred rows, or oftener.
    pub fn run(
        &self,
        (org, origin): (OrgId, &Origin),
        files: &[Box<dyn Source>],
        options: Options,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Summary, Stopped> {
        if options.dry_run {
            self.rehearse((org, origin), files, progress)
        } else {
            self.keep((org, origin), files, progress)
        }
    }

    /// One transaction a file, so that a file is kept although a later one is refused.
    fn keep(
        &self,
        (org, origin): (OrgId, &Origin),
        files: &[Box<dyn Source>],
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Summary, Stopped> {
        let mut run = Run::default();
        for file in files {
            let before = run.clone();
            let outcome = self.store.transact(org, origin, Mode::Keep, &mut |tx| {
                run = before.clone();
                self.add(&mut run, (org, file.as_ref()), tx, progress)
            });
            if let Err(cause) = outcome {
                return Err(before.stopped(file.as_ref(), cause));
            }
        }
        Ok(run.summary)
    }

    /// One transaction over all files, so that each sees what those before it would have stored.
    fn rehearse(
        &self,
        (org, origin): (OrgId, &Origin),
        files: &[Box<dyn Source>],
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Summary, Stopped> {
        let Some(first) = files.first() else {
            return Ok(Summary::default());
        };
        let (mut run, mut current) = (Run::default(), first);
        let outcome = self.store.transact(org, origin, Mode::Rehearse, &mut |tx| {
            run = Run::default();
            for file in files {
                current = file;
                self.add(&mut run, (org, file.as_ref()), tx, progress)?;
            }
            Ok(())
        });
        match outcome {
            Ok(()) => Ok(run.summary),
            Err(cause) => Err(Run::default().stopped(current.as_ref(), cause)),
        }
    }

    fn add(
        &self,
        run: &mut Run,
        (org, file): (OrgId, &dyn Source),
        tx: &mut dyn ImportTx,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<(), StoreError> {
        let mut desk = Desk {
            org,
            ids: self.ids.as_ref(),
            now: self.clock.now(),
            before: run.behind,
            progress,
        };
        let (summary, behind) = import(file, tx, &mut desk)?;
        run.summary.add_file(summary);
        run.behind = behind;
        Ok(())
    }
}

/// What came of the run so far, and what lies behind it.
#[derive(Clone, Default)]
struct Run {
    summary: Summary,
    behind: Progress,
}

impl Run {
    fn stopped(self, file: &dyn Source, cause: StoreError) -> Stopped {
        Stopped {
            file: file.name().to_owned(),
            summary: self.summary,
            cause,
        }
    }
}
