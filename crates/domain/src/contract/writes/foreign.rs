//! What another organization holds is not there.

use org_kernel::id::Id;

use super::super::Subject;
use super::super::facts::{record, uuid};
use super::super::office::Office;
use super::super::samples::{Stock, engagement, item, place, plan, request};
use super::records::{fails, imported};
use crate::checklist::ChecklistItem;
use crate::contacts::Contact;
use crate::engagements::Engagement;
use crate::productions::ProductionPlan;
use crate::record::{Facts, Record};
use crate::reports::Report;
use crate::requests::MemberRequest;
use crate::roster::MemberFile;
use crate::services::Service;
use crate::tours::Tour;
use crate::transaction::{Holds, Keeps, Transaction};

/// A record of another organization is neither found nor changed, like one that never was.
pub fn only_ones_own_records_are_held<S: Subject>(fresh: impl Fn() -> S) {
    let subject = fresh();
    let (ours, theirs) = (Office::open(&subject, 1), Office::open(&subject, 2));
    let stock = Stock::of(&theirs);
    let item = record(1, item(stock.production));
    let request = record(1, request(stock.member));
    let engagement = record(1, engagement(&stock));
    theirs.done(|tx| {
        Keeps::insert(tx, &item)?;
        Keeps::insert(tx, &request)?;
        Ok(Keeps::insert(tx, &engagement)?)
    });
    is_unknown::<S, ChecklistItem>(&ours, &item);
    is_unknown::<S, MemberRequest>(&ours, &request);
    is_unknown::<S, Engagement>(&ours, &engagement);
    is_unknown::<S, Contact>(&ours, &imported(&theirs));
    is_unknown::<S, ProductionPlan>(&ours, &imported(&theirs));
    is_unknown::<S, Report>(&ours, &imported(&theirs));
    is_unknown::<S, Service>(&ours, &imported(&theirs));
    is_unknown::<S, Tour>(&ours, &imported(&theirs));
    ours.done(|tx| {
        assert!(!Holds::<MemberFile>::holds(tx, stock.member)?);
        assert_eq!(tx.next_position(stock.production)?, None);
        assert!(!tx.has_item(stock.production, item.id)?);
        Ok(())
    });
    let kept = theirs.stored(item.id);
    assert_eq!(kept, Some(item), "it is as it was");
}

fn is_unknown<S: Subject, F: Facts>(office: &Office<'_, S>, theirs: &Record<F>)
where
    for<'t> dyn Transaction + 't: Keeps<F>,
{
    for id in [theirs.id, Id::new(uuid(99)), Id::nobody()] {
        assert_eq!(office.stored::<F>(id), None);
        assert!(!office.done(|tx| Ok(Holds::<F>::holds(tx, id)?)));
    }
    fails(office, |tx| Keeps::update(tx, theirs));
}

/// A record refers to records of its own organization, or the store does not take it.
pub fn a_write_refers_to_its_own_organization_only<S: Subject>(fresh: impl Fn() -> S) {
    let subject = fresh();
    let (ours, theirs) = (Office::open(&subject, 1), Office::open(&subject, 2));
    let (own, stock) = (Stock::of(&ours), Stock::of(&theirs));
    refuses(&ours, item(stock.production), item(own.production));
    refuses(&ours, request(stock.member), request(own.member));
    refuses(&ours, on_programme(&stock), on_programme(&own));
    let mut of_contact = engagement(&own);
    of_contact.contact_id = stock.contact;
    refuses(&ours, of_contact, engagement(&own));
    let mut of_production = engagement(&own);
    of_production.production_id = stock.production;
    refuses(&ours, of_production, engagement(&own));
    let service: Record<Service> = imported(&ours);
    let mut of_production = service.facts.clone();
    of_production.production_id = stock.production;
    refuses(&ours, of_production, service.facts);
}

fn on_programme(stock: &Stock) -> ProductionPlan {
    let mut plan = plan("Rusalka");
    plan.programme = vec![place(stock.work)];
    plan
}

/// Bad facts are neither inserted, nor put in the place of good ones.
fn refuses<S: Subject, F: Facts>(office: &Office<'_, S>, bad: F, good: F)
where
    for<'t> dyn Transaction + 't: Keeps<F>,
{
    let id = Id::new(office.ids().uuid());
    let bad = Record {
        id,
        ..record(1, bad)
    };
    let good = Record {
        id,
        ..record(1, good)
    };
    fails(office, |tx| Keeps::insert(tx, &bad));
    assert_eq!(office.stored::<F>(id), None);
    office.done(|tx| Ok(Keeps::insert(tx, &good)?));
    fails(office, |tx| Keeps::update(tx, &bad));
    assert_eq!(office.stored(id), Some(good));
}
