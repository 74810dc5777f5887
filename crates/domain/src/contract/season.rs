//! Promises about what the season is made of: productions, services, tours, reports.

use std::fmt::Debug;

use org_kernel::id::{Id, kind};
use serde_json::json;

use super::Subject;
use super::facts::uuid;
use super::office::{News, Office};
use super::samples::{Stock, line, place, plan, tour};
use crate::import::Importable;
use crate::productions::{ProductionPlan, Productions};
use crate::record::{Facts, Record};
use crate::reports::{Generated, Report, Reports};
use crate::services::{Service, Services};
use crate::tours::Tours;
use crate::transaction::{Keeps, NoSuchObject, Transaction};

/// A new production is told as it is stored.
pub fn a_new_production_is_told_as_it_is_stored<S: Subject>(fresh: impl Fn() -> S) {
    let subject = fresh();
    let office = Office::open(&subject, 1);
    let productions = Productions::new(office.clock(), office.ids());
    let (made, news) =
        office.news(|| office.done(|tx| Ok(productions.create(tx, &plan("Rusalka"))?)));
    let (data, changes) = news.told("production.created");
    assert_eq!(data["id"], json!(made.id));
    assert_eq!(data["title"], "Rusalka");
    assert_eq!(news.events[0]["createdAt"], json!(made.created_at));
    assert_eq!(changes["title"], json!({ "old": null, "new": "Rusalka" }));
    assert_eq!(office.stored(made.id), Some(made));
}

/// A production that changes is told once, also when its programme alone does; one that was imported
/// is changed like any other, and one that says the same is left alone.
pub fn a_production_that_changes_is_told<S: Subject>(fresh: impl Fn() -> S) {
    let subject = fresh();
    let (ours, theirs) = (Office::open(&subject, 1), Office::open(&subject, 2));
    let stock = Stock::of(&ours);
    let productions = Productions::new(ours.clock(), ours.ids());
    let update = |office: &Office<'_, S>, id, plan: &ProductionPlan| {
        office.write(|tx| productions.update(tx, id, plan))
    };
    let other = plan("Armida");
    let news = changes(&ours, |id| update(&ours, id, &other));
    let (data, changes) = news.told("production.updated");
    assert_eq!(data["title"], "Armida");
    assert_eq!(changes["title"], json!({ "old": "x", "new": "Armida" }));

    let mut played = other.clone();
    played.programme = vec![place(stock.work)];
    let news = self::changes(&ours, |id| update(&ours, id, &played));
    news.told("production.updated");
    refuses(&ours, &theirs, |office, id| update(office, id, &other));
}

/// A service that changes is told once; one that says the same is left alone.
pub fn a_service_that_changes_is_told<S: Subject>(fresh: impl Fn() -> S) {
    let subject = fresh();
    let (ours, theirs) = (Office::open(&subject, 1), Office::open(&subject, 2));
    Stock::of(&ours);
    let services = Services::new(ours.clock(), ours.ids());
    let id = ours.imported::<kind::Service>("x");
    let mut service: Service = ours.stored(id).expect("a service").facts;
    service.dress = Some(line("Frak"));
    let update = |office: &Office<'_, S>, id| office.write(|tx| services.update(tx, id, &service));
    let news = changes(&ours, |id| update(&ours, id));
    let (data, changes) = news.told("service.updated");
    assert_eq!(data["dress"], "Frak");
    assert_eq!(*changes, json!({ "dress": { "old": null, "new": "Frak" } }));
    refuses(&ours, &theirs, update);
}

/// A tour that changes, or one of its legs, is told once; one that says the same is left alone.
pub fn a_tour_that_changes_is_told<S: Subject>(fresh: impl Fn() -> S) {
    let subject = fresh();
    let (ours, theirs) = (Office::open(&subject, 1), Office::open(&subject, 2));
    Stock::of(&ours);
    let tours = Tours::new(ours.clock(), ours.ids());
    let legs = json!([{ "date": "2026-03-01", "dayType": "TRAVEL", "city": "Brno" }]);
    let tour = tour(&legs);
    let update = |office: &Office<'_, S>, id| office.write(|tx| tours.update(tx, id, &tour));
    let news = changes(&ours, |id| update(&ours, id));
    let (data, changes) = news.told("tour.updated");
    assert_eq!(
        (&data["name"], &data["legs"][0]["city"]),
        (&json!("Morava"), &json!("Brno"))
    );
    assert_eq!(changes["legs"]["old"], json!([]));
    assert_eq!(changes["legs"]["new"], data["legs"]);
    refuses(&ours, &theirs, update);
}

/// A report that is made is ready from then on, and is told of as often as it is made.
pub fn a_report_is_told_of_when_it_is_made<S: Subject>(fresh: impl Fn() -> S) {
    let subject = fresh();
    let (ours, theirs) = (Office::open(&subject, 1), Office::open(&subject, 2));
    Stock::of(&ours);
    let reports = Reports::new(ours.clock(), ours.ids());
    let made = Generated {
        row_count: Some(7),
        byte_size: None,
        expires_at: None,
    };
    let generated = |office: &Office<'_, S>, id| office.write(|tx| reports.generated(tx, id, made));
    let id = ours.imported::<kind::Report>("x");
    for status in ["QUEUED", "READY"] {
        let (report, news) = ours.news(|| generated(&ours, id));
        let report: Record<Report> = report.expect("a report that is there");
        assert_eq!(report.facts.generated_at, Some(report.updated_at));
        let (data, changes) = news.told("report.generated");
        assert_eq!(
            (&data["status"], &data["rowCount"]),
            (&json!("READY"), &json!(7))
        );
        assert_eq!(changes.get("status").is_some(), status == "QUEUED");
        assert_eq!(ours.stored(id), Some(report));
    }
    refuses(&ours, &theirs, generated);
}

/// Changes the record that was imported as `x`, twice alike; answers what was told the first time.
/// Nobody may be told the second time.
fn changes<S: Subject, F: Facts<Kind: Importable>>(
    office: &Office<'_, S>,
    update: impl Fn(Id<F::Kind>) -> Result<Record<F>, NoSuchObject>,
) -> News
where
    for<'t> dyn Transaction + 't: Keeps<F>,
{
    let id = office.imported::<F::Kind>("x");
    let before = office.stored::<F>(id).expect("a record that was imported");
    let (after, news) = office.news(|| update(id));
    let after = after.expect("a record that is there");
    assert_ne!(after.facts, before.facts);
    assert_eq!(after.created_at, before.created_at);
    assert!(after.updated_at > before.updated_at);
    assert_eq!(office.stored(id).as_ref(), Some(&after));
    assert_eq!(office.in_silence(|| update(id)).as_ref(), Ok(&after));
    assert_eq!(office.stored(id), Some(after));
    news
}

/// Neither another organization's record is changed, nor one that never was.
fn refuses<S: Subject, K: Importable, T: Debug + PartialEq>(
    ours: &Office<'_, S>,
    theirs: &Office<'_, S>,
    update: impl Fn(&Office<'_, S>, Id<K>) -> Result<T, NoSuchObject>,
) {
    let id = ours.imported::<K>("x");
    for (office, id) in [(theirs, id), (ours, Id::new(uuid(99)))] {
        let refusal = office.in_silence(|| update(office, id));
        assert_eq!(refusal, Err(NoSuchObject));
    }
}
