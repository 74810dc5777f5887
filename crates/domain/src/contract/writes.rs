//! Promises about writes: all of a transaction is kept, or nothing, and only of one organization.

mod foreign;
mod records;

use org_kernel::StoreError;
use org_kernel::audit::Origin;
use org_kernel::id::{Id, OrgId};
use serde_json::json;

use super::Subject;
use super::facts::uuid;
use super::office::Office;
use super::samples::{contact, line, plan, request};
use crate::checklist::Checklists;
use crate::contacts::Contacts;
use crate::productions::{ProductionPlan, Productions};
use crate::record::Record;
use crate::requests::MemberRequests;
use crate::transaction::{End, NoSuchObject, Transaction};

pub use foreign::*;
pub use records::*;

/// When a use case refuses, nothing of its transaction is kept: no record, no event, no entry.
pub fn a_refused_write_leaves_nothing<S: Subject>(fresh: impl Fn() -> S) {
    let subject = fresh();
    let office = Office::open(&subject, 1);
    let requests = MemberRequests::new(office.clock(), office.ids());
    let mut made = None;
    let outcome = office.in_silence(|| {
        office.write(|tx| {
            made = Some(create(&office, tx)?);
            requests.submit(tx, &request(Id::nobody()))
        })
    });
    assert_eq!(outcome, Err(NoSuchObject));
    let made = made.expect("a production");
    assert_eq!(office.stored::<ProductionPlan>(made.id), None);
}

/// A transaction can be rolled back although nothing failed; until then, it sees what it wrote.
pub fn a_write_that_is_rolled_back_leaves_nothing<S: Subject>(fresh: impl Fn() -> S) {
    let subject = fresh();
    let office = Office::open(&subject, 1);
    let (mut made, mut seen) = (None, None);
    let outcome = office.in_silence(|| {
        subject
            .transactions()
            .transact(office.org, &Origin::OPERATOR, &mut |tx| {
                let plan = create(&office, tx)?;
                seen = tx.get(plan.id)?;
                made = Some(plan);
                Ok(End::RollBack)
            })
    });
    outcome.expect("a transaction that ran to its end");
    assert!(seen.is_some() && seen == made, "{seen:?}");
    let made = made.expect("a production");
    assert_eq!(office.stored::<ProductionPlan>(made.id), None);
}

/// When the work fails, the failure comes out, and nothing is kept.
pub fn a_write_that_fails_leaves_nothing<S: Subject>(fresh: impl Fn() -> S) {
    let subject = fresh();
    let office = Office::open(&subject, 1);
    let mut made = None;
    let outcome = office.in_silence(|| {
        subject
            .transactions()
            .transact(office.org, &Origin::OPERATOR, &mut |tx| {
                made = Some(create(&office, tx)?);
                Err(StoreError::failed("as a test wants it"))
            })
    });
    let cause = outcome.expect_err("the failure comes out");
    assert!(matches!(cause, StoreError::Failed(_)), "{cause:?}");
    let made = made.expect("a production");
    assert_eq!(office.stored::<ProductionPlan>(made.id), None);
}

/// What several use cases write in one transaction is kept together, and told in its order.
pub fn writes_of_one_transaction_are_kept_together<S: Subject>(fresh: impl Fn() -> S) {
    let subject = fresh();
    let office = Office::open(&subject, 1);
    let checklists = Checklists::new(office.clock(), office.ids());
    let contacts = Contacts::new(office.clock(), office.ids());
    let ((plan, item, contact), news) = office.news(|| {
        office.done(|tx| {
            let plan = create(&office, tx)?;
            let item = checklists.append(tx, plan.id, &line("Noty"))?;
            let item = checklists.mark(tx, plan.id, item.id, true)?;
            let contact = contact(json!({ "name": "Ida", "type": "AGENT" }));
            Ok((plan, item, contacts.create(tx, &contact)?))
        })
    });
    assert_eq!(office.stored(plan.id), Some(plan));
    assert_eq!(office.stored(item.id), Some(item));
    assert_eq!(office.stored(contact.id), Some(contact));
    assert_eq!(
        news.types(),
        ["production.created", "checklist_item.completed"]
    );
    let actions = [
        "production.created",
        "checklist_item.created",
        "checklist_item.completed",
        "contact.created",
    ];
    assert_eq!(news.actions(), actions);
}

/// Nothing is written for an organization that is not there.
pub fn a_write_needs_an_organization<S: Subject>(fresh: impl Fn() -> S) {
    let subject = fresh();
    let office = Office::open(&subject, 1);
    let nobody = OrgId::new(uuid(99));
    let outcome = subject
        .transactions()
        .transact(nobody, &Origin::OPERATOR, &mut |tx| {
            create(&office, tx)?;
            Ok(End::Commit)
        });
    outcome.expect_err("no such organization");
    assert_eq!(subject.payloads(nobody), [""; 0]);
}

fn create<S: Subject>(
    office: &Office<'_, S>,
    tx: &mut dyn Transaction,
) -> Result<Record<ProductionPlan>, StoreError> {
    let productions = Productions::new(office.clock(), office.ids());
    productions.create(tx, &plan("Rusalka"))
}
