//! Whoever was to hear of an event does, once.

use org_kernel::event::Event;

use super::DeliveryGround;
use super::scene::{
    WHATEVER_WAITS, answer, delivered_to, deliveries, detail, dispatch, endpoint, event, headers,
    of_endpoint, tell,
};
use crate::contract::scene::{entry, find, minute, rotation, secrets};
use crate::delivery::{Delivery, DeliveryStatus, Headers};
use crate::endpoint::Endpoint;
use crate::fan_out::{Batch, BatchSize, FannedOut};

fn disable(ground: &impl DeliveryGround, endpoint: &Endpoint) {
    let disabled = Endpoint {
        enabled: false,
        ..endpoint.clone()
    };
    let told = entry("webhook_endpoint.disabled", endpoint.id, 1);
    let edited = ground.store().edit(endpoint.id.into(), &mut |_| {
        Ok(Some((disabled.clone(), told.clone())))
    });
    edited.expect("disabled");
}

/// What is made of an event is stored as it was made; asked again, there is nothing left to do.
pub fn an_event_is_delivered_once_to_each_endpoint_that_heard_of_it(ground: &impl DeliveryGround) {
    let [here, there] = ground.orgs();
    let endpoints = [endpoint(ground, here, 1), endpoint(ground, here, 2)];
    let foreign = endpoint(ground, there, 1);
    let told = event(3);
    let (id, payload) = (told.id, told.payload.clone());
    ground.tell(here, told);
    let done = FannedOut {
        events: 1,
        deliveries: 2,
    };
    assert_eq!(dispatch(ground, here, 4), done);
    assert_eq!(dispatch(ground, here, 5), FannedOut::default());
    for endpoint in endpoints {
        let [delivery] = of_endpoint(ground, endpoint.id)
            .try_into()
            .expect("one delivery");
        let expected = Delivery {
            id: delivery.id,
            org: here,
            endpoint: endpoint.id,
            message: id,
            event_type: "a.made".to_owned(),
            status: DeliveryStatus::Pending,
            attempts: 0,
            failures: 0,
            due_at: Some(minute(4)),
            delivered_at: None,
            created_at: minute(4),
            updated_at: minute(4),
        };
        assert_eq!(delivery, expected);
        let detail = detail(ground, delivery.id);
        assert_eq!(detail.delivery, expected);
        assert_eq!(detail.payload, payload);
        assert_eq!(detail.headers, headers("first"));
        assert_eq!(detail.attempts, []);
    }
    assert_eq!(of_endpoint(ground, foreign.id), []);
}

/// It counts what endpoints were when the event was told, and not what they have become.
pub fn who_hears_of_an_event_is_decided_when_it_is_told(ground: &impl DeliveryGround) {
    let [here, _] = ground.orgs();
    let (heard, deaf) = (endpoint(ground, here, 1), endpoint(ground, here, 2));
    disable(ground, &deaf);
    tell(ground, here, 3);
    disable(ground, &heard);
    let late = endpoint(ground, here, 4);
    let other = Event {
        kind: "b.made",
        ..event(5)
    };
    ground.tell(here, other);
    let done = dispatch(ground, here, 6);
    assert_eq!((done.events, done.deliveries), (2, 1));
    assert_eq!(of_endpoint(ground, heard.id).len(), 1);
    assert_eq!(of_endpoint(ground, deaf.id), []);
    assert_eq!(of_endpoint(ground, late.id), []);
}

/// It hears of nothing any more, and keeps nobody else from hearing.
pub fn an_endpoint_that_was_deleted_is_passed_over(ground: &impl DeliveryGround) {
    let [here, _] = ground.orgs();
    let (gone, left) = (endpoint(ground, here, 1), endpoint(ground, here, 2));
    tell(ground, here, 3);
    let told = entry("webhook_endpoint.deleted", gone.id, 4);
    let deleted = ground
        .store()
        .delete(gone.id.into(), &mut |_| Ok(told.clone()));
    deleted.expect("deleted");
    let done = dispatch(ground, here, 5);
    assert_eq!((done.events, done.deliveries), (1, 1));
    assert_eq!(of_endpoint(ground, gone.id), []);
    assert_eq!(of_endpoint(ground, left.id).len(), 1);
}

/// Nobody may lack an event of the feed because there was nobody to deliver it to.
pub fn an_event_that_nobody_hears_of_is_dispatched(ground: &impl DeliveryGround) {
    let [here, _] = ground.orgs();
    let told = tell(ground, here, 1);
    let done = dispatch(ground, here, 2);
    assert_eq!((done.events, done.deliveries), (1, 0));
    assert_eq!(ground.feed(here), [told]);
}

