//! A sender may stop at any moment, and its answers may come late.

use super::DeliveryGround;
use super::scene::{
    answered, attempted, claim, claim_one, delivered_to, detail, endpoint, headers, lease_end,
    record, whatever_is_due,
};
use crate::contract::scene::{entry, minute};
use crate::delivery::{Attempt, DeliveryStatus, INTERRUPTED, Outcome};

fn interrupted(number: u32, begun_in: u8) -> Attempt {
    Attempt {
        number,
        started_at: minute(begun_in),
        took: None,
        outcome: Outcome::Failed {
            error: INTERRUPTED.to_owned(),
        },
    }
}

/// Until the lease ends the delivery is one sender's; then it is due again, and the log says that
/// nobody knows what came of the attempt before.
pub fn a_lease_that_ends_is_an_attempt_that_was_interrupted(ground: &impl DeliveryGround) {
    let [here, _] = ground.orgs();
    let endpoint = endpoint(ground, here, 1);
    let delivery = delivered_to(ground, &endpoint, 2);
    assert_eq!(claim_one(ground, 3).number, 1);
    assert_eq!(claim(ground, 3), []);
    let now = lease_end(3);
    let again = ground.outgoing().claim(&whatever_is_due(now, lease_end(4)));
    let again = again.expect("the store answers");
    assert_eq!((again.len(), again[0].number, again[0].failures), (1, 2, 0));
    let seen = detail(ground, delivery);
    assert_eq!(seen.attempts, [interrupted(1, 3)]);
    assert_eq!(seen.delivery.due_at, Some(lease_end(4)));
    assert_eq!(seen.delivery.updated_at, now);
    let third = claim_one(ground, 6);
    assert_eq!((third.number, third.failures), (3, 0));
    let second = Attempt {
        started_at: now,
        ..interrupted(2, 3)
    };
    assert_eq!(
        detail(ground, delivery).attempts,
        [interrupted(1, 3), second]
    );
}

/// What has been recorded is not interrupted.
pub fn an_attempt_that_was_recorded_is_not_interrupted(ground: &impl DeliveryGround) {
    let [here, _] = ground.orgs();
    let endpoint = endpoint(ground, here, 1);
    let delivery = delivered_to(ground, &endpoint, 2);
    let failed = attempted(&claim_one(ground, 3), answered(500), 3);
    record(ground, std::slice::from_ref(&failed));
    assert_eq!(claim_one(ground, 9).number, 2);
    assert_eq!(detail(ground, delivery).attempts, [failed.attempt]);
}

/// An answer that comes after the next attempt began is known from then on, and settles nothing: the
/// later attempt does.
pub fn an_answer_that_comes_too_late_is_only_logged(ground: &impl DeliveryGround) {
    let [here, _] = ground.orgs();
    let endpoint = endpoint(ground, here, 1);
    let delivery = delivered_to(ground, &endpoint, 2);
    let first = claim_one(ground, 3);
    let second = claim_one(ground, 5);
    let late = attempted(&first, answered(200), 3);
    record(ground, std::slice::from_ref(&late));
    let seen = detail(ground, delivery);
    assert_eq!(seen.attempts, std::slice::from_ref(&late.attempt));
    assert_eq!(seen.delivery.status, DeliveryStatus::Pending);
    assert_eq!(seen.delivery.due_at, Some(lease_end(5)));
    assert_eq!(seen.headers, headers("first"));
    let failed = attempted(&second, answered(500), 5);
    record(ground, std::slice::from_ref(&failed));
    let seen = detail(ground, delivery);
    assert_eq!(seen.attempts, [late.attempt, failed.attempt]);
    assert_eq!(seen.delivery.status, DeliveryStatus::Failed);
}

/// A sender that does not know whether it recorded an attempt records it again; that changes nothing,
/// also not what was done with the delivery meanwhile.
pub fn what_is_recorded_twice_is_recorded_once(ground: &impl DeliveryGround) {
    let [here, _] = ground.orgs();
    let endpoint = endpoint(ground, here, 1);
    let delivery = delivered_to(ground, &endpoint, 2);
    let delivered = attempted(&claim_one(ground, 3), answered(200), 3);
    record(ground, std::slice::from_ref(&delivered));
    let told = entry("webhook_endpoint.resent", endpoint.id, 4);
    let resent = ground.log().resend(delivery.into(), minute(4), &told);
    let resent = resent.expect("resent");
    record(ground, std::slice::from_ref(&delivered));
    let seen = detail(ground, delivery);
    assert_eq!(seen.delivery, resent);
    assert_eq!(seen.attempts, [delivered.attempt]);
}
