//! Between noting and storing.

use std::thread;

use org_kernel::audit::{AuditTrail, EntryQuery, Request};
use uuid::Uuid;

use super::queue::{CAPACITY, SHARE};
use super::*;
use crate::testing::{HookedStore, key_id, now, org, store};
use crate::verifier::Holder;

fn refused(number: u128) -> RefusedRequest {
    refused_to(None, number)
}

fn refused_to(holder: Option<Holder>, number: u128) -> RefusedRequest {
    let request = Request {
        id: number.to_string(),
        address: "192.0.2.7".parse().expect("an address"),
        method: "GET".to_owned(),
        route: "/".to_owned(),
        status: 401,
    };
    let place = (Uuid::from_u128(number), now());
    RefusedRequest::new(place, holder, "API_KEY_INVALID", None, request)
}

fn stored(trail: &dyn AuditTrail) -> Vec<u128> {
    let query = EntryQuery {
        limit: 100_000,
        ..EntryQuery::default()
    };
    let entries = trail.entries(&query).expect("the trail");
    entries.iter().map(|entry| entry.id.as_u128()).collect()
}

#[test]
fn what_was_noted_is_stored_once() {
    let (refusals, store) = (Refusals::default(), store());
    for number in [1, 2] {
        refusals.note(refused(number));
    }
    assert_eq!(refusals.flush(&store).expect("stored"), 2);
    assert_eq!(refusals.flush(&store).expect("nothing to store"), 0);
    assert_eq!(stored(&store), [1, 2]);
}

#[test]
fn what_could_not_be_stored_waits_for_the_next_time() {
    let (refusals, store) = (Refusals::default(), HookedStore::new(store()));
    let all: Vec<_> = (1..=BATCH as u128 + 1).collect();
    for number in &all {
        refusals.note(refused(*number));
    }
    store.fail(true);
    assert!(refusals.flush(&store).is_err());
    store.fail(false);
    assert_eq!(refusals.flush(&store).expect("stored"), all.len());
    assert_eq!(stored(store.inner()), all);
    assert_eq!(refusals.take_lost(), 0);
}

#[test]
fn what_finds_no_room_is_counted_once() {
    let (refusals, store) = (Refusals::default(), store());
    for number in 0..CAPACITY as u128 + 3 {
        refusals.note(refused(number));
    }
    assert_eq!((refusals.take_lost(), refusals.take_lost()), (3, 0));
    assert_eq!(refusals.flush(&store).expect("stored"), CAPACITY);
    refusals.note(refused(u128::MAX));
    assert_eq!(refusals.take_lost(), 0, "there is room again");
}

#[test]
fn none_is_lost_between_two_batches() {
    let (refusals, store) = (Refusals::default(), store());
    let flushed: usize = thread::scope(|scope| {
        let noting = scope.spawn(|| {
            for number in 0..5_000 {
                refusals.note(refused(number));
            }
        });
        let mut flushed = 0;
        while !noting.is_finished() {
            flushed += refusals.flush(&store).expect("stored");
        }
        noting.join().expect("no panic");
        flushed + refusals.flush(&store).expect("stored")
    });
    assert_eq!(flushed, 5_000);
}

/// Whoever is always refused one request more while some are being stored.
struct Insistent<'a>(&'a Refusals);

impl RefusalLog for Insistent<'_> {
    fn append(&self, batch: &[RefusedRequest]) -> Result<(), StoreError> {
        if batch[0].entry().id == Uuid::from_u128(2) {
            return Err(StoreError::failed("it goes on and on"));
        }
        self.0.note(refused(2));
        Ok(())
    }

    fn forget_before(&self, _: Instant, _: u32) -> Result<u32, StoreError> {
        Ok(0)
    }
}

#[test]
fn what_is_noted_while_others_are_stored_waits_for_the_next_time() {
    let refusals = Refusals::default();
    refusals.note(refused(1));
    let stored = refusals.flush(&Insistent(&refusals));
    assert_eq!(stored.expect("it comes to an end"), 1);
    assert_eq!(refusals.flush(&store()).expect("stored"), 1);
}

#[test]
fn a_key_that_is_always_refused_leaves_room_for_the_others() {
    let (refusals, store) = (Refusals::default(), HookedStore::new(store()));
    let bears = |key| {
        Some(Holder {
            org: org(1),
            key: key_id(key),
        })
    };
    let insist = |first: u128| {
        for number in (first..).take(SHARE + 3) {
            refusals.note(refused_to(bears(1), number));
        }
    };
    insist(0);
    assert_eq!(refusals.take_lost(), 3, "beyond its share");
    refusals.note(refused_to(bears(2), u128::MAX));
    refusals.note(refused(u128::MAX - 1));
    assert_eq!(refusals.take_lost(), 0, "others have theirs");
    store.fail(true);
    assert!(refusals.flush(&store).is_err());
    refusals.note(refused_to(bears(1), SHARE as u128 + 3));
    assert_eq!(refusals.take_lost(), 1, "what is not stored counts still");
    store.fail(false);
    assert_eq!(refusals.flush(&store).expect("stored"), SHARE + 2);
    insist(2 * SHARE as u128);
    assert_eq!(refusals.take_lost(), 3, "there is room again, as much");
}
