//! What came of an attempt is recorded, and settles its delivery.

use std::slice;

use super::DeliveryGround;
use super::scene::{
    answer, answered, attempted, claim, claim_one, delivered_to, detail, endpoint, fail, find,
    headers, ids, record,
};
use crate::contract::scene::{self, entry};
use crate::delivery::{Delivery, DeliveryStatus, Outcome};
use crate::outgoing::{Attempted, Doing};

/// Nothing more is due, and the log has the attempt and the headers as they were sent.
pub fn a_success_ends_a_delivery(ground: &impl DeliveryGround) {
    let [here, _] = ground.orgs();
    let endpoint = endpoint(ground, here, 1);
    let id = delivered_to(ground, &endpoint, 2);
    let before = detail(ground, id);
    let done = attempted(&claim_one(ground, 3), answered(204), 3);
    assert_eq!(record(ground, slice::from_ref(&done)), []);
    let after = detail(ground, id);
    let expected = Delivery {
        status: DeliveryStatus::Delivered,
        attempts: 1,
        due_at: None,
        delivered_at: Some(done.ended_at),
        updated_at: done.ended_at,
        ..before.delivery
    };
    assert_eq!(after.delivery, expected);
    assert_eq!(after.attempts, [done.attempt]);
    assert_eq!(after.headers, headers("again"));
    assert_eq!(after.payload, before.payload);
    assert_eq!(claim(ground, 9), []);
}

/// It is due again when its schedule says so, and goes on from there.
pub fn a_failure_moves_a_delivery_in_its_schedule(ground: &impl DeliveryGround) {
    let [here, _] = ground.orgs();
    let endpoint = endpoint(ground, here, 1);
    let id = delivered_to(ground, &endpoint, 2);
    let refused = Outcome::Failed {
        error: "the receiver closed the connection".to_owned(),
    };
    let failed = attempted(&claim_one(ground, 3), refused, 3);
    record(ground, slice::from_ref(&failed));
    let after = detail(ground, id);
    assert_eq!(after.delivery.status, DeliveryStatus::Failed);
    assert_eq!(after.delivery.failures, 1);
    assert_eq!(after.delivery.due_at, failed.settled.due_at);
    assert_eq!(after.delivery.delivered_at, None);
    assert_eq!(after.attempts, slice::from_ref(&failed.attempt));
    assert_eq!(claim(ground, 3), [], "it is due in some seconds");
    let again = claim_one(ground, 4);
    assert_eq!((again.number, again.failures), (2, 1));
    let delivered = attempted(&again, answered(200), 4);
    record(ground, slice::from_ref(&delivered));
    let after = detail(ground, id);
    assert_eq!((after.delivery.attempts, after.delivery.failures), (2, 0));
    assert_eq!(after.attempts, [failed.attempt, delivered.attempt]);
}

/// The last attempt of the schedule leaves a delivery that is due no more.
pub fn the_last_failure_exhausts_a_delivery(ground: &impl DeliveryGround) {
    let [here, _] = ground.orgs();
    let endpoint = endpoint(ground, here, 1);
    let id = delivered_to(ground, &endpoint, 2);
    assert_eq!(fail(ground, 8, 3), None);
    let log = detail(ground, id);
    let numbers: Vec<_> = log.attempts.iter().map(|one| one.number).collect();
    assert_eq!(numbers, [1, 2, 3, 4, 5, 6, 7, 8]);
    let after = log.delivery;
    assert_eq!(after.status, DeliveryStatus::Exhausted);
    assert_eq!((after.failures, after.attempts), (8, 8));
    assert_eq!(after.due_at, None);
    assert_eq!(claim(ground, 250), []);
}

/// Where nothing was sent, the headers are those that were sent last.
pub fn an_attempt_that_was_not_signed_leaves_the_headers(ground: &impl DeliveryGround) {
    let [here, _] = ground.orgs();
    let endpoint = endpoint(ground, here, 1);
    let id = delivered_to(ground, &endpoint, 2);
    let unsigned = Outcome::Failed {
        error: "no secret".to_owned(),
    };
    let unsigned = Attempted {
        headers: None,
        ..attempted(&claim_one(ground, 3), unsigned, 3)
    };
    record(ground, &[unsigned]);
    let after = detail(ground, id);
    assert_eq!(after.headers, headers("first"));
    assert_eq!(after.attempts.len(), 1);
}

