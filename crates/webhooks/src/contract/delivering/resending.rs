//! What was sent, or not, is sent again.

use org_kernel::WriteError;
use org_kernel::id::OrgId;

use super::DeliveryGround;
use super::scene::{
    answer, answered, attempted, attempted_at, claim, claim_as, claim_at, claim_one, delivered_to,
    detail, dispatch_unsent, endpoint, fail, ids, new_delivery_id, of_endpoint, record, tell,
    whatever_is_due,
};
use crate::contract::scene::{entry, minute, trail};
use crate::delivery::{Delivery, DeliveryStatus};
use crate::delivery_log::{DeliveryTarget, NotResent, Replay, Replayed};
use crate::endpoint_store::{NoSuchEndpoint, Target};

/// Whatever became of it, it is pending, due, and at the beginning of its schedule; what was logged
/// stays, and so do the numbers of its attempts.
pub fn a_delivery_that_is_resent_begins_again(ground: &impl DeliveryGround) {
    let [here, _] = ground.orgs();
    let endpoint = endpoint(ground, here, 1);
    let id = delivered_to(ground, &endpoint, 2);
    for (number, status) in [(3, 200), (5, 500), (7, 404)] {
        answer(ground, status, number);
        let before = detail(ground, id);
        let told = entry("webhook_endpoint.resent", endpoint.id, number);
        let now = minute(number + 1);
        let resent = ground.log().resend(id.into(), now, &told);
        let expected = Delivery {
            status: DeliveryStatus::Pending,
            failures: 0,
            due_at: Some(now),
            delivered_at: None,
            updated_at: now,
            ..before.delivery
        };
        assert_eq!(resent.expect("resent"), expected);
        let after = detail(ground, id);
        assert_eq!(after.delivery, expected);
        assert_eq!(after.attempts, before.attempts);
        assert_eq!(trail(ground, here).last(), Some(&told));
    }
    let again = claim_one(ground, 9);
    assert_eq!((again.number, again.failures), (4, 0));
}

/// What was recorded and never sent goes out when somebody says so.
pub fn what_was_never_sent_is_sent_when_it_is_resent(ground: &impl DeliveryGround) {
    let [here, _] = ground.orgs();
    let endpoint = endpoint(ground, here, 1);
    tell(ground, here, 2);
    dispatch_unsent(ground, here, 2);
    let id = of_endpoint(ground, endpoint.id)[0].id;
    assert_eq!(claim(ground, 3), []);
    let told = entry("webhook_endpoint.resent", endpoint.id, 4);
    let resent = ground.log().resend(id.into(), minute(4), &told);
    resent.expect("resent");
    assert_eq!(ids(&claim(ground, 4)), [id]);
}

/// While it is being sent, nobody else sends it too; where that fails it is sent again at once, also
/// after what would have been its last attempt.
pub fn what_is_resent_in_flight_is_sent_again_only_if_that_fails(ground: &impl DeliveryGround) {
    let [here, _] = ground.orgs();
    let endpoint = endpoint(ground, here, 1);
    let id = delivered_to(ground, &endpoint, 2);
    let mut now = fail(ground, 7, 3).expect("there is a last attempt");
    for status in [500, 200] {
        let claimed = claim_at(ground, now);
        let leased_until = detail(ground, id).delivery.due_at;
        let told = entry("webhook_endpoint.resent", endpoint.id, 4);
        let resent = ground.log().resend(id.into(), now, &told);
        let resent = resent.expect("resent");
        assert_eq!(resent.status, DeliveryStatus::Pending);
        assert_eq!(resent.due_at, leased_until);
        let nothing = claim_as(ground, &whatever_is_due(now, now));
        assert_eq!(nothing, []);
        let ended = attempted_at(&claimed, answered(status), now);
        now = ended.ended_at;
        record(ground, &[ended]);
        let after = detail(ground, id).delivery;
        assert_eq!(after.failures, 0);
        let (expected, due_at) = match status {
            200 => (DeliveryStatus::Delivered, None),
            _ => (DeliveryStatus::Pending, Some(now)),
        };
        assert_eq!((after.status, after.due_at), (expected, due_at));
    }
}

