//! Promises about names and where they lead.

use std::collections::HashMap;

use org_kernel::field::Fields;
use org_kernel::id::OrgId;
use serde_json::{Value, json};
use uuid::Uuid;

use super::Subject;
use super::facts::{Attempt, external_id, in_a_file, key, record, uuid, work};
use super::setting::{Setting, object};
use crate::history::Performance;
use crate::import::ImportKind::{Member, Production, Tour, Work};
use crate::import::{ExternalKey, ImportStore, Links};
use crate::instruments::InstrumentFile;
use crate::productions::ProductionPlan;
use crate::roster::MemberFile;
use crate::services::Service;

/// A key that is met a second time in a file is told, and leads where it led the first time. The
/// next file begins anew, and kinds do not mix.
pub fn keys_are_met_once_a_file<S: Subject>(fresh: impl Fn() -> S) {
    let subject = fresh();
    let org = Setting::number(1).organization(subject.library().as_ref(), "one");
    let [a, b, c] = ["a", "b", "c"].map(|name| key(Work, name));
    let outcome = in_a_file(subject.imports().as_ref(), org, |tx| {
        let first = tx.meet(&[(a.clone(), uuid(1)), (b.clone(), uuid(2))])?;
        assert!(first.is_empty(), "{first:?}");
        let tours = tx.meet(&[(key(Tour, "a"), uuid(3))])?;
        assert!(tours.is_empty(), "{tours:?}");
        let again = tx.meet(&[(b.clone(), uuid(4)), (c.clone(), uuid(5))])?;
        assert_eq!(again, [b.clone()].into());
        let ids = tx.resolve(&[a.clone(), b.clone(), c.clone(), key(Tour, "a")])?;
        let expected = [
            (a.clone(), 1),
            (b.clone(), 2),
            (c.clone(), 5),
            (key(Tour, "a"), 3),
        ];
        assert_eq!(ids, ids_of(expected));
        tx.end_file(false)?;
        tx.begin_file()?;
        let anew = tx.meet(&[(a.clone(), uuid(6))])?;
        assert!(anew.is_empty(), "{anew:?}");
        Ok(())
    });
    outcome.expect("a store that answers");
}

/// A key leads to the row that was met in the file, else to the record that is stored, else
/// nowhere; never to another organization's.
pub fn keys_lead_to_what_was_met_or_is_stored<S: Subject>(fresh: impl Fn() -> S) {
    let subject = fresh();
    let (store, library) = (subject.imports(), subject.library());
    let ours = Setting::number(1).organization(library.as_ref(), "ours");
    let theirs = Setting::number(2).organization(library.as_ref(), "theirs");
    let (stored, met) = (key(Work, "stored"), key(Work, "met"));
    let asked = [
        stored.clone(),
        met.clone(),
        key(Work, "nowhere"),
        key(Tour, "stored"),
    ];
    let outcome = in_a_file(store.as_ref(), ours, |tx| {
        tx.insert(&[(external_id("stored"), record(1, work("stored")))])?;
        tx.meet(&[(met.clone(), uuid(2))])?;
        assert_eq!(
            tx.resolve(&asked)?,
            ids_of([(stored.clone(), 1), (met.clone(), 2)])
        );
        tx.end_file(true)?;
        tx.begin_file()?;
        assert_eq!(tx.resolve(&asked)?, ids_of([(stored.clone(), 1)]));
        Ok(())
    });
    outcome.expect("a store that answers");
    let outcome = in_a_file(store.as_ref(), theirs, |tx| {
        assert_eq!(tx.resolve(&asked)?, HashMap::new());
        Ok(())
    });
    outcome.expect("a store that answers");
}

/// A record cannot refer to a record of another organization, or to one that never was.
pub fn a_record_refers_to_its_own_organization_only<S: Subject>(fresh: impl Fn() -> S) {
    let subject = fresh();
    let (store, library) = (subject.imports(), subject.library());
    let ours = Setting::number(1).organization(library.as_ref(), "ours");
    let theirs = Setting::number(2).organization(library.as_ref(), "theirs");
    store_what_is_referred_to(store.as_ref(), theirs);
    for attempt in ATTEMPTS {
        in_a_file(store.as_ref(), theirs, attempt).expect("a reference of one's own");
        in_a_file(store.as_ref(), ours, attempt).expect_err("a reference to another's");
    }
    store_what_is_referred_to(store.as_ref(), ours);
}

/// Records that refer to those of [`store_what_is_referred_to`].
const ATTEMPTS: [Attempt; 5] = [
    |tx| tx.insert(&[(external_id("service"), record(11, service()))]),
    |tx| tx.insert(&[(external_id("programme"), record(12, programme()))]),
    |tx| {
        tx.insert(&[(
            external_id("performance"),
            record(13, performance("workExternalId")),
        )])
    },
    |tx| {
        tx.insert(&[(
            external_id("concert"),
            record(14, performance("productionExternalId")),
        )])
    },
    |tx| tx.insert(&[(external_id("instrument"), record(15, instrument()))]),
];

/// A work of id 1, a production of id 2, a member of id 3.
fn store_what_is_referred_to(store: &dyn ImportStore, org: OrgId) {
    let production = json!({ "title": "x", "startDate": "2026-01-01", "endDate": "2026-01-01" });
    let production = ProductionPlan::read(&mut fields(production), &Links::default());
    let production = record(2, production.expect("a production"));
    let member = MemberFile::read(&mut fields(json!({ "name": "x", "role": "TUTTI" })));
    let member = record(3, member.expect("a member"));
    let outcome = in_a_file(store, org, |tx| {
        tx.insert(&[(external_id("x"), record(1, work("x")))])?;
        tx.insert(&[(external_id("x"), production.clone())])?;
        tx.insert(&[(external_id("x"), member.clone())])
    });
    outcome.expect("new records");
}

fn service() -> Service {
    let read = Service::read(
        &mut fields(json!({
            "productionExternalId": "x", "type": "CONCERT",
            "startAt": "2026-01-01T19:00:00Z", "endAt": "2026-01-01T21:00:00Z",
        })),
        &links(),
    );
    read.expect("a service")
}

fn programme() -> ProductionPlan {
    let read = ProductionPlan::read(
        &mut fields(json!({
            "title": "x", "startDate": "2026-01-01", "endDate": "2026-01-01",
            "programme": [{ "title": "x", "workExternalId": "x" }],
        })),
        &links(),
    );
    read.expect("a production with a programme")
}

fn performance(reference: &str) -> Performance {
    let mut fields = object(json!({ "date": "2026-01-01", "composer": "x", "title": "x" }));
    fields.insert(reference.to_owned(), "x".into());
    let read = Performance::read(&mut Fields::new(fields), &links());
    read.expect("a performance")
}

fn instrument() -> InstrumentFile {
    let fields = &mut fields(json!({
        "name": "x", "category": "HARP", "onLoanToExternalId": "x",
    }));
    InstrumentFile::read(fields, &links()).expect("an instrument")
}

fn fields(value: Value) -> Fields {
    Fields::new(object(value))
}

fn links() -> Links {
    let mut links = Links::default();
    for (kind, number) in [(Work, 1), (Production, 2), (Member, 3)] {
        links.add(key(kind, "x"), uuid(number));
    }
    links
}

fn ids_of<const N: usize>(pairs: [(ExternalKey, u64); N]) -> HashMap<ExternalKey, Uuid> {
    let ids = pairs.map(|(key, number)| (key, uuid(number)));
    ids.into()
}
