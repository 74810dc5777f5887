//! Promises about the feed of events.

use org_kernel::StoreError;
use org_kernel::audit::Origin;
use org_kernel::event::{FeedError, FeedPage};
use org_kernel::id::{EventId, OrgId};

use super::Subject;
use super::facts::{event, uuid};
use super::office::Office;
use crate::transaction::End;

/// What is fed is what was stored, byte for byte, the oldest first.
pub fn events_are_fed_as_they_were_stored<S: Subject>(fresh: impl Fn() -> S) {
    let subject = fresh();
    let org = Office::open(&subject, 1).org;
    tell(&subject, org, &[1, 2]);
    subject.dispatch();
    tell(&subject, org, &[3]);
    subject.dispatch();
    assert_eq!(fed(&subject, org, None, 10), page(&[1, 2, 3], false));
}

/// After the last event that was read there are those that were told since, and only they.
pub fn the_feed_goes_on_where_it_was_left<S: Subject>(fresh: impl Fn() -> S) {
    let subject = fresh();
    let org = Office::open(&subject, 1).org;
    assert_eq!(fed(&subject, org, None, 10), page(&[], false));
    tell(&subject, org, &[1, 2]);
    subject.dispatch();
    assert_eq!(fed(&subject, org, Some(2), 10), page(&[], false));
    tell(&subject, org, &[3, 4]);
    subject.dispatch();
    assert_eq!(fed(&subject, org, Some(2), 10), page(&[3, 4], false));
}

/// A page is as long as was asked for, and says whether there is another.
pub fn pages_of_the_feed_neither_repeat_nor_skip<S: Subject>(fresh: impl Fn() -> S) {
    let subject = fresh();
    let org = Office::open(&subject, 1).org;
    tell(&subject, org, &[1, 2, 3, 4]);
    subject.dispatch();
    assert_eq!(fed(&subject, org, None, 1), page(&[1], true));
    assert_eq!(fed(&subject, org, Some(1), 2), page(&[2, 3], true));
    assert_eq!(fed(&subject, org, Some(2), 2), page(&[3, 4], false));
    assert_eq!(fed(&subject, org, Some(3), u32::MAX), page(&[4], false));
}

/// Nobody reads another organization's events, nor learns which there are.
pub fn only_ones_own_events_are_fed<S: Subject>(fresh: impl Fn() -> S) {
    let subject = fresh();
    let (org, other) = (Office::open(&subject, 1).org, Office::open(&subject, 2).org);
    tell(&subject, org, &[1]);
    tell(&subject, other, &[2, 3]);
    subject.dispatch();
    assert_eq!(fed(&subject, org, None, 10), page(&[1], false));
    for number in [2, 99] {
        let refused = ask(&subject, org, Some(number), 10);
        assert!(
            matches!(refused, Err(FeedError::NoSuchEvent)),
            "{refused:?}"
        );
    }
}

/// What was rolled back is never fed.
pub fn the_feed_has_only_what_was_committed<S: Subject>(fresh: impl Fn() -> S) {
    let subject = fresh();
    let org = Office::open(&subject, 1).org;
    write(&subject, org, &[1], End::RollBack);
    tell(&subject, org, &[2]);
    subject.dispatch();
    assert_eq!(fed(&subject, org, None, 10), page(&[2], false));
}

fn tell<S: Subject>(subject: &S, org: OrgId, numbers: &[u64]) {
    write(subject, org, numbers, End::Commit);
}

fn write<S: Subject>(subject: &S, org: OrgId, numbers: &[u64], end: End) {
    let store = subject.transactions();
    let told = store.transact(org, &Origin::OPERATOR, &mut |tx| {
        let mut events = numbers.iter().copied().map(event);
        events.try_for_each(|event| tx.append(event))?;
        Ok::<_, StoreError>(end)
    });
    told.expect("a store that answers");
}

fn ask<S: Subject>(
    subject: &S,
    org: OrgId,
    after: Option<u64>,
    limit: u32,
) -> Result<FeedPage, FeedError> {
    let after = after.map(|number| EventId::new(uuid(number)));
    subject.feed().after(org, after, limit)
}

fn fed<S: Subject>(subject: &S, org: OrgId, after: Option<u64>, limit: u32) -> FeedPage {
    ask(subject, org, after, limit).expect("a feed that answers")
}

fn page(numbers: &[u64], has_more: bool) -> FeedPage {
    let payloads = numbers.iter().map(|number| event(*number).payload);
    FeedPage {
        payloads: payloads.collect(),
        has_more,
    }
}
