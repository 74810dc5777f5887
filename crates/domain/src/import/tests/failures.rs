//! Files that cannot be read, and stores that fail.

use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use org_kernel::StoreError;
use org_kernel::audit::Origin;
use org_kernel::id::OrgId;
use org_kernel::id_source::IdSource;
use uuid::Uuid;

use super::support::{Desk, boxed, file, ignored, object, work};
use crate::import::{
    ImportStore, ImportTx, Imports, Mode, Options, Row, RowError, Source, Unreadable,
};
use crate::memory::InMemory;
use crate::repertoire::WorkQuery;

#[test]
fn a_file_that_cannot_be_read_to_its_end_is_refused_alone() {
    let desk = Desk::new();
    let torn = file("torn", [work("1")]).ending_in(Unreadable {
        line: Some(2),
        message: "could not be read: the disk is on fire".to_owned(),
    });
    let summary = desk.run(vec![torn, file("whole", [work("2"), work("3")])]);
    assert_eq!((summary.read, summary.rejected, summary.created), (4, 1, 2));
    let error = RowError {
        file: "torn".to_owned(),
        line: Some(2),
        field: None,
        message: "could not be read: the disk is on fire".to_owned(),
    };
    assert_eq!(summary.errors, [error]);
    assert_eq!(desk.list(&WorkQuery::default()).len(), 2);
}

#[test]
fn a_run_without_files_has_nothing_to_tell() {
    let desk = Desk::new();
    let imports = desk.imports_through(Arc::clone(&desk.store) as _);
    for dry_run in [false, true] {
        let summary = imports.run(
            (desk.org, &Origin::OPERATOR),
            &[],
            Options { dry_run },
            &mut ignored,
        );
        assert_eq!(summary.expect("a summary").read, 0);
    }
}

/// A store that is gone after its first transaction.
struct Vanishing(Arc<InMemory>, AtomicBool);

impl ImportStore for Vanishing {
    fn transact(
        &self,
        org: OrgId,
        origin: &Origin,
        mode: Mode,
        work: &mut dyn FnMut(&mut dyn ImportTx) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let gone = self.1.swap(true, Ordering::Relaxed);
        self.0.transact(org, origin, mode, &mut |tx| {
            work(tx)?;
            if gone {
                return Err(StoreError::unavailable("gone"));
            }
            Ok(())
        })
    }
}

#[test]
fn a_store_that_fails_stops_the_run_and_what_was_kept_is_told() {
    let desk = Desk::new();
    let store = Vanishing(Arc::clone(&desk.store), false.into());
    let files = ["1", "2", "3"].map(|name| file(name, [work(name)]));
    let imports = desk.imports_through(Arc::new(store));
    let outcome = imports.run(
        (desk.org, &Origin::OPERATOR),
        &boxed(files.into()),
        Options::default(),
        &mut ignored,
    );
    let stopped = outcome.expect_err("the store is gone");
    assert_eq!(stopped.file, "2");
    assert_eq!(stopped.summary.created, 1);
    assert!(matches!(stopped.cause, StoreError::Unavailable(_)));
    assert_eq!(desk.list(&WorkQuery::default()).len(), 1);
}

/// Gives one id to everything, so that the second record cannot be stored.
struct OneId;

impl IdSource for OneId {
    fn uuid(&self) -> Uuid {
        Uuid::max()
    }
}

/// More works than fit a chunk, behind which nobody should look.
struct TooMany;

impl Source for TooMany {
    fn name(&self) -> &'static str {
        "too many"
    }

    fn read(&self, take: &mut dyn FnMut(Row) -> ControlFlow<()>) -> Result<(), Unreadable> {
        for line in 1..10_000 {
            let row = Row {
                line,
                read_to: line,
                partial: false,
                content: Ok(object(work(&line.to_string()))),
            };
            if take(row).is_break() {
                return Ok(());
            }
        }
        panic!("the file is read to its end");
    }
}

#[test]
fn a_file_is_not_read_further_once_the_store_has_failed() {
    let desk = Desk::new();
    let clock = Arc::clone(&desk.clock) as _;
    let imports = Imports::new(Arc::clone(&desk.store) as _, clock, Arc::new(OneId));
    let file: Box<dyn Source> = Box::new(TooMany);
    let outcome = imports.run(
        (desk.org, &Origin::OPERATOR),
        &[file],
        Options::default(),
        &mut ignored,
    );
    assert_eq!(outcome.expect_err("ids are given once").file, "too many");
}
