//! The log is read, and forgotten in the end.

use super::DeliveryGround;
use super::scene::{
    answer, claim_one, delivered_to, detail, dispatch, dispatch_unsent, endpoint, find, listed,
    of_endpoint, query, tell,
};
use crate::contract::scene::{entry, minute, new_id};
use crate::delivery::DeliveryStatus;
use crate::delivery_log::{DeliveryQuery, DeliveryTarget, Order};
use crate::endpoint::Endpoint;

/// Pages neither repeat nor skip, also where several were made at once, for whichever endpoint.
pub fn deliveries_are_listed_the_oldest_first(ground: &impl DeliveryGround) {
    let [here, _] = ground.orgs();
    let own = endpoint(ground, here, 1);
    delivered_to(ground, &own, 5);
    endpoint(ground, here, 2);
    for number in [2, 3] {
        tell(ground, here, number);
    }
    dispatch(ground, here, 3);
    delivered_to(ground, &own, 4);
    let all = listed(ground, &query(here));
    let place = |number: usize| (all[number].created_at, all[number].id);
    let places: Vec<_> = (0..all.len()).map(place).collect();
    let mut sorted = places.clone();
    sorted.sort_unstable();
    assert_eq!((places.len(), &places), (7, &sorted));
    let mut paged = Vec::new();
    let mut page = DeliveryQuery {
        limit: 1,
        ..query(here)
    };
    while let [one] = listed(ground, &page).as_slice() {
        page.after = Some((one.created_at, one.id));
        paged.push(one.clone());
    }
    assert_eq!(paged, all);
}

/// The bytes and the headers are those of the delivery by itself.
pub fn deliveries_are_listed_with_what_is_sent(ground: &impl DeliveryGround) {
    let [here, _] = ground.orgs();
    let endpoint = endpoint(ground, here, 1);
    let ids = [2, 3].map(|number| delivered_to(ground, &endpoint, number));
    let all = ground.log().signed_deliveries(&query(here));
    let all = all.expect("the store answers");
    let signed = all.iter().map(|signed| signed.delivery.clone());
    assert_eq!(signed.collect::<Vec<_>>(), listed(ground, &query(here)));
    assert_eq!(all.len(), ids.len());
    for (listed, id) in all.into_iter().zip(ids) {
        let alone = detail(ground, id);
        assert_eq!(listed.delivery, alone.delivery);
        assert_eq!(listed.payload, alone.payload);
        assert_eq!(listed.headers, alone.headers);
    }
}

/// Those of one endpoint, of one status, and of both.
pub fn deliveries_are_listed_by_endpoint_and_status(ground: &impl DeliveryGround) {
    let [here, _] = ground.orgs();
    let own = endpoint(ground, here, 1);
    let delivered = delivered_to(ground, &own, 2);
    answer(ground, 200, 2);
    let pending = delivered_to(ground, &own, 3);
    let other = endpoint(ground, here, 2);
    let both = delivered_to(ground, &other, 4);
    let also = of_endpoint(ground, own.id)[2].id;
    let mut last = [both, also];
    last.sort_unstable();
    let (done, open) = (DeliveryStatus::Delivered, DeliveryStatus::Pending);
    for (endpoint, status, expected) in [
        (Some(other.id), None, vec![both]),
        (Some(new_id()), None, vec![]),
        (None, Some(done), vec![delivered]),
        (None, Some(open), vec![pending, last[0], last[1]]),
        (None, Some(DeliveryStatus::Exhausted), vec![]),
        (Some(own.id), Some(open), vec![pending, also]),
        (Some(other.id), Some(done), vec![]),
    ] {
        let query = DeliveryQuery {
            endpoint,
            status,
            ..query(here)
        };
        let found = listed(ground, &query);
        let found: Vec<_> = found.iter().map(|found| found.id).collect();
        assert_eq!(found, expected, "{endpoint:?} {status:?}");
    }
}

/// The newest first is the oldest first reversed, a page at a time too, and from any place the way back is
/// open.
pub fn deliveries_are_listed_the_newest_first(ground: &impl DeliveryGround) {
    let [here, _] = ground.orgs();
    let own = endpoint(ground, here, 1);
    delivered_to(ground, &own, 5);
    for number in [2, 3] {
        tell(ground, here, number);
    }
    dispatch(ground, here, 3);
    delivered_to(ground, &own, 4);
    let mut all = listed(ground, &query(here));
    all.reverse();
    let newest_first = DeliveryQuery {
        order: Order::NewestFirst,
        ..query(here)
    };
    assert_eq!(listed(ground, &newest_first), all);
    let place = |number: usize| {
        let delivery = &all[number];
        Some((delivery.created_at, delivery.id))
    };
    let page = |order, after| {
        let query = DeliveryQuery {
            order,
            after,
            limit: 2,
            ..query(here)
        };
        listed(ground, &query)
    };
    assert_eq!(page(Order::NewestFirst, None), all[..2]);
    assert_eq!(page(Order::NewestFirst, place(1)), all[2..4]);
    assert_eq!(page(Order::NewestFirst, place(3)), []);
    let mut back = page(Order::OldestFirst, place(2));
    back.reverse();
    assert_eq!(back, all[..2]);
}

