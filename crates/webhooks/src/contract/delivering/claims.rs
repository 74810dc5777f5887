//! What is due is claimed, and by one sender.

use std::collections::BTreeSet;
use std::thread;

use super::DeliveryGround;
use super::scene::{
    claim, claim_as, claim_one, delivered_to, detail, dispatch, dispatch_unsent, endpoint, event,
    ids, lease_end, tell, whatever_is_due,
};
use crate::contract::scene::{entry, minute, rotation, secrets};
use crate::delivery::DeliveryStatus;
use crate::endpoint::{Endpoint, EndpointUrl};
use crate::outgoing::{Claim, Claimed};

fn change(ground: &impl DeliveryGround, after: &Endpoint) {
    let told = entry("webhook_endpoint.changed", after.id, 1);
    let edited = ground.store().edit(after.id.into(), &mut |_| {
        Ok(Some((after.clone(), told.clone())))
    });
    edited.expect("changed");
}

/// A sender gets all that it needs, with the endpoint as it is by now, and the delivery says that it is
/// being sent.
pub fn a_claim_has_all_that_is_needed_to_send(ground: &impl DeliveryGround) {
    let [here, _] = ground.orgs();
    let endpoint = endpoint(ground, here, 1);
    let delivery = delivered_to(ground, &endpoint, 2);
    let url = EndpointUrl::stored("https://moved.example/".to_owned());
    let moved = Endpoint {
        url: url.clone(),
        ..endpoint.clone()
    };
    change(ground, &moved);
    let told = entry("webhook_endpoint.rotated", endpoint.id, 3);
    let rotated = ground
        .store()
        .rotate(endpoint.id.into(), &rotation(3), &told);
    rotated.expect("rotated");
    let before = detail(ground, delivery);
    let expected = Claimed {
        org: here,
        id: delivery,
        endpoint: endpoint.id,
        url,
        message: before.delivery.message,
        payload: event(2).payload,
        number: 1,
        failures: 0,
        secrets: secrets(ground, endpoint.id),
    };
    assert_eq!(claim_one(ground, 4), expected);
    let after = detail(ground, delivery);
    assert_eq!(after.delivery.status, DeliveryStatus::Pending);
    assert_eq!(after.delivery.attempts, 1);
    assert_eq!(after.delivery.failures, 0);
    assert_eq!(after.delivery.due_at, Some(lease_end(4)));
    assert_eq!(after.delivery.updated_at, minute(4));
    assert_eq!(after.attempts, []);
    assert_eq!(after.headers, before.headers);
}

/// It is due at its time and not before; what nobody is to send is never due.
pub fn only_what_is_due_is_claimed(ground: &impl DeliveryGround) {
    let [here, there] = ground.orgs();
    let own = endpoint(ground, here, 1);
    endpoint(ground, there, 1);
    let due = delivered_to(ground, &own, 3);
    tell(ground, there, 2);
    dispatch_unsent(ground, there, 2);
    assert_eq!(claim(ground, 2), []);
    assert_eq!(ids(&claim(ground, 3)), [due]);
    assert_eq!(claim(ground, 3), []);
}

/// An endpoint gets the oldest of what is due, and no more at once than it may; what others wait for is
/// not held up by it.
pub fn an_endpoint_gets_the_longest_due_up_to_its_limit(ground: &impl DeliveryGround) {
    let [here, there] = ground.orgs();
    let (slow, quick) = (endpoint(ground, here, 1), endpoint(ground, there, 1));
    let late = delivered_to(ground, &slow, 7);
    let [first, second, third] = [2, 3, 4].map(|number| delivered_to(ground, &slow, number));
    let only = delivered_to(ground, &quick, 8);
    let busy = [(slow.id, 1)];
    let mut wanted = Claim {
        in_flight: &busy,
        per_endpoint: 3,
        ..whatever_is_due(minute(9), lease_end(9))
    };
    assert_eq!(ids(&claim_as(ground, &wanted)), [first, second, only]);
    let busy = [(slow.id, 3), (quick.id, 9)];
    wanted.in_flight = &busy;
    assert_eq!(claim_as(ground, &wanted), []);
    let busy = [(slow.id, 2)];
    wanted.in_flight = &busy;
    assert_eq!(ids(&claim_as(ground, &wanted)), [third]);
    wanted.in_flight = &[];
    assert_eq!(ids(&claim_as(ground, &wanted)), [late]);
}

/// A sender that can take few gets few, and the rest goes on waiting.
pub fn a_claim_takes_no_more_than_it_may(ground: &impl DeliveryGround) {
    let [here, _] = ground.orgs();
    for number in [1, 2, 3] {
        endpoint(ground, here, number);
    }
    for number in [4, 5] {
        tell(ground, here, number);
    }
    dispatch(ground, here, 6);
    let mut claimed = Vec::new();
    for expected in [4, 2, 0] {
        let wanted = Claim {
            most: 4,
            ..whatever_is_due(minute(7), lease_end(7))
        };
        let part = claim_as(ground, &wanted);
        assert_eq!(part.len(), expected);
        claimed.extend(ids(&part));
    }
    let distinct: BTreeSet<_> = claimed.into_iter().collect();
    assert_eq!(distinct.len(), 6);
}

/// What it was to hear of is there when it is enabled again.
pub fn deliveries_of_a_disabled_endpoint_wait(ground: &impl DeliveryGround) {
    let [here, _] = ground.orgs();
    let endpoint = endpoint(ground, here, 1);
    let delivery = delivered_to(ground, &endpoint, 2);
    let disabled = Endpoint {
        enabled: false,
        ..endpoint.clone()
    };
    change(ground, &disabled);
    assert_eq!(claim(ground, 3), []);
    let waiting = detail(ground, delivery).delivery;
    assert_eq!((waiting.attempts, waiting.due_at), (0, Some(minute(2))));
    change(ground, &endpoint);
    assert_eq!(ids(&claim(ground, 4)), [delivery]);
}

/// No delivery is claimed by both.
pub fn of_two_senders_at_once_each_has_its_own(ground: &impl DeliveryGround) {
    let [here, _] = ground.orgs();
    for number in [1, 2, 3, 4] {
        endpoint(ground, here, number);
    }
    for number in [5, 6, 7, 8] {
        tell(ground, here, number);
    }
    dispatch(ground, here, 9);
    let outgoing = ground.outgoing();
    let take = || {
        let wanted = Claim {
            most: 3,
            ..whatever_is_due(minute(9), lease_end(9))
        };
        let claims = (0..6).map(|_| outgoing.claim(&wanted).expect("the store answers"));
        claims.flatten().collect::<Vec<_>>()
    };
    let (mut one, other) = thread::scope(|threads| {
        let one = threads.spawn(take);
        let other = take();
        (one.join().expect("it does not panic"), other)
    });
    one.extend(other);
    one.extend(claim(ground, 9));
    let distinct: BTreeSet<_> = one.iter().map(|claimed| claimed.id).collect();
    assert_eq!((one.len(), distinct.len()), (16, 16));
    assert!(one.iter().all(|claimed| claimed.number == 1));
}
