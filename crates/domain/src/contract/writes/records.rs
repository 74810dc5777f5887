//! Records of every kind that is written one by one.

use org_kernel::StoreError;
use org_kernel::audit::Origin;
use org_kernel::id::Id;
use org_kernel::instant::Instant;
use serde_json::json;

use super::super::Subject;
use super::super::facts::record;
use super::super::office::Office;
use super::super::samples::{Stock, contact, engagement, item, line, place, plan, request, tour};
use crate::engagements::EngagementStatus;
use crate::import::Importable;
use crate::record::{Facts, Record};
use crate::reports::{Report, ReportStatus};
use crate::requests::MemberRequestStatus;
use crate::services::Service;
use crate::transaction::{End, Holds, Keeps, Transaction};

/// Records of every kind come back as they were stored, and as they were changed. None is stored
/// twice, and none is changed that is not there.
pub fn records_are_kept_as_they_were_given<S: Subject>(fresh: impl Fn() -> S) {
    let subject = fresh();
    let office = Office::open(&subject, 1);
    let stock = Stock::of(&office);
    let at: Instant = "2026-02-03T04:05:06.789Z".parse().expect("an instant");

    let mut full = plan("Rusalka");
    full.programme = vec![place(stock.work), place(stock.work)];
    are_kept(&office, [full, plan("Armida")]);

    let mut done = item(stock.production);
    (done.done_at, done.label) = (Some(at), line("✓"));
    are_kept(&office, [item(stock.production), done]);

    let bare = contact(json!({ "name": "Ida", "type": "AGENT" }));
    are_kept(&office, [full_contact(), bare.clone()]);
    are_kept(&office, [bare, full_contact()]);

    let mut asked = request(stock.member);
    (asked.dates, asked.status) = (None, MemberRequestStatus::InReview);
    are_kept(&office, [request(stock.member), asked]);

    let mut confirmed = engagement(&stock);
    (confirmed.role, confirmed.status) = (line("Čelista"), EngagementStatus::Confirmed);
    are_kept(&office, [engagement(&stock), confirmed]);

    let legs = json!([{ "date": "2026-03-01", "dayType": "TRAVEL", "country": "CZ" }]);
    are_kept(&office, [tour(&legs), tour(&json!([]))]);

    let service: Record<Service> = imported(&office);
    let mut other = service.facts.clone();
    (other.call_at, other.dress) = (Some(at), Some(line("Frak")));
    are_kept(&office, [service.facts, other]);

    let report: Record<Report> = imported(&office);
    let mut ready = report.facts.clone();
    (ready.status, ready.row_count) = (ReportStatus::Ready, Some(i64::MAX));
    are_kept(&office, [report.facts, ready]);
}

fn full_contact() -> crate::contacts::Contact {
    contact(json!({
        "name": "Dvořák, Antonín", "type": "COMPOSER", "company": "N. Simrock", "email": "a@b.at",
        "phone": "+420 1", "city": "Praha", "country": "CZ", "role": "Skladatel",
        "notes": "100 %\n\t'", "tags": ["été", "a_b", "%"],
    }))
}

/// Stores the first facts and replaces them by the second.
fn are_kept<S: Subject, F: Facts>(office: &Office<'_, S>, [first, second]: [F; 2])
where
    for<'t> dyn Transaction + 't: Keeps<F>,
{
    let id = Id::new(office.ids().uuid());
    let first = Record {
        id,
        ..record(1, first)
    };
    let at = first.updated_at.saturating_add(time::Duration::HOUR);
    let second = Record {
        facts: second,
        updated_at: at,
        ..first.clone()
    };
    assert_eq!(office.stored(id), None);
    fails(office, |tx| Keeps::update(tx, &first));
    office.done(|tx| {
        Keeps::insert(tx, &first)?;
        assert_eq!(Keeps::<F>::get(tx, id)?.as_ref(), Some(&first));
        Ok(())
    });
    assert_eq!(office.stored(id).as_ref(), Some(&first));
    fails(office, |tx| Keeps::insert(tx, &second));
    office.done(|tx| Ok(Keeps::update(tx, &second)?));
    assert_eq!(office.stored(id), Some(second));
    assert!(office.done(|tx| Ok(Holds::<F>::holds(tx, id)?)));
}

/// The record that was imported under the name `x`.
pub(super) fn imported<S: Subject, F: Facts<Kind: Importable>>(office: &Office<'_, S>) -> Record<F>
where
    for<'t> dyn Transaction + 't: Keeps<F>,
{
    let stored = office.stored(office.imported::<F::Kind>("x"));
    stored.expect("a record that was imported")
}

/// Tries in a transaction what the store does not do.
pub(super) fn fails<S: Subject>(
    office: &Office<'_, S>,
    mut attempt: impl FnMut(&mut dyn Transaction) -> Result<(), StoreError>,
) {
    let store = office.subject.transactions();
    let outcome = store.transact(office.org, &Origin::OPERATOR, &mut |tx| {
        attempt(tx)?;
        Ok(End::Commit)
    });
    let cause = outcome.expect_err("a refusal of the store");
    assert!(matches!(cause, StoreError::Failed(_)), "{cause:?}");
}
