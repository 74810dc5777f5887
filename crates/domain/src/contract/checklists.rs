//! Promises about checklists.

use std::sync::Arc;
use std::thread::{self, ScopedJoinHandle};

use org_kernel::audit::Origin;
use org_kernel::id::{Id, ProductionId};
use serde_json::json;

use super::Subject;
use super::facts::uuid;
use super::office::Office;
use super::samples::{line, plan};
use super::setting::Setting;
use crate::checklist::{ChecklistItem, Checklists};
use crate::productions::Productions;
use crate::record::Record;
use crate::transaction::NoSuchObject;

/// Items stand in the order in which they were appended, in each production from 1 on; nobody is
/// told of them but the trail.
pub fn items_are_appended_at_the_end<S: Subject>(fresh: impl Fn() -> S) {
    let subject = fresh();
    let office = Office::open(&subject, 1);
    let [first, second] = [(); 2].map(|()| production(&office));
    let (items, news) = office.news(|| {
        let labels = [
            (first, "b"),
            (second, "x"),
            (first, "a"),
            (first, "b"),
            (second, "y"),
        ];
        labels.map(|(production, label)| append(&office, production, label).expect("an item"))
    });
    let places = items.each_ref().map(|item| item.facts.position);
    assert_eq!(places, [1, 1, 2, 3, 2]);
    assert_eq!(labels(&office, first), ["b", "a", "b"]);
    assert_eq!(labels(&office, second), ["x", "y"]);
    assert_eq!(news.types(), [""; 0]);
    assert_eq!(news.actions(), ["checklist_item.created"; 5]);
    assert_eq!(news.entries[0].subject, Some(items[0].id.into()));
}

/// Nothing is appended to another organization's production, or to one that never was.
pub fn items_belong_to_a_production<S: Subject>(fresh: impl Fn() -> S) {
    let subject = fresh();
    let (ours, theirs) = (Office::open(&subject, 1), Office::open(&subject, 2));
    let foreign = production(&theirs);
    for production in [foreign, Id::new(uuid(99)), Id::nobody()] {
        let refusal = ours.in_silence(|| append(&ours, production, "x"));
        assert_eq!(refusal, Err(NoSuchObject));
    }
    assert_eq!(labels(&theirs, foreign), [""; 0]);
}

/// An item is found under its own production alone.
pub fn items_are_marked_under_their_production<S: Subject>(fresh: impl Fn() -> S) {
    let subject = fresh();
    let (ours, theirs) = (Office::open(&subject, 1), Office::open(&subject, 2));
    let [first, second] = [(); 2].map(|()| production(&ours));
    let foreign = production(&theirs);
    let item = append(&ours, first, "x").expect("an item");
    for (office, production) in [(&ours, second), (&theirs, first), (&theirs, foreign)] {
        let refusal = office.in_silence(|| mark(office, production, &item, true));
        assert_eq!(refusal, Err(NoSuchObject));
    }
    ours.done(|tx| {
        assert!(tx.has_item(first, item.id)?);
        assert!(!tx.has_item(second, item.id)?);
        Ok(())
    });
    assert_eq!(ours.stored(item.id), Some(item));
}

/// An item is told of when it becomes done, and each time anew; done twice, it keeps its time.
pub fn an_item_is_told_of_when_it_becomes_done<S: Subject>(fresh: impl Fn() -> S) {
    let subject = fresh();
    let office = Office::open(&subject, 1);
    let production = production(&office);
    let item = append(&office, production, "x").expect("an item");
    let mark = |done| mark(&office, production, &item, done).expect("an item");
    assert_eq!(
        office.in_silence(|| mark(false)),
        item,
        "it was not done before"
    );

    let (done, news) = office.news(|| mark(true));
    assert_eq!(done.facts.done_at, Some(done.updated_at));
    assert!(item.updated_at < done.updated_at);
    let (data, changes) = news.told("checklist_item.completed");
    assert_eq!(data["doneAt"], json!(done.updated_at));
    assert_eq!(changes["done"], json!({ "old": false, "new": true }));
    assert_eq!(office.in_silence(|| mark(true)), done, "it keeps its time");

    let (open, news) = office.news(|| mark(false));
    assert_eq!(open.facts.done_at, None);
    assert_eq!(news.types(), [""; 0]);
    assert_eq!(
        news.noted("checklist_item.reopened")["doneAt"]["new"],
        json!(null)
    );

    let (again, news) = office.news(|| mark(true));
    assert!(done.facts.done_at < again.facts.done_at);
    news.told("checklist_item.completed");
    assert_eq!(office.stored(item.id), Some(again));
}

/// Items that are appended at once all find a place, each its own, and no place is left out.
pub fn items_appended_at_once_have_their_own_places<S: Subject>(fresh: impl Fn() -> S) {
    let subject = fresh();
    let office = Office::open(&subject, 1);
    let production = production(&office);
    let (store, org) = (subject.transactions(), office.org);
    let append = &|number| {
        let setting = Setting::number(number);
        let checklists = Checklists::new(setting.clock(), setting.ids());
        for _ in 0..5 {
            let store = Arc::clone(&store);
            let item = store.run(org, &Origin::OPERATOR, |tx| {
                checklists.append(tx, production, &line("x"))
            });
            item.expect("an item");
        }
    };
    thread::scope(|scope| {
        let threads = (11..=18).map(|number| scope.spawn(move || append(number)));
        let threads: Vec<_> = threads.collect();
        let ends = threads.into_iter().map(ScopedJoinHandle::join);
        ends.for_each(|end| end.expect("a thread that ends"));
    });
    let places: Vec<_> = items(&office, production)
        .iter()
        .map(|item| item.facts.position)
        .collect();
    assert_eq!(places, (1..=40).collect::<Vec<_>>());
}

fn production<S: Subject>(office: &Office<'_, S>) -> ProductionId {
    let productions = Productions::new(office.clock(), office.ids());
    office
        .done(|tx| Ok(productions.create(tx, &plan("Rusalka"))?))
        .id
}

fn append<S: Subject>(
    office: &Office<'_, S>,
    production: ProductionId,
    label: &str,
) -> Result<Record<ChecklistItem>, NoSuchObject> {
    let checklists = Checklists::new(office.clock(), office.ids());
    office.write(|tx| checklists.append(tx, production, &line(label)))
}

fn mark<S: Subject>(
    office: &Office<'_, S>,
    production: ProductionId,
    item: &Record<ChecklistItem>,
    done: bool,
) -> Result<Record<ChecklistItem>, NoSuchObject> {
    let checklists = Checklists::new(office.clock(), office.ids());
    office.write(|tx| checklists.mark(tx, production, item.id, done))
}

/// A production's list, as its detail shows it.
fn items<S: Subject>(
    office: &Office<'_, S>,
    production: ProductionId,
) -> Vec<Record<ChecklistItem>> {
    let detail = office.subject.library().production(office.org, production);
    let detail = detail.expect("a store that answers");
    detail.expect("a production that is there").checklist
}

fn labels<S: Subject>(office: &Office<'_, S>, production: ProductionId) -> Vec<String> {
    let items = items(office, production).into_iter();
    items.map(|item| item.facts.label.into_string()).collect()
}
