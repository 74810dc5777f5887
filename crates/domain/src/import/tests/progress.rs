//! Progress, and transactions that are run again.

use org_kernel::audit::Origin;
use std::sync::Arc;

use super::support::{Desk, Restarting, boxed, errors, file, production, with, work};
use crate::import::{Options, Progress};

#[test]
fn progress_rises_over_the_files_of_a_run() {
    let desk = Desk::new();
    let rows = |name: &str| {
        (0..700)
            .map(|place| work(&format!("{name} {place}")))
            .collect()
    };
    let files: [Vec<_>; 2] = ["a", "b"].map(rows);
    let files = files.map(|rows| file("rows", rows));
    let mut shown = Vec::new();
    let imports = desk.imports_through(Arc::clone(&desk.store) as _);
    let outcome = imports.run(
        (desk.org, &Origin::OPERATOR),
        &boxed(files.into()),
        Options::default(),
        &mut |at| {
            shown.push(at);
        },
    );
    assert_eq!(outcome.expect("a summary").created, 1400);
    let at = |rows| Progress { bytes: rows, rows };
    assert_eq!(shown, [at(500), at(700), at(1200), at(1400)]);
}

#[test]
fn a_transaction_that_is_run_again_counts_and_stores_once() {
    for dry_run in [false, true] {
        let desk = Desk::new();
        let bad = with(work("3"), "title", "");
        let files = vec![
            file("first", [work("1"), production("p")]),
            file("refused", [work("2"), bad]),
            file("last", [work("1"), work("4")]),
        ];
        let imports = desk.imports_through(Arc::new(Restarting(Arc::clone(&desk.store))));
        let mut last = Progress::default();
        let options = Options { dry_run };
        let outcome = imports.run(
            (desk.org, &Origin::OPERATOR),
            &boxed(files),
            options,
            &mut |at| last = at,
        );
        let summary = outcome.expect("a summary");
        assert_eq!(
            (summary.read, summary.created, summary.unchanged),
            (6, 3, 1)
        );
        assert_eq!(errors(&summary), [(2, "title", "must not be empty")]);
        assert_eq!(last, Progress { bytes: 6, rows: 6 });
        let events = desk.store.events(desk.org).len();
        assert_eq!(events, usize::from(!dry_run));
    }
}