/// The deliveries of a deleted endpoint go with it.
pub fn a_deleted_endpoint_takes_its_deliveries_along(ground: &impl DeliveryGround) {
    let [here, _] = ground.orgs();
    let endpoint = endpoint(ground, here, 1);
    let delivery = delivered_to(ground, &endpoint, 2);
    let told = entry("webhook_endpoint.deleted", endpoint.id, 3);
    let deleted = ground
        .store()
        .delete(endpoint.id.into(), &mut |_| Ok(told.clone()));
    deleted.expect("deleted");
    assert_eq!(super::scene::find(ground, delivery), None);
    assert_eq!(of_endpoint(ground, endpoint.id), []);
    assert_eq!(find(ground, endpoint.id), None);
}

/// What could not be signed is a delivery like any other, and has no headers.
pub fn what_is_not_signed_is_stored_without_headers(ground: &impl DeliveryGround) {
    let [here, _] = ground.orgs();
    let endpoint = endpoint(ground, here, 1);
    let told = tell(ground, here, 2);
    let mut unsigned = |batch: &Batch| {
        let mut deliveries = deliveries(batch, minute(3), Some(minute(3)));
        for delivery in &mut deliveries {
            delivery.headers.clear();
        }
        deliveries
    };
    let done = ground
        .fan_out()
        .fan_out(here, WHATEVER_WAITS, &mut unsigned);
    let done = done.expect("dispatched").expect("nobody else is at it");
    assert_eq!((done.events, done.deliveries), (1, 1));
    assert_eq!(ground.feed(here), [told]);
    let delivery = of_endpoint(ground, endpoint.id)[0].id;
    assert_eq!(detail(ground, delivery).headers, Headers::new());
    answer(ground, 200, 4);
    let after = detail(ground, delivery);
    assert_eq!(after.delivery.status, DeliveryStatus::Delivered);
    assert_eq!(after.headers, headers("again"), "an attempt is signed anew");
}

/// However many endpoints hear of each event, a batch does not outgrow its store; and one event that alone
/// is too much gets through.
pub fn a_batch_ends_before_it_makes_too_many_deliveries(ground: &impl DeliveryGround) {
    let [here, _] = ground.orgs();
    for number in 1..=3 {
        endpoint(ground, here, number);
    }
    let told = [4, 5, 6, 7].map(|number| tell(ground, here, number));
    let dispatch = |deliveries: u32| {
        let most = BatchSize {
            deliveries,
            ..WHATEVER_WAITS
        };
        let mut deliver = |batch: &Batch| super::scene::deliveries(batch, minute(8), None);
        let done = ground.fan_out().fan_out(here, most, &mut deliver);
        let done = done.expect("dispatched").expect("nobody else is at it");
        (done.events, done.deliveries)
    };
    assert_eq!(dispatch(8), (2, 6));
    assert_eq!(dispatch(2), (1, 3), "it would never be dispatched");
    assert_eq!(dispatch(3), (1, 3));
    assert_eq!(ground.feed(here), told);
}

/// A batch has the oldest events, each with those who heard of it, and every secret that these have.
pub fn a_batch_has_all_that_is_needed_to_sign(ground: &impl DeliveryGround) {
    let [here, _] = ground.orgs();
    let (one, other) = (endpoint(ground, here, 1), endpoint(ground, here, 2));
    let turned = entry("webhook_endpoint.rotated", one.id, 3);
    let rotated = ground.store().rotate(one.id.into(), &rotation(3), &turned);
    rotated.expect("rotated");
    let told = [4, 5, 6].map(|number| tell(ground, here, number));
    let mut seen = None;
    let mut deliver = |batch: &Batch| {
        seen = Some(batch.clone());
        deliveries(batch, minute(7), None)
    };
    let two = BatchSize {
        events: 2,
        ..WHATEVER_WAITS
    };
    let done = ground.fan_out().fan_out(here, two, &mut deliver);
    let done = done.expect("dispatched").expect("nobody else is at it");
    assert_eq!((done.events, done.deliveries), (2, 4));
    let batch = seen.expect("a batch");
    let events: Vec<_> = batch.events.iter().map(|event| event.id).collect();
    assert_eq!(events, told[..2]);
    let expected = event(4);
    assert_eq!(batch.events[0].payload, expected.payload);
    assert_eq!(batch.events[0].event_type, expected.kind);
    let mut heard = batch.events[0].endpoints.clone();
    heard.sort_unstable();
    assert_eq!(heard, [one.id, other.id]);
    assert_eq!(batch.secrets.len(), 2);
    assert_eq!(batch.secrets[&one.id].len(), 2, "an old one is there");
    for endpoint in [one.id, other.id] {
        assert_eq!(batch.secrets[&endpoint], secrets(ground, endpoint));
    }
    assert_eq!(ground.feed(here), told[..2]);
}