/// What does not exist, and what is another's, is the same to whoever asks.
pub fn only_ones_own_deliveries_are_resent(ground: &impl DeliveryGround) {
    let [here, there] = ground.orgs();
    let endpoint = endpoint(ground, here, 1);
    let id = delivered_to(ground, &endpoint, 2);
    let before = detail(ground, id);
    let told = entry("webhook_endpoint.resent", endpoint.id, 3);
    let resend = |org: Option<OrgId>, id| {
        let target = DeliveryTarget { org, id };
        ground.log().resend(target, minute(3), &told)
    };
    for refused in [resend(Some(there), id), resend(None, new_delivery_id())] {
        let refusal = WriteError::Refused(NotResent::NoSuchDelivery);
        assert_eq!(
            format!("{refused:?}"),
            format!("{:?}", Err::<(), _>(refusal))
        );
    }
    assert_eq!(detail(ground, id), before);
    assert_eq!(trail(ground, there), []);
    assert_eq!(trail(ground, here).len(), 1);
    resend(Some(here), id).expect("resent");
}

/// All that was made between two times is due, the oldest first, in parts of which the first is told of.
pub fn a_replay_goes_on_in_parts(ground: &impl DeliveryGround) {
    let [here, there] = ground.orgs();
    let endpoint = endpoint(ground, here, 1);
    let made = [2, 3, 4, 5, 6, 7].map(|number| delivered_to(ground, &endpoint, number));
    let other = super::scene::endpoint(ground, there, 9);
    let untouched = delivered_to(ground, &other, 4);
    let claimed = claim(ground, 8);
    let done: Vec<_> = claimed
        .iter()
        .map(|one| attempted(one, answered(200), 8))
        .collect();
    record(ground, &done);
    let told = entry("webhook_endpoint.replayed", endpoint.id, 9);
    let mut replay = Replay {
        endpoint: endpoint.id.into(),
        since: minute(3),
        now: minute(7),
        after: None,
        most: 2,
        entry: Some(&told),
    };
    let first = ground.log().replay(&replay).expect("replayed");
    let expected = Replayed {
        deliveries: 2,
        last: Some((minute(4), made[2])),
    };
    assert_eq!(first, expected);
    (replay.after, replay.entry) = (first.last, None);
    let last = ground.log().replay(&replay).expect("replayed");
    assert_eq!((last.deliveries, last.last), (2, None));
    let due: Vec<_> = made.map(|id| detail(ground, id).delivery.due_at).to_vec();
    let at = Some(minute(7));
    assert_eq!(due, [None, at, at, at, at, None]);
    assert_eq!(detail(ground, untouched).delivery.due_at, None);
    let replays = trail(ground, here);
    let replays = replays.iter().filter(|entry| entry.action == told.action);
    assert_eq!(replays.count(), 1);
}

/// What is being sent is not sent twice at once; it is sent again only if it fails.
pub fn a_replay_leaves_leases(ground: &impl DeliveryGround) {
    let [here, _] = ground.orgs();
    let endpoint = endpoint(ground, here, 1);
    delivered_to(ground, &endpoint, 2);
    answer(ground, 200, 3);
    let replay = |number| {
        let replay = Replay {
            endpoint: endpoint.id.into(),
            since: minute(0),
            now: minute(number),
            after: None,
            most: 10,
            entry: None,
        };
        ground.log().replay(&replay).expect("replayed").deliveries
    };
    assert_eq!(replay(4), 1);
    assert_eq!(claim_one(ground, 4).number, 2);
    assert_eq!(replay(4), 1);
    assert_eq!(claim(ground, 4), []);
}

/// An endpoint that does not exist, or is another's, is not replayed.
pub fn only_ones_own_endpoints_are_replayed(ground: &impl DeliveryGround) {
    let [here, there] = ground.orgs();
    let endpoint = endpoint(ground, here, 1);
    let id = delivered_to(ground, &endpoint, 2);
    let before = detail(ground, id);
    let told = entry("webhook_endpoint.replayed", endpoint.id, 3);
    let replay = |endpoint| {
        let replay = Replay {
            endpoint,
            since: minute(0),
            now: minute(9),
            after: None,
            most: 10,
            entry: Some(&told),
        };
        ground.log().replay(&replay)
    };
    let foreign = Target {
        org: Some(there),
        id: endpoint.id,
    };
    for target in [foreign, crate::contract::scene::new_id().into()] {
        let refused = replay(target);
        assert!(
            matches!(refused, Err(WriteError::Refused(NoSuchEndpoint))),
            "{refused:?}"
        );
    }
    assert_eq!(detail(ground, id), before);
    assert_eq!(trail(ground, there), []);
    assert_eq!(trail(ground, here).len(), 1);
}
