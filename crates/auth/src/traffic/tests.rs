//! Between counting and storing.

use std::thread;
use std::time::Duration;

use super::*;
use crate::testing::{HookedStore, now, org, store};

const MOMENT: Duration = Duration::from_millis(3);

fn stored(store: &dyn TrafficStore) -> Vec<Traffic> {
    let first = Hour::of(now());
    let hours = store.traffic(org(1), first).expect("the store answers");
    hours.into_iter().map(|(_, traffic)| traffic).collect()
}

#[test]
fn every_request_counts_as_what_became_of_it() {
    let (notes, store) = (TrafficNotes::default(), store());
    for outcome in [
        Outcome::Done,
        Outcome::Refused,
        Outcome::Failed,
        Outcome::Limited,
    ] {
        notes.note(org(1), now(), outcome, MOMENT);
    }
    assert_eq!(notes.flush(&store).expect("stored"), 1);
    assert_eq!(notes.flush(&store).expect("nothing to store"), 0);
    let [all] = stored(&store)[..] else {
        panic!("one hour")
    };
    assert_eq!(all.requests(), 4);
    assert_eq!((all.refused, all.failed, all.limited), (1, 1, 1));
    assert_eq!(
        all.took.percentile(100),
        Histogram::of(MOMENT).percentile(50)
    );
}

#[test]
fn each_organization_and_hour_is_counted_by_itself() {
    let (notes, store) = (TrafficNotes::default(), store());
    let later = now().saturating_add(time::Duration::HOUR);
    for (number, at) in [(1, now()), (1, later), (2, later)] {
        notes.note(org(number), at, Outcome::Done, MOMENT);
    }
    assert_eq!(notes.flush(&store).expect("stored"), 3);
    assert_eq!(stored(&store), [Traffic::of(Outcome::Done, MOMENT); 2]);
}

#[test]
fn what_could_not_be_stored_is_added_the_next_time() {
    let (notes, store) = (TrafficNotes::default(), HookedStore::new(store()));
    let count = || notes.note(org(1), now(), Outcome::Done, MOMENT);
    count();
    store.fail(true);
    assert!(notes.flush(&store).is_err());
    count();
    store.fail(false);
    assert_eq!(notes.flush(&store).expect("stored"), 1);
    assert_eq!(stored(&store)[0].requests(), 2);
}

#[test]
fn no_request_is_lost_between_two_batches() {
    let (notes, store) = (TrafficNotes::default(), store());
    thread::scope(|scope| {
        let noting = scope.spawn(|| {
            for _ in 0..20_000 {
                notes.note(org(1), now(), Outcome::Done, MOMENT);
            }
        });
        while !noting.is_finished() {
            notes.flush(&store).expect("stored");
        }
        noting.join().expect("no panic");
    });
    notes.flush(&store).expect("stored");
    assert_eq!(stored(&store)[0].requests(), 20_000);
}
