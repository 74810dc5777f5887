//! Any number of workers may be at it at once.

use std::collections::BTreeSet;
use std::thread;

use super::DeliveryGround;
use super::scene::{WHATEVER_WAITS, deliveries, dispatch, endpoint, event, of_endpoint, tell};
use crate::contract::scene::minute;
use crate::fan_out::{Batch, BatchSize, FanOutStore, Placed};
use org_kernel::id::OrgId;

/// Whoever has read the feed up to its end misses nothing that is committed later.
pub fn an_event_that_is_committed_late_comes_later(ground: &impl DeliveryGround) {
    let [here, _] = ground.orgs();
    let endpoint = endpoint(ground, here, 1);
    let late = event(2);
    let late_id = late.id;
    let commit = ground.tell_later(here, late);
    let told = [3, 4].map(|number| tell(ground, here, number));
    dispatch(ground, here, 5);
    assert_eq!(ground.feed(here), told, "what is not committed is no event");
    commit();
    let last = tell(ground, here, 6);
    dispatch(ground, here, 7);
    assert_eq!(ground.feed(here), [told[0], told[1], late_id, last]);
    assert_eq!(of_endpoint(ground, endpoint.id).len(), 4);
}

/// One worker does not wait for another; other organizations are not concerned.
pub fn a_worker_passes_by_where_another_one_is(ground: &impl DeliveryGround) {
    let [here, there] = ground.orgs();
    endpoint(ground, here, 1);
    tell(ground, here, 2);
    tell(ground, there, 2);
    let mut others = Vec::new();
    let mut deliver = |batch: &Batch| {
        for org in [here, there] {
            let done = ground
                .fan_out()
                .fan_out(org, WHATEVER_WAITS, &mut |_| Vec::new());
            others.push(done.expect("answered").map(|done| done.events));
        }
        deliveries(batch, minute(3), None)
    };
    let done = ground.fan_out().fan_out(here, WHATEVER_WAITS, &mut deliver);
    let done = done.expect("dispatched").expect("nobody else was at it");
    assert_eq!(others, [None, Some(1)]);
    assert_eq!((done.events, done.deliveries), (1, 1));
}

const THREE: BatchSize = BatchSize {
    events: 3,
    ..WHATEVER_WAITS
};

/// Dispatches in small batches until nothing is left.
fn work(store: &dyn FanOutStore, org: OrgId) {
    while store.backlog().expect("the store answers").contains(&org) {
        let mut deliver = |batch: &Batch| deliveries(batch, minute(9), None);
        store.fan_out(org, THREE, &mut deliver).expect("dispatched");
        thread::yield_now();
    }
}

/// Each event is dispatched by one of them.
pub fn of_two_workers_at_once_neither_repeats_the_other(ground: &impl DeliveryGround) {
    let [here, _] = ground.orgs();
    let endpoint = endpoint(ground, here, 1);
    let told: Vec<_> = (0..20).map(|number| tell(ground, here, number)).collect();
    let store = ground.fan_out();
    thread::scope(|threads| {
        threads.spawn(|| work(store, here));
        work(store, here);
    });
    let delivered = of_endpoint(ground, endpoint.id);
    let distinct: BTreeSet<_> = delivered.iter().map(|delivery| delivery.message).collect();
    assert_eq!((delivered.len(), distinct.len()), (20, 20));
    assert_eq!(ground.feed(here), told);
}

/// Events that nobody hears of get their positions together; whoever has one that is heard of keeps all of
/// theirs for their own turn, in the order of the events.
pub fn events_that_nobody_hears_of_are_placed_together(ground: &impl DeliveryGround) {
    let [here, there] = ground.orgs();
    let place = |most| {
        let placed = ground.fan_out().place_unheard(&[here, there], most);
        placed.expect("the store answers")
    };
    assert_eq!(place(2), Placed::default());
    let told: Vec<_> = (1..=3).map(|number| tell(ground, here, number)).collect();
    tell(ground, there, 1);
    endpoint(ground, there, 2);
    tell(ground, there, 3);
    let heard = vec![there];
    for (most, events) in [(2, 2), (2, 1), (2, 0)] {
        let heard = heard.clone();
        assert_eq!(place(most), Placed { events, heard });
    }
    assert_eq!(ground.feed(here), told);
    assert_eq!(ground.feed(there), []);
    let last = tell(ground, here, 4);
    assert_eq!(place(1).events, 2, "one of each: {here} and {there}");
    assert_eq!(ground.feed(here), [&told[..], &[last]].concat());
}

/// While one worker is at an organization's events, another one gives them no positions.
pub fn nothing_is_placed_where_another_worker_is(ground: &impl DeliveryGround) {
    let [here, there] = ground.orgs();
    tell(ground, here, 1);
    tell(ground, there, 1);
    let mut placed = None;
    let mut deliver = |_: &Batch| {
        placed = Some(ground.fan_out().place_unheard(&[here, there], 10));
        Vec::new()
    };
    let done = ground.fan_out().fan_out(here, WHATEVER_WAITS, &mut deliver);
    assert_eq!(
        done.expect("dispatched").expect("nobody was at it").events,
        1
    );
    let placed = placed.expect("called").expect("the store answers");
    let expected = Placed {
        events: 1,
        heard: Vec::new(),
    };
    assert_eq!(placed, expected, "that of {there}");
    assert_eq!(ground.feed(here).len(), 1);
}

/// The backlog names each organization that has something waiting, and no other.
pub fn the_backlog_names_whose_events_wait(ground: &impl DeliveryGround) {
    let [here, there] = ground.orgs();
    let backlog = || {
        let mut orgs = ground.fan_out().backlog().expect("the store answers");
        orgs.sort_unstable();
        orgs
    };
    assert_eq!(backlog(), []);
    tell(ground, here, 1);
    tell(ground, here, 2);
    tell(ground, there, 3);
    assert_eq!(backlog(), [here, there]);
    dispatch(ground, here, 4);
    assert_eq!(backlog(), [there]);
    dispatch(ground, there, 5);
    assert_eq!(backlog(), []);
}
