//! Promises about transactions: all of one is kept, or nothing.

use org_kernel::StoreError;
use org_kernel::audit::Origin;

use super::Subject;
use super::facts::{Attempt, event, external_id, in_a_file, record, titles, uuid, work};
use super::rows::file_and_changes;
use super::setting::Setting;
use super::worlds::{Twins, each};
use crate::import::{ImportTx, Mode};
use org_kernel::id::OrgId;

/// What a failed transaction wrote is not there afterwards, its events included.
pub fn a_transaction_that_fails_leaves_nothing<S: Subject>(fresh: impl Fn() -> S) {
    let subject = fresh();
    let store = subject.imports();
    let org = Setting::number(1).organization(subject.library().as_ref(), "one");
    let outcome = store.transact(org, &Origin::OPERATOR, Mode::Keep, &mut |tx| {
        tx.begin_file()?;
        write(tx, 1, "a")?;
        tx.end_file(true)?;
        Err(StoreError::failed("as a test wants it"))
    });
    let cause = outcome.expect_err("the failure comes out");
    assert!(matches!(cause, StoreError::Failed(_)), "{cause:?}");
    assert_eq!(titles(store.as_ref(), org, &["a"]), [None]);
    assert_eq!(subject.payloads(org), [""; 0]);
}

/// What a rehearsal wrote can be read within it, and is not there afterwards.
pub fn a_rehearsal_leaves_nothing<S: Subject>(fresh: impl Fn() -> S) {
    let subject = fresh();
    let store = subject.imports();
    let org = Setting::number(1).organization(subject.library().as_ref(), "one");
    let mut seen = 0;
    let outcome = store.transact(org, &Origin::OPERATOR, Mode::Rehearse, &mut |tx| {
        tx.begin_file()?;
        write(tx, 1, "a")?;
        tx.end_file(true)?;
        tx.begin_file()?;
        seen = stored_works(tx, "a")?;
        tx.end_file(true)
    });
    outcome.expect("a rehearsal that ran to its end");
    assert_eq!(seen, 1);
    assert_eq!(titles(store.as_ref(), org, &["a"]), [None]);
    assert_eq!(subject.payloads(org), [""; 0]);
}

/// A file that is not kept takes back its own writes, changes and events, and no other file's.
pub fn a_file_that_is_not_kept_is_undone_alone<S: Subject>(fresh: impl Fn() -> S) {
    let subject = fresh();
    let store = subject.imports();
    let org = Setting::number(1).organization(subject.library().as_ref(), "one");
    let mut seen = 1;
    let outcome = store.transact(org, &Origin::OPERATOR, Mode::Keep, &mut |tx| {
        tx.begin_file()?;
        write(tx, 1, "a")?;
        tx.end_file(true)?;
        tx.begin_file()?;
        write(tx, 2, "b")?;
        tx.update(&[record(1, work("changed"))])?;
        tx.end_file(false)?;
        tx.begin_file()?;
        seen = stored_works(tx, "b")?;
        write(tx, 3, "c")?;
        tx.end_file(true)
    });
    outcome.expect("a transaction that ran to its end");
    assert_eq!(seen, 0, "what was undone is gone at once");
    let kept = |name: &str| Some(name.to_owned());
    assert_eq!(
        titles(store.as_ref(), org, &["a", "b", "c"]),
        [kept("a"), None, kept("c")]
    );
    assert_eq!(subject.payloads(org), [event(1).payload, event(3).payload]);
}

/// Nothing is written for an organization that is not there.
pub fn a_transaction_needs_an_organization<S: Subject>(fresh: impl Fn() -> S) {
    let subject = fresh();
    let nobody = OrgId::new(uuid(99));
    let outcome = in_a_file(subject.imports().as_ref(), nobody, |tx| write(tx, 1, "a"));
    outcome.expect_err("no such organization");
}

/// No id and no external id is stored twice, and only what is stored is updated.
pub fn records_and_their_names_are_stored_once<S: Subject>(fresh: impl Fn() -> S) {
    let subject = fresh();
    let store = subject.imports();
    let org = Setting::number(1).organization(subject.library().as_ref(), "one");
    in_a_file(store.as_ref(), org, |tx| write(tx, 1, "a")).expect("a new record");
    let attempts: [Attempt; 3] = [
        |tx| tx.insert(&[(external_id("a"), record(2, work("name taken")))]),
        |tx| tx.insert(&[(external_id("b"), record(1, work("id taken")))]),
        |tx| tx.update(&[record(3, work("not stored"))]),
    ];
    for attempt in attempts {
        in_a_file(store.as_ref(), org, attempt).expect_err("a refusal");
    }
    assert_eq!(
        titles(store.as_ref(), org, &["a", "b"]),
        [Some("a".to_owned()), None]
    );
}

/// Records of every kind come back whole under their external ids, hidden fields included.
pub fn records_are_stored_as_they_were_given<S: Subject>(fresh: impl Fn() -> S) {
    let subject = fresh();
    each(&file_and_changes(), |number, (rows, changes)| {
        let twins = Twins::new(&subject, number);
        twins.import(&rows)?;
        twins.import(&changes)?;
        twins.stored_alike()
    });
}

fn write(tx: &mut dyn ImportTx, number: u64, name: &str) -> Result<(), StoreError> {
    tx.insert(&[(external_id(name), record(number, work(name)))])?;
    tx.append(event(number))
}

fn stored_works(tx: &mut dyn ImportTx, name: &str) -> Result<usize, StoreError> {
    let works: &mut dyn crate::import::Upserts<crate::repertoire::Work> = tx;
    Ok(works.stored(&[external_id(name)])?.len())
}
