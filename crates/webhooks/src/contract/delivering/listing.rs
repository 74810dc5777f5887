//! The log is read, and forgotten in the end.

use super::DeliveryGround;
use super::scene::{answer, delivered_to, dispatch, endpoint, find, of_endpoint, query, tell};
use crate::contract::scene::{minute, new_id};
use crate::delivery::{Delivery, DeliveryStatus};
use crate::delivery_log::{DeliveryQuery, DeliveryTarget};
use crate::endpoint_store::Target;

fn listed(ground: &impl DeliveryGround, query: &DeliveryQuery) -> Vec<Delivery> {
    ground.log().deliveries(query).expect("the store answers")
}

/// Pages neither repeat nor skip, also where several were made at once.
pub fn deliveries_are_listed_the_newest_first(ground: &impl DeliveryGround) {
    let [here, _] = ground.orgs();
    let own = endpoint(ground, here, 1);
    delivered_to(ground, &own, 5);
    for number in [2, 3] {
        tell(ground, here, number);
    }
    dispatch(ground, here, 3);
    delivered_to(ground, &own, 4);
    let all = of_endpoint(ground, own.id);
    let places: Vec<_> = all.iter().map(|one| (one.created_at, one.id)).collect();
    let mut sorted = places.clone();
    sorted.sort_unstable();
    sorted.reverse();
    assert_eq!((places.len(), &places), (4, &sorted));
    let mut paged = Vec::new();
    let mut page = DeliveryQuery {
        limit: 1,
        ..query(own.id)
    };
    while let [one] = listed(ground, &page).as_slice() {
        page.before = Some((one.created_at, one.id));
        paged.push(one.clone());
    }
    assert_eq!(paged, all);
    assert_eq!(of_endpoint(ground, new_id()), []);
}

/// Those of one status alone.
pub fn deliveries_are_listed_by_status(ground: &impl DeliveryGround) {
    let [here, _] = ground.orgs();
    let endpoint = endpoint(ground, here, 1);
    let delivered = delivered_to(ground, &endpoint, 2);
    answer(ground, 200, 2);
    let pending = delivered_to(ground, &endpoint, 3);
    for (status, expected) in [
        (DeliveryStatus::Delivered, vec![delivered]),
        (DeliveryStatus::Pending, vec![pending]),
        (DeliveryStatus::Exhausted, vec![]),
    ] {
        let query = DeliveryQuery {
            status: Some(status),
            ..query(endpoint.id)
        };
        let found = listed(ground, &query);
        let found: Vec<_> = found.iter().map(|delivery| delivery.id).collect();
        assert_eq!(found, expected, "{status:?}");
    }
}

/// To an organization, another's deliveries do not exist.
pub fn only_ones_own_deliveries_are_read(ground: &impl DeliveryGround) {
    let [here, there] = ground.orgs();
    let endpoint = endpoint(ground, here, 1);
    let id = delivered_to(ground, &endpoint, 2);
    for (org, seen) in [(here, 1), (there, 0)] {
        let target = Target {
            org: Some(org),
            id: endpoint.id,
        };
        let query = DeliveryQuery {
            endpoint: target,
            ..query(endpoint.id)
        };
        assert_eq!(listed(ground, &query).len(), seen);
        let target = DeliveryTarget { org: Some(org), id };
        let found = ground.log().delivery(target).expect("the store answers");
        assert_eq!(found.is_some(), seen == 1);
    }
}

/// What was made before a time is forgotten with its attempts, so many at a time; what was made later
/// is not.
pub fn old_deliveries_are_forgotten(ground: &impl DeliveryGround) {
    let [here, there] = ground.orgs();
    let endpoints = [endpoint(ground, here, 1), endpoint(ground, there, 1)];
    let old = [2, 3, 4].map(|number| delivered_to(ground, &endpoints[0], number));
    let also_old = delivered_to(ground, &endpoints[1], 4);
    let recent = delivered_to(ground, &endpoints[0], 5);
    let forget = |most| {
        let forgotten = ground.log().forget_deliveries_before(minute(5), most);
        forgotten.expect("the store answers")
    };
    assert_eq!([forget(3), forget(3), forget(3)], [3, 1, 0]);
    for id in old.into_iter().chain([also_old]) {
        assert_eq!(find(ground, id), None);
    }
    assert!(find(ground, recent).is_some());
    assert_eq!(ground.feed(here).len(), 4, "events are not forgotten");
}

/// One that was tried is forgotten like any other.
pub fn attempts_are_forgotten_with_their_delivery(ground: &impl DeliveryGround) {
    let [here, _] = ground.orgs();
    let endpoint = endpoint(ground, here, 1);
    let id = delivered_to(ground, &endpoint, 2);
    answer(ground, 500, 2);
    let forgotten = ground.log().forget_deliveries_before(minute(3), 10);
    assert_eq!(forgotten.expect("the store answers"), 1);
    assert_eq!(find(ground, id), None);
}
