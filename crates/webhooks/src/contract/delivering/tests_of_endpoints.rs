//! A test is in the log like any delivery, and never sent.

use org_kernel::WriteError;
use org_kernel::id::{EndpointId, EventId, OrgId};

use super::DeliveryGround;
use super::scene::{claim, detail, endpoint, event, find, headers, new_delivery_id, of_endpoint};
use crate::contract::scene::{entry, minute, new_id, trail};
use crate::delivery::{Delivery, DeliveryStatus};
use crate::delivery_log::{NotResent, Replay, SignedDelivery};
use crate::endpoint_store::NoSuchEndpoint;

/// A test of an endpoint, made in minute `number`.
pub(super) fn test(org: OrgId, endpoint: EndpointId, number: u8) -> SignedDelivery {
    let made = event(number);
    SignedDelivery {
        delivery: Delivery {
            id: new_delivery_id(),
            org,
            endpoint,
            message: EventId::new(made.id.uuid()),
            event_type: "webhook.test".to_owned(),
            status: DeliveryStatus::Simulated,
            attempts: 0,
            failures: 0,
            due_at: None,
            delivered_at: None,
            created_at: minute(number),
            updated_at: minute(number),
        },
        payload: made.payload,
        headers: headers("test"),
    }
}

/// It is read as it was stored, and stands in the trail.
pub fn a_test_is_logged(ground: &impl DeliveryGround) {
    let [here, _] = ground.orgs();
    let endpoint = endpoint(ground, here, 1);
    let test = test(here, endpoint.id, 2);
    let told = entry("webhook_endpoint.tested", endpoint.id, 2);
    ground.log().insert_test(&test, &told).expect("stored");
    let seen = detail(ground, test.delivery.id);
    assert_eq!(seen.delivery, test.delivery);
    assert_eq!(seen.payload, test.payload);
    assert_eq!(seen.headers, test.headers);
    assert_eq!(seen.attempts, []);
    assert_eq!(of_endpoint(ground, endpoint.id), [test.delivery]);
    assert_eq!(trail(ground, here).last(), Some(&told));
    assert_eq!(ground.feed(here), []);
}

/// Neither by itself, nor by whoever resends it, nor in a replay.
pub fn a_test_is_never_sent(ground: &impl DeliveryGround) {
    let [here, _] = ground.orgs();
    let endpoint = endpoint(ground, here, 1);
    let test = test(here, endpoint.id, 2);
    let id = test.delivery.id;
    let told = entry("webhook_endpoint.tested", endpoint.id, 2);
    ground.log().insert_test(&test, &told).expect("stored");
    let refused = ground.log().resend(id.into(), minute(3), &told);
    assert!(
        matches!(refused, Err(WriteError::Refused(NotResent::Simulated))),
        "{refused:?}"
    );
    let replay = Replay {
        endpoint: endpoint.id.into(),
        since: minute(0),
        until: minute(9),
        now: minute(9),
        after: None,
        most: 10,
        entry: None,
    };
    let replayed = ground.log().replay(&replay).expect("replayed");
    assert_eq!((replayed.deliveries, replayed.last), (0, None));
    assert_eq!(claim(ground, 9), []);
    assert_eq!(detail(ground, id).delivery, test.delivery);
    assert_eq!(trail(ground, here).len(), 2);
}

/// There is nothing to test where there is no endpoint, or another's.
pub fn only_ones_own_endpoints_are_tested(ground: &impl DeliveryGround) {
    let [here, there] = ground.orgs();
    let endpoint = endpoint(ground, here, 1);
    for test in [test(there, endpoint.id, 2), test(here, new_id(), 2)] {
        let told = entry("webhook_endpoint.tested", test.delivery.endpoint, 2);
        let refused = ground.log().insert_test(&test, &told);
        assert!(
            matches!(refused, Err(WriteError::Refused(NoSuchEndpoint))),
            "{refused:?}"
        );
        assert_eq!(find(ground, test.delivery.id), None);
    }
    assert_eq!(trail(ground, here).len(), 1);
    assert_eq!(trail(ground, there), []);
}
