//! Between counting and storing.

use std::thread;

use super::*;
use crate::testing::{HookedStore, key_id, now, org, store, stored_key};

fn stored(store: &dyn UsageStore) -> Vec<Tally> {
    let days = store.of(org(1), Date::MIN).expect("the store answers");
    days.into_iter().map(|day| day.tally).collect()
}

#[test]
fn every_request_counts_as_what_it_was_and_what_became_of_it() {
    let (usage, store) = (Usage::default(), store());
    stored_key(&store, 1);
    for (class, outcome) in [
        (Class::Read, Outcome::Done),
        (Class::Read, Outcome::Refused),
        (Class::Read, Outcome::Limited),
        (Class::Write, Outcome::Failed),
        (Class::Write, Outcome::Limited),
    ] {
        usage.note(key_id(1), now(), class, outcome);
    }
    assert_eq!(usage.flush(&store).expect("stored"), 1);
    assert_eq!(usage.flush(&store).expect("nothing to store"), 0);
    let expected = Tally {
        reads: 3,
        writes: 2,
        refused: 1,
        failed: 1,
        limited: 2,
    };
    assert_eq!(stored(&store), [expected]);
}

#[test]
fn a_day_ends_at_midnight_in_utc() {
    let (usage, store) = (Usage::default(), store());
    stored_key(&store, 1);
    for at in ["2026-03-14T23:59:59.999Z", "2026-03-15T00:30:00+01:00"] {
        let at = at.parse().expect("an instant");
        usage.note(key_id(1), at, Class::Read, Outcome::Done);
    }
    let next = "2026-03-15T00:00:00Z".parse().expect("an instant");
    usage.note(key_id(1), next, Class::Read, Outcome::Done);
    assert_eq!(usage.flush(&store).expect("stored"), 2);
    let reads: Vec<_> = stored(&store).iter().map(|tally| tally.reads).collect();
    assert_eq!(reads, [2, 1]);
}

#[test]
fn what_could_not_be_stored_is_added_the_next_time() {
    let (usage, store) = (Usage::default(), HookedStore::new(store()));
    stored_key(&store, 1);
    let count = || usage.note(key_id(1), now(), Class::Read, Outcome::Done);
    count();
    store.fail(true);
    assert!(usage.flush(&store).is_err());
    count();
    store.fail(false);
    assert_eq!(usage.flush(&store).expect("stored"), 1);
    assert_eq!(
        stored(&store),
        [Tally {
            reads: 2,
            ..Tally::default()
        }]
    );
}

#[test]
fn no_request_is_lost_between_two_batches() {
    let (usage, store) = (Usage::default(), store());
    stored_key(&store, 1);
    thread::scope(|scope| {
        let noting = scope.spawn(|| {
            for _ in 0..20_000 {
                usage.note(key_id(1), now(), Class::Read, Outcome::Done);
            }
        });
        while !noting.is_finished() {
            usage.flush(&store).expect("stored");
        }
        noting.join().expect("no panic");
    });
    usage.flush(&store).expect("stored");
    assert_eq!(stored(&store)[0].reads, 20_000);
}
