//! Promises about the audit trail.

mod filters;

use std::net::IpAddr;

use org_kernel::actor::Actor;
use org_kernel::audit::{Change, Entry, EntryQuery, Origin, Request};
use org_kernel::id::{ContactId, Id, OrgId};
use org_kernel::instant::Instant;
use serde_json::json;
use time::Duration;
use uuid::Uuid;

pub use filters::*;

use super::Subject;
use super::facts::uuid;
use super::office::Office;
use crate::transaction::End;

/// What most entries here tell of.
const CREATED: &str = "contact.created";

/// An entry comes back as it was noted, whoever it was and by whatever request.
pub fn an_entry_is_read_as_it_was_noted<S: Subject>(fresh: impl Fn() -> S) {
    let subject = fresh();
    let org = Office::open(&subject, 1).org;
    let mut expected = read(&subject, &all(org));
    for (number, origin) in (1..).zip(origins()) {
        let change = change(number, Duration::seconds(number.cast_signed()), CREATED)
            .with("file", "Ä\u{1f3bb}.ndjson")
            .with(
                "changes",
                json!({ "tags": { "old": null, "new": ["é", 1, { "a": [] }] } }),
            )
            .with("rows", i64::MAX);
        expected.push(Entry::of(change.clone(), &origin));
        note(&subject, org, &origin, &[change]);
    }
    assert_eq!(read(&subject, &all(org)), expected);
}

/// Nobody reads what belongs to another organization, and what belongs to one is not nobody's.
pub fn only_ones_own_entries_are_read<S: Subject>(fresh: impl Fn() -> S) {
    let subject = fresh();
    let [ours, theirs] = [1, 2].map(|number| Office::open(&subject, number).org);
    let before = read(&subject, &all(theirs));
    note_many(&subject, ours);
    assert_eq!(read(&subject, &all(theirs)), before);
    assert_eq!(read(&subject, &all(OrgId::nobody())), []);
    assert_eq!(
        read(
            &subject,
            &EntryQuery {
                org: None,
                ..all(ours)
            }
        ),
        []
    );
}

/// Entries come by their time, then by their id, in whatever order they were noted.
pub fn entries_come_in_order<S: Subject>(fresh: impl Fn() -> S) {
    let subject = fresh();
    let org = Office::open(&subject, 1).org;
    let numbers = ids(&note_many(&subject, org));
    assert_eq!(ids(&read(&subject, &all(org))), numbers);
}

/// A reader that asks for what comes after the last entry it has sees each once, in pages of any
/// size, although several are of one time.
pub fn pages_of_the_trail_neither_repeat_nor_skip<S: Subject>(fresh: impl Fn() -> S) {
    let subject = fresh();
    let org = Office::open(&subject, 1).org;
    let expected = note_many(&subject, org);
    for limit in [1, 2, 3, 5, 100] {
        let (mut found, mut after) = (Vec::new(), None);
        loop {
            let page = read(
                &subject,
                &EntryQuery {
                    after,
                    limit,
                    ..all(org)
                },
            );
            assert!(page.len() <= limit as usize);
            let Some(last) = page.last() else { break };
            after = Some((last.at, last.id));
            found.extend(page);
        }
        assert_eq!(ids(&found), ids(&expected), "pages of {limit}");
    }
}

/// Entries are read from a time on, which counts, and pages within them.
pub fn entries_are_read_since_a_time<S: Subject>(fresh: impl Fn() -> S) {
    let subject = fresh();
    let org = Office::open(&subject, 1).org;
    let expected = note_many(&subject, org);
    let since = |at: Instant| {
        let query = EntryQuery {
            since: Some(at),
            ..all(org)
        };
        ids(&read(&subject, &query))
    };
    for place in 0..expected.len() {
        let at = expected[place].at;
        let first = expected
            .iter()
            .position(|entry| entry.at == at)
            .expect("a place");
        assert_eq!(since(at), ids(&expected[first..]));
        let later = at.saturating_add(Duration::MILLISECOND);
        let rest = expected.iter().filter(|entry| entry.at > at);
        assert_eq!(since(later), rest.map(|entry| entry.id).collect::<Vec<_>>());
    }
    let after = Some((expected[0].at, expected[0].id));
    let (since, limit) = (Some(expected[3].at), 2);
    let page = read(
        &subject,
        &EntryQuery {
            since,
            after,
            limit,
            ..all(org)
        },
    );
    let first = expected
        .iter()
        .position(|entry| Some(entry.at) == since)
        .expect("a place");
    assert_eq!(ids(&page), ids(&expected[first..first + 2]));
}

fn origins() -> Vec<Origin> {
    let request = |address: &str, status| Request {
        id: "req-1._".to_owned(),
        address: address.parse::<IpAddr>().expect("an address"),
        method: "PATCH".to_owned(),
        route: "/api/org/v1/{slug}/contacts/{id}".to_owned(),
        status,
    };
    vec![
        Origin {
            actor: Actor::Key(Id::new(uuid(71))),
            request: Some(request("192.0.2.1", 201)),
        },
        Origin {
            actor: Actor::User(Id::new(uuid(72))),
            request: Some(request("2001:db8::ff00:42:8329", 599)),
        },
        Origin {
            actor: Actor::Key(Id::new(uuid(73))),
            request: None,
        },
        Origin::OPERATOR,
    ]
}

/// Notes seven entries of three times, not in order; answers the whole trail in order.
fn note_many<S: Subject>(subject: &S, org: OrgId) -> Vec<Entry> {
    let mut expected = read(subject, &all(org));
    let places = [(5, 2), (2, 1), (7, 0), (1, 1), (6, 2), (3, 1), (4, 0)];
    let changes = places.map(|(number, second)| change(number, Duration::seconds(second), CREATED));
    let (first, second) = changes.split_at(3);
    note(subject, org, &Origin::OPERATOR, first);
    note(subject, org, &Origin::OPERATOR, second);
    let entries = changes.map(|change| Entry::of(change, &Origin::OPERATOR));
    expected.extend(entries);
    expected.sort_by_key(|entry| (entry.at, entry.id));
    expected
}

fn change(number: u64, later: Duration, action: &'static str) -> Change {
    let at: Instant = "2026-01-01T00:00:00.123Z".parse().expect("an instant");
    let contact = ContactId::new(uuid(100 + number));
    Change::new(uuid(number), at.saturating_add(later), action, contact)
}

fn note<S: Subject>(subject: &S, org: OrgId, origin: &Origin, changes: &[Change]) {
    let outcome = subject.transactions().transact(org, origin, &mut |tx| {
        for change in changes {
            tx.note(change.clone())?;
        }
        Ok(End::Commit)
    });
    outcome.expect("a store that answers");
}

fn all(org: OrgId) -> EntryQuery {
    EntryQuery {
        org: Some(org),
        limit: 100,
        ..EntryQuery::default()
    }
}

fn read<S: Subject>(subject: &S, query: &EntryQuery) -> Vec<Entry> {
    let entries = subject.trail().entries(query);
    entries.expect("a store that answers")
}

fn ids(entries: &[Entry]) -> Vec<Uuid> {
    entries.iter().map(|entry| entry.id).collect()
}
