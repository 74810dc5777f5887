//! Promises about parts of the trail: by who, what, on what and when, from either end.

use org_kernel::actor::Actor;
use org_kernel::audit::{Action, Entry, EntryQuery, Order, Origin};
use org_kernel::id::{ContactId, Id, OrgId};
use time::Duration;

use super::super::Subject;
use super::super::facts::uuid;
use super::super::office::Office;
use super::{all, change, ids, note, read};

/// Each filter by itself, and each with each other, finds what the rule says, in both orders.
pub fn entries_are_found_by_what_they_say<S: Subject>(fresh: impl Fn() -> S) {
    let subject = fresh();
    let org = Office::open(&subject, 1).org;
    let entries = note_by_many(&subject, org);
    for first in filters(org) {
        assert_ne!(first.find(&entries), [], "{first:?}");
        for second in filters(org) {
            for order in [Order::OldestFirst, Order::NewestFirst] {
                let query = EntryQuery {
                    actor: first.actor.or(second.actor),
                    action: first.action.clone().or(second.action.clone()),
                    subject: first.subject.clone().or(second.subject.clone()),
                    since: first.since.or(second.since),
                    until: first.until.or(second.until),
                    order,
                    ..all(org)
                };
                let found = read(&subject, &query);
                assert_eq!(found, query.find(&entries), "{query:?}");
            }
        }
    }
}

/// Whoever reads from the newest end sees each entry once too, in pages of any size.
pub fn the_newest_entries_come_first_when_asked_for<S: Subject>(fresh: impl Fn() -> S) {
    let subject = fresh();
    let org = Office::open(&subject, 1).org;
    let mut expected = ids(&note_by_many(&subject, org));
    expected.reverse();
    for limit in [1, 2, 4, 100] {
        let (mut found, mut after) = (Vec::new(), None);
        loop {
            let page = read(
                &subject,
                &EntryQuery {
                    order: Order::NewestFirst,
                    after,
                    limit,
                    ..all(org)
                },
            );
            let Some(last) = page.last() else { break };
            after = Some((last.at, last.id));
            found.extend(ids(&page));
        }
        assert_eq!(found, expected, "pages of {limit}");
    }
}

/// One of every filter, each of which finds some entries.
fn filters(org: OrgId) -> Vec<EntryQuery> {
    let second = |later| change(1, Duration::seconds(later), "x.y").at;
    let with = |set: &dyn Fn(&mut EntryQuery)| {
        let mut query = all(org);
        set(&mut query);
        query
    };
    vec![
        all(org),
        with(&|query| query.actor = Some(Actor::Key(Id::new(uuid(71))))),
        with(&|query| query.actor = Some(Actor::User(Id::new(uuid(71))))),
        with(&|query| query.actor = Some(Actor::Operator)),
        with(&|query| query.actor = Some(Actor::Server)),
        with(&|query| query.action = Some(Action::One("contact.created".to_owned()))),
        with(&|query| query.action = Some(Action::One("request.refused".to_owned()))),
        with(&|query| query.action = Some(Action::AnyOn("contact".to_owned()))),
        with(&|query| query.subject = Some(ContactId::new(uuid(103)).into())),
        with(&|query| query.since = Some(second(2))),
        with(&|query| query.until = Some(second(3))),
    ]
}

/// Every author does each of four things, some at one time; answers the whole trail in order.
fn note_by_many<S: Subject>(subject: &S, org: OrgId) -> Vec<Entry> {
    let mut expected = read(subject, &all(org));
    let authors = [
        Actor::Key(Id::new(uuid(71))),
        Actor::Key(Id::new(uuid(72))),
        Actor::User(Id::new(uuid(71))),
        Actor::Operator,
        Actor::Server,
    ];
    let actions = [
        "contact.created",
        "contact.replaced",
        "contact_list.created",
        "request.refused",
    ];
    let mut numbers = 1_u64..;
    for actor in authors {
        let origin = Origin {
            actor,
            request: None,
        };
        let changes: Vec<_> = actions
            .into_iter()
            .zip(&mut numbers)
            .map(|(action, number)| {
                change(
                    number,
                    Duration::seconds((number / 5).cast_signed()),
                    action,
                )
            })
            .collect();
        note(subject, org, &origin, &changes);
        let entries = changes.into_iter();
        expected.extend(entries.map(|change| Entry::of(change, &origin)));
    }
    expected.sort_by_key(|entry| (entry.at, entry.id));
    expected
}