/// What happened to it meanwhile keeps nothing else from being recorded.
pub fn what_is_gone_is_passed_over(ground: &impl DeliveryGround) {
    let [here, there] = ground.orgs();
    let (gone, left) = (endpoint(ground, here, 1), endpoint(ground, there, 1));
    let lost = delivered_to(ground, &gone, 2);
    let kept = delivered_to(ground, &left, 2);
    let claimed = claim(ground, 3);
    assert_eq!(ids(&claimed), [lost, kept]);
    let told = entry("webhook_endpoint.deleted", gone.id, 4);
    let deleted = ground
        .store()
        .delete(gone.id.into(), &mut |_| Ok(told.clone()));
    deleted.expect("deleted");
    let all = claimed.iter();
    let all: Vec<_> = all.map(|one| attempted(one, answered(500), 5)).collect();
    assert_eq!(record(ground, &all), [(left.id, all[0].ended_at)]);
    assert_eq!(find(ground, lost), None);
    let kept = detail(ground, kept).delivery;
    assert_eq!(kept.status, DeliveryStatus::Failed);
    assert_eq!(record(ground, &[]), []);
}

/// An endpoint is failing from its first failure until a success, and it is told since when.
pub fn an_endpoint_fails_from_a_failure_to_a_success(ground: &impl DeliveryGround) {
    let [here, _] = ground.orgs();
    let (sick, well) = (endpoint(ground, here, 1), endpoint(ground, here, 2));
    let since = |id| scene::find(ground, id).and_then(|endpoint| endpoint.failing_since);
    delivered_to(ground, &sick, 2);
    let claimed = claim(ground, 3);
    let answers = claimed.iter().map(|one| {
        let status = if one.endpoint == sick.id { 500 } else { 200 };
        attempted(one, answered(status), 3)
    });
    let answers: Vec<_> = answers.collect();
    let first = answers[0].ended_at;
    assert_eq!(record(ground, &answers), [(sick.id, first)]);
    assert_eq!((since(sick.id), since(well.id)), (Some(first), None));
    let again = attempted(&claim_one(ground, 4), answered(503), 4);
    assert_eq!(record(ground, slice::from_ref(&again)), [(sick.id, first)]);
    assert_eq!(since(sick.id), Some(first));
    answer(ground, 200, 20);
    assert_eq!(since(sick.id), None);
    let before = scene::find(ground, sick.id).expect("it is there");
    assert_eq!(before, sick, "nothing else of it has changed");
}

/// What the sender itself could not do is logged, and tried again, and the endpoint has not failed.
pub fn a_fault_of_the_senders_is_no_failure_of_the_endpoint(ground: &impl DeliveryGround) {
    let [here, _] = ground.orgs();
    let endpoint = endpoint(ground, here, 1);
    let id = delivered_to(ground, &endpoint, 2);
    let since = || {
        scene::find(ground, endpoint.id)
            .expect("it is there")
            .failing_since
    };
    let fault = |number| Attempted {
        headers: None,
        doing: Doing::Sender,
        ..attempted(
            &claim_one(ground, number),
            Outcome::Failed {
                error: "no secret opens".to_owned(),
            },
            number,
        )
    };
    assert_eq!(record(ground, &[fault(3)]), []);
    assert_eq!(since(), None);
    let failed = answer(ground, 500, 9);
    assert_eq!(since(), Some(failed.ended_at));
    assert_eq!(record(ground, &[fault(20)]), []);
    assert_eq!(
        since(),
        Some(failed.ended_at),
        "it has not succeeded either"
    );
    assert_eq!(detail(ground, id).delivery.failures, 3);
}

/// Receivers answer what they like. What a store cannot keep of a text is replaced, and nothing else is
/// lost for it.
pub fn whatever_a_receiver_answers_is_logged(ground: &impl DeliveryGround) {
    let [here, _] = ground.orgs();
    let endpoint = endpoint(ground, here, 1);
    let id = delivered_to(ground, &endpoint, 2);
    let zero = "a\0b \u{FFFD}\r\n\u{1}\u{202E}";
    let answer = Outcome::Answered {
        status: 999,
        body: zero.to_owned(),
        retry_after: None,
    };
    record(ground, &[attempted(&claim_one(ground, 3), answer, 3)]);
    let failure = Outcome::Failed {
        error: zero.to_owned(),
    };
    record(ground, &[attempted(&claim_one(ground, 9), failure, 9)]);
    let logged = detail(ground, id).attempts.into_iter();
    let texts = logged.map(|attempt| match attempt.outcome {
        Outcome::Answered { body, .. } => body,
        Outcome::Failed { error } => error,
    });
    let kept = zero.replace('\0', "\u{FFFD}");
    for text in texts {
        assert!(text == zero || text == kept, "{text:?}");
    }
    assert_eq!(detail(ground, id).delivery.attempts, 2);
}
