//! What was sent, or not, is sent again.

use std::thread;

use org_kernel::WriteError;
use org_kernel::id::OrgId;

use super::DeliveryGround;
use super::scene::{
    answer, answered, attempted, claim, claim_one, delivered_to, detail, dispatch_unsent, endpoint,
    ids, new_delivery_id, of_endpoint, record, tell,
};
use super::tests_of_endpoints::test;
use crate::contract::scene::{entry, minute, trail};
use crate::delivery::{Delivery, DeliveryStatus};
use crate::delivery_log::{DeliveryTarget, NotReplayed, NotResent, Replay, ReplayCount, Replayed};
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

/// Whoever resends it wants an attempt that begins after that: what comes of the one that is being made
/// is logged, and settles nothing.
pub fn what_is_resent_in_flight_is_sent_once_more(ground: &impl DeliveryGround) {
    let [here, _] = ground.orgs();
    let endpoint = endpoint(ground, here, 1);
    let id = delivered_to(ground, &endpoint, 2);
    for (number, status) in [(3, 500), (5, 200)] {
        let in_flight = claim_one(ground, number);
        let told = entry("webhook_endpoint.resent", endpoint.id, number);
        let resent = ground.log().resend(id.into(), minute(number), &told);
        let resent = resent.expect("resent");
        assert_eq!(resent.due_at, Some(minute(number)));
        let unknown = detail(ground, id).attempts;
        let unknown = unknown.last().expect("an attempt that is being made");
        assert_eq!((unknown.number, unknown.took), (in_flight.number, None));
        record(ground, &[attempted(&in_flight, answered(status), number)]);
        let after = detail(ground, id);
        assert_eq!(after.delivery, resent);
        let known = after.attempts.last().expect("its answer");
        assert_eq!(known.number, in_flight.number);
        assert_eq!(known.outcome, answered(status));
        answer(ground, 200, number + 1);
        let delivery = detail(ground, id).delivery;
        assert_eq!(delivery.status, DeliveryStatus::Delivered);
        assert_eq!(delivery.attempts, in_flight.number + 1);
        let told = entry("webhook_endpoint.resent", endpoint.id, number + 1);
        let again = ground.log().resend(id.into(), minute(number + 1), &told);
        again.expect("resent");
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
        until: minute(7),
        now: minute(9),
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
    let at = Some(minute(9));
    assert_eq!(due, [None, at, at, at, at, None]);
    assert_eq!(detail(ground, untouched).delivery.due_at, None);
    let replays = trail(ground, here);
    let replays = replays.iter().filter(|entry| entry.action == told.action);
    assert_eq!(replays.count(), 1);
}

/// Of two who replay under one id, also at once, one does; what was delivered in between stays so.
pub fn a_replay_is_begun_once(ground: &impl DeliveryGround) {
    let [here, _] = ground.orgs();
    let endpoint = endpoint(ground, here, 1);
    let id = delivered_to(ground, &endpoint, 2);
    answer(ground, 200, 3);
    let told = entry("webhook_endpoint.replayed", endpoint.id, 4);
    let log = ground.log();
    let replay = || {
        log.replay(&Replay {
            endpoint: endpoint.id.into(),
            since: minute(0),
            until: minute(4),
            now: minute(4),
            after: None,
            most: 10,
            entry: Some(&told),
        })
    };
    let both = thread::scope(|scope| {
        let beside = scope.spawn(replay);
        [replay(), beside.join().expect("no panic")]
    });
    let done = both.iter().filter_map(|replayed| replayed.as_ref().ok());
    let done: Vec<_> = done.map(|replayed| replayed.deliveries).collect();
    assert_eq!(done, [1], "{both:?}");
    answer(ground, 200, 5);
    let delivered = detail(ground, id);
    let again = replay();
    assert!(
        matches!(again, Err(WriteError::Refused(NotReplayed::BegunAlready))),
        "{again:?}"
    );
    assert_eq!(detail(ground, id), delivered);
    let trail = trail(ground, here);
    let told = trail.iter().filter(|entry| entry.action == told.action);
    assert_eq!(told.count(), 1);
}

/// The number is that of the replay: of what was made between two times, without tests, up to a bound.
pub fn what_a_replay_would_send_is_counted(ground: &impl DeliveryGround) {
    let [here, there] = ground.orgs();
    let endpoint = endpoint(ground, here, 1);
    for number in [2, 3, 4, 5] {
        delivered_to(ground, &endpoint, number);
    }
    let told = entry("webhook_endpoint.tested", endpoint.id, 4);
    let tested = ground.log().insert_test(&test(here, endpoint.id, 4), &told);
    tested.expect("a test");
    let count = |endpoint, since, until, most| {
        ground.log().count_replay(&ReplayCount {
            endpoint,
            since: minute(since),
            until: minute(until),
            most,
        })
    };
    let own: Target = endpoint.id.into();
    for ((since, until, most), expected) in [
        ((0, 9, 10), 4),
        ((3, 9, 10), 3),
        ((3, 5, 10), 2),
        ((0, 9, 4), 4),
        ((0, 9, 3), 3),
        ((6, 9, 10), 0),
    ] {
        let counted = count(own, since, until, most).expect("counted");
        assert_eq!(counted, expected, "from {since} to {until}, {most} at most");
    }
    let foreign = Target {
        org: Some(there),
        id: endpoint.id,
    };
    for target in [foreign, crate::contract::scene::new_id().into()] {
        let refused = count(target, 0, 9, 10);
        assert!(
            matches!(refused, Err(WriteError::Refused(NoSuchEndpoint))),
            "{refused:?}"
        );
    }
}

/// What is being sent is sent once more too.
pub fn a_replay_takes_what_is_in_flight(ground: &impl DeliveryGround) {
    let [here, _] = ground.orgs();
    let endpoint = endpoint(ground, here, 1);
    delivered_to(ground, &endpoint, 2);
    assert_eq!(claim_one(ground, 3).number, 1);
    let replay = Replay {
        endpoint: endpoint.id.into(),
        since: minute(0),
        until: minute(4),
        now: minute(4),
        after: None,
        most: 10,
        entry: None,
    };
    let replayed = ground.log().replay(&replay).expect("replayed");
    assert_eq!(replayed.deliveries, 1);
    assert_eq!(claim_one(ground, 4).number, 2);
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
            until: minute(9),
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
            matches!(
                refused,
                Err(WriteError::Refused(NotReplayed::NoSuchEndpoint))
            ),
            "{refused:?}"
        );
    }
    assert_eq!(detail(ground, id), before);
    assert_eq!(trail(ground, there), []);
    assert_eq!(trail(ground, here).len(), 1);
}
