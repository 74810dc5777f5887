//! Promises about engagements.

use org_kernel::id::{EngagementId, Id};
use serde_json::json;

use super::Subject;
use super::facts::uuid;
use super::office::Office;
use super::samples::{Stock, engagement};
use crate::engagements::{Engagement, EngagementStatus, Engagements, NotMoved};
use crate::record::Record;
use crate::transaction::NoSuchObject;

/// An engagement needs a production and a contact of its own organization. The trail tells of it, and
/// no event does: there is none for a new one.
pub fn an_engagement_needs_a_production_and_a_contact<S: Subject>(fresh: impl Fn() -> S) {
    let subject = fresh();
    let (ours, theirs) = (Office::open(&subject, 1), Office::open(&subject, 2));
    let (own, foreign) = (Stock::of(&ours), Stock::of(&theirs));
    for contact in [foreign.contact, Id::nobody()] {
        let mut engagement = engagement(&own);
        engagement.contact_id = contact;
        let refusal = ours.in_silence(|| propose(&ours, &engagement));
        assert_eq!(refusal, Err(NoSuchObject));
    }
    for production in [foreign.production, Id::nobody()] {
        let mut engagement = engagement(&own);
        engagement.production_id = production;
        let refusal = ours.in_silence(|| propose(&ours, &engagement));
        assert_eq!(refusal, Err(NoSuchObject));
    }
    let (made, news) = ours.news(|| propose(&ours, &engagement(&own)));
    let made = made.expect("an engagement");
    assert_eq!(news.types(), [""; 0]);
    let role = &news.noted("engagement.created")["role"];
    assert_eq!(*role, json!({ "old": null, "new": "Soloist (violin)" }));
    assert_eq!(ours.stored(made.id), Some(made));
}

/// An engagement's status is told of when it changes; what is out of order, or another
/// organization's, stays as it is.
pub fn an_engagements_status_is_told_of_when_it_changes<S: Subject>(fresh: impl Fn() -> S) {
    use EngagementStatus::{Completed, Confirmed, Offered, Proposed};
    let subject = fresh();
    let (ours, theirs) = (Office::open(&subject, 1), Office::open(&subject, 2));
    let stock = Stock::of(&ours);
    let made = propose(&ours, &engagement(&stock)).expect("an engagement");
    for (office, id) in [(&theirs, made.id), (&ours, Id::new(uuid(99)))] {
        let refusal = office.in_silence(|| move_to(office, id, Offered));
        assert_eq!(refusal, Err(NotMoved::NoSuchEngagement));
    }
    let refusal = ours.in_silence(|| move_to(&ours, made.id, Completed));
    let (from, to) = (Proposed, Completed);
    assert_eq!(refusal, Err(NotMoved::OutOfOrder { from, to }));
    assert_eq!(
        ours.in_silence(|| move_to(&ours, made.id, Proposed)),
        Ok(made.clone())
    );
    let (after, news) = ours.news(|| move_to(&ours, made.id, Confirmed));
    let (data, changes) = news.told("engagement.updated");
    assert_eq!(data["status"], "CONFIRMED");
    assert_eq!(
        *changes,
        json!({ "status": { "old": "PROPOSED", "new": "CONFIRMED" } })
    );
    assert_eq!(ours.stored(made.id).as_ref(), after.as_ref().ok());
}

fn propose<S: Subject>(
    office: &Office<'_, S>,
    engagement: &Engagement,
) -> Result<Record<Engagement>, NoSuchObject> {
    let engagements = Engagements::new(office.clock(), office.ids());
    office.write(|tx| engagements.propose(tx, engagement))
}

fn move_to<S: Subject>(
    office: &Office<'_, S>,
    id: EngagementId,
    status: EngagementStatus,
) -> Result<Record<Engagement>, NotMoved> {
    let engagements = Engagements::new(office.clock(), office.ids());
    office.write(|tx| engagements.move_to(tx, id, status))
}