/// Those of one type, of a span of time, and of both; what is made when the span ends is not in it.
pub fn deliveries_are_listed_by_type_and_time(ground: &impl DeliveryGround) {
    let [here, _] = ground.orgs();
    let own = endpoint(ground, here, 1);
    let made = [2, 3, 4].map(|number| delivered_to(ground, &own, number));
    let (real, other) = (Some("a.made"), Some("webhook.test"));
    let span = |from: Option<u8>, until: Option<u8>| (from.map(minute), until.map(minute));
    for (event_type, (from, until), expected) in [
        (real, span(None, None), &made[..]),
        (other, span(None, None), &[]),
        (None, span(Some(3), None), &made[1..]),
        (None, span(None, Some(3)), &made[..1]),
        (None, span(Some(3), Some(4)), &made[1..2]),
        (real, span(Some(2), Some(4)), &made[..2]),
        (None, span(Some(4), Some(3)), &[]),
        (other, span(Some(2), None), &[]),
    ] {
        for order in [Order::OldestFirst, Order::NewestFirst] {
            let query = DeliveryQuery {
                event_type: event_type.map(str::to_owned),
                from,
                until,
                order,
                ..query(here)
            };
            let found = listed(ground, &query);
            let mut found: Vec<_> = found.iter().map(|found| found.id).collect();
            if order == Order::NewestFirst {
                found.reverse();
            }
            assert_eq!(found, expected, "{query:?}");
        }
    }
}

/// To an organization, another's deliveries do not exist.
pub fn only_ones_own_deliveries_are_read(ground: &impl DeliveryGround) {
    let [here, there] = ground.orgs();
    let own = endpoint(ground, here, 1);
    let id = delivered_to(ground, &own, 2);
    for (org, seen) in [(here, 1), (there, 0)] {
        for endpoint in [None, Some(own.id)] {
            let query = DeliveryQuery {
                endpoint,
                ..query(org)
            };
            assert_eq!(listed(ground, &query).len(), seen);
        }
        let target = DeliveryTarget { org: Some(org), id };
        let found = ground.log().delivery(target).expect("the store answers");
        assert_eq!(found.is_some(), seen == 1);
    }
}

/// What was made before a time and is not to be sent is forgotten, so many at a time; what was made later
/// is not.
pub fn old_deliveries_are_forgotten(ground: &impl DeliveryGround) {
    let [here, there] = ground.orgs();
    let endpoints = [endpoint(ground, here, 1), endpoint(ground, there, 1)];
    let unsent = |org, number| {
        tell(ground, org, number);
        dispatch_unsent(ground, org, number);
    };
    for (org, number) in [(here, 2), (here, 3), (here, 4), (there, 4), (here, 5)] {
        unsent(org, number);
    }
    let [own, others] = endpoints.map(|endpoint| of_endpoint(ground, endpoint.id));
    let forget = |most| {
        let forgotten = ground.log().forget_deliveries_before(minute(5), most);
        forgotten.expect("the store answers")
    };
    assert_eq!([forget(3), forget(3), forget(3)], [3, 1, 0]);
    let (recent, old) = own.split_last().expect("four");
    for old in old.iter().chain(&others) {
        assert_eq!(find(ground, old.id), None);
    }
    assert!(find(ground, recent.id).is_some());
    assert_eq!(ground.feed(here).len(), 4, "events are not forgotten");
}

/// However old it is: one that is new, one that failed, one that is being sent, and what waits at an
/// endpoint that is disabled.
pub fn what_is_still_to_be_sent_is_not_forgotten(ground: &impl DeliveryGround) {
    let [here, there] = ground.orgs();
    let shut = endpoint(ground, there, 1);
    let own = endpoint(ground, here, 1);
    let waiting = delivered_to(ground, &shut, 2);
    let disabled = ground.store().edit(shut.id.into(), &mut |before| {
        let after = Endpoint {
            enabled: false,
            ..before.clone()
        };
        let told = entry("webhook_endpoint.disabled", before.id, 2);
        Ok(Some((after, told)))
    });
    disabled.expect("disabled");
    let sending = delivered_to(ground, &own, 3);
    assert_eq!(claim_one(ground, 3).id, sending);
    let failed = delivered_to(ground, &own, 3);
    answer(ground, 500, 3);
    let new = delivered_to(ground, &own, 4);
    let forgotten = ground.log().forget_deliveries_before(minute(9), 10);
    assert_eq!(forgotten.expect("the store answers"), 0);
    for id in [waiting, failed, sending, new] {
        assert!(find(ground, id).is_some());
    }
}

/// One that was tried is forgotten like any other.
pub fn attempts_are_forgotten_with_their_delivery(ground: &impl DeliveryGround) {
    let [here, _] = ground.orgs();
    let endpoint = endpoint(ground, here, 1);
    let id = delivered_to(ground, &endpoint, 2);
    answer(ground, 200, 2);
    let forgotten = ground.log().forget_deliveries_before(minute(3), 10);
    assert_eq!(forgotten.expect("the store answers"), 1);
    assert_eq!(find(ground, id), None);
}
