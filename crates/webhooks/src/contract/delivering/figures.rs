//! Deliveries are counted.

use std::collections::BTreeMap;

use org_kernel::hour::Hour;
use org_kernel::id::{EndpointId, OrgId};
use org_kernel::instant::Instant;

use super::DeliveryGround;
use super::scene::{
    answer, answered, attempted, claim, delivered_to, dispatch_unsent, endpoint, fail, record, tell,
};
use super::tests_of_endpoints::test;
use crate::contract::scene::{entry, minute};
use crate::figures::Deliveries;

/// What is counted from the hour of minute `number` on; the second hour begins with minute 30.
fn by_hour(ground: &impl DeliveryGround, org: OrgId, number: u8) -> Vec<(Hour, Deliveries)> {
    let since = Hour::of(minute(number));
    let counted = ground.figures().by_hour(org, since);
    counted.expect("the store answers")
}

fn newest(
    ground: &impl DeliveryGround,
    org: OrgId,
    endpoints: &[EndpointId],
) -> BTreeMap<EndpointId, Instant> {
    let newest = ground.figures().newest(org, endpoints);
    newest.expect("the store answers")
}

/// In the hour in which they were made, not in the one in which something became of them.
pub fn deliveries_are_counted_by_hour_and_status(ground: &impl DeliveryGround) {
    let [here, _] = ground.orgs();
    let own = endpoint(ground, here, 0);
    delivered_to(ground, &own, 30);
    fail(ground, 8, 30);
    delivered_to(ground, &own, 1);
    answer(ground, 200, 31);
    for _ in 0..2 {
        delivered_to(ground, &own, 2);
    }
    for claimed in claim(ground, 2) {
        record(ground, &[attempted(&claimed, answered(500), 2)]);
    }
    for _ in 0..3 {
        tell(ground, here, 29);
    }
    dispatch_unsent(ground, here, 29);
    let first = Deliveries {
        delivered: 1,
        failed: 2,
        pending: 3,
        exhausted: 0,
    };
    let second = Deliveries {
        exhausted: 1,
        ..Deliveries::default()
    };
    let [first, second] = [(0, first), (30, second)].map(|(number, counted)| {
        let hour = Hour::of(minute(number));
        (hour, counted)
    });
    assert_eq!(by_hour(ground, here, 0), [first, second]);
    assert_eq!(by_hour(ground, here, 30), [second]);
    assert_eq!(by_hour(ground, here, 90), []);
}

/// Whatever became of it, and for each endpoint by itself.
pub fn the_newest_delivery_to_each_endpoint_is_known(ground: &impl DeliveryGround) {
    let [here, _] = ground.orgs();
    let own = endpoint(ground, here, 1);
    for number in [4, 3] {
        delivered_to(ground, &own, number);
    }
    let other = endpoint(ground, here, 2);
    delivered_to(ground, &other, 5);
    let idle = endpoint(ground, here, 3);
    let all = [own.id, other.id, idle.id];
    let expected = BTreeMap::from([(own.id, minute(5)), (other.id, minute(5))]);
    assert_eq!(newest(ground, here, &all), expected);
    claim(ground, 5);
    delivered_to(ground, &idle, 9);
    let expected = BTreeMap::from([(idle.id, minute(9))]);
    assert_eq!(newest(ground, here, &all[2..]), expected);
    assert_eq!(newest(ground, here, &[]), BTreeMap::new());
}

/// Another's are not counted, nor are tests.
pub fn only_ones_own_deliveries_are_counted(ground: &impl DeliveryGround) {
    let [here, there] = ground.orgs();
    let own = endpoint(ground, here, 1);
    let told = entry("webhook_endpoint.tested", own.id, 2);
    let tested = ground.log().insert_test(&test(here, own.id, 2), &told);
    tested.expect("stored");
    assert_eq!(by_hour(ground, here, 0), []);
    assert_eq!(newest(ground, here, &[own.id]), BTreeMap::new());
    delivered_to(ground, &own, 3);
    assert_eq!(by_hour(ground, here, 0).len(), 1);
    assert_eq!(newest(ground, here, &[own.id]).len(), 1);
    assert_eq!(by_hour(ground, there, 0), []);
    assert_eq!(newest(ground, there, &[own.id]), BTreeMap::new());
}
