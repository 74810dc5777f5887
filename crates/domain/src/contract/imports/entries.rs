//! What the trail tells of files.

use org_kernel::audit::{Entry, EntryQuery};
use org_kernel::id::OrgId;
use serde_json::{Value, json};

use super::super::Subject;
use super::super::setting::{Setting, file, object};
use super::{production, work};
use crate::import::Options;

/// Each file that is kept and changes something is one entry, with how much it changed; a dry run, a
/// refused file and a file that says the same are none.
pub fn a_file_that_changes_something_is_noted_once<S: Subject>(fresh: impl Fn() -> S) {
    let subject = fresh();
    let (store, setting) = (subject.imports(), Setting::number(1));
    let org = setting.organization(subject.library().as_ref(), "one");
    let run = |files: &[_], dry_run| {
        let before = entries(&subject, org).len();
        setting.run(&store, org, files, Options { dry_run });
        let entries = entries(&subject, org).split_off(before);
        entries.into_iter().map(of_the(org)).collect::<Vec<_>>()
    };
    let first = || file("first", &[work("a"), work("b")]);
    let files = || {
        let refused = [work("c"), object(json!({ "kind": "work" }))];
        let other = [work("a"), production("p")];
        [first(), file("refused", &refused), file("Druhý", &other)]
    };
    let noted = |name: &str, created: u64, unchanged: u64| json!({ "file": name, "created": created, "updated": 0, "unchanged": unchanged });
    assert_eq!(run(&files(), true), [json!(null); 0], "a dry run");
    assert_eq!(
        run(&files(), false),
        [noted("first", 2, 0), noted("Druhý", 1, 1)]
    );
    assert_eq!(run(&files(), false), [json!(null); 0], "the same again");
    let mut changed = work("a");
    changed.insert("composer".to_owned(), "Dvořák, Antonín".into());
    let updated = run(&[file("first", &[changed, work("b")])], false);
    assert_eq!((&updated[0]["updated"], updated.len()), (&json!(1), 1));
}

/// What an entry says, which tells of the organization as a whole.
fn of_the(org: OrgId) -> impl Fn(Entry) -> Value {
    move |entry| {
        assert_eq!(entry.action, "file.imported");
        assert_eq!(entry.subject, Some(org.into()));
        Value::Object(entry.details)
    }
}

fn entries<S: Subject>(subject: &S, org: OrgId) -> Vec<Entry> {
    let query = EntryQuery {
        org: Some(org),
        limit: 100,
        ..EntryQuery::default()
    };
    subject
        .trail()
        .entries(&query)
        .expect("a store that answers")
}
