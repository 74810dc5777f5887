//! What comes of an attempt is in the log, and what it means for its endpoint is done.

use org_kernel::audit::{AuditTrail, Change, Entry, EntryQuery};
use org_webhooks::delivery::{Attempt, DeliveryStatus, Outcome};
use org_webhooks::endpoint::DisabledBecause;
use org_webhooks::endpoint_store::Rotation;
use org_webhooks::verification::{Received, TOLERANCE, verify};

use super::*;

/// Sends one event to one endpoint that answers so, and waits for what comes of it.
async fn sent(answer: impl Fn() -> Answer + Send + Sync + 'static) -> (Scene, Endpoint) {
    let scene = Scene::new(move |_, _| answer());
    let (endpoint, _) = scene.endpoint("/");
    scene.tell(1);
    let sender = scene.start();
    scene
        .until(&endpoint, |one| one.status != DeliveryStatus::Pending)
        .await;
    sender.stop().await;
    (scene, endpoint)
}

fn failed(error: &str) -> Outcome {
    Outcome::Failed {
        error: error.to_owned(),
    }
}

fn answered(status: u16) -> Outcome {
    Outcome::Answered {
        status,
        body: format!("this is {status}"),
        retry_after: None,
    }
}

/// Disables or enables nothing, and notes since when an endpoint has failed.
fn note_failing_since(scene: &Scene, endpoint: &Endpoint, since: Instant) {
    let noted = scene.store.edit(endpoint.id.into(), &mut |before| {
        let after = Endpoint {
            failing_since: Some(since),
            ..before.clone()
        };
        let noted = Change::new(scene.ids.uuid(), first(), "test.noted", endpoint.id);
        Ok(Some((after, Entry::of(noted, &Origin::OPERATOR))))
    });
    noted.expect("noted");
}

fn actions(scene: &Scene) -> Vec<String> {
    let query = EntryQuery {
        org: Some(scene.org),
        limit: 100,
        ..EntryQuery::default()
    };
    let entries = scene.store.entries(&query).expect("the trail");
    entries.into_iter().map(|entry| entry.action).collect()
}

#[tokio::test(start_paused = true)]
async fn what_is_accepted_is_delivered_as_it_was_signed() {
    let scene = Scene::new(|_, _| Answer::Status(204));
    let (endpoint, secret) = scene.endpoint("/hook");
    let [event] = scene.tell(1)[..] else {
        panic!("one event");
    };
    let sender = scene.start();
    scene
        .until(&endpoint, |one| one.status == DeliveryStatus::Delivered)
        .await;
    sender.stop().await;
    let (detail, posted) = (scene.delivery(&endpoint), scene.receivers.last());
    assert_eq!(
        (posted.path.as_str(), scene.receivers.calls("/hook")),
        ("/hook", 0)
    );
    assert_eq!(posted.body, format!(r#"{{"id":"{event}"}}"#));
    assert_eq!(posted.headers, detail.headers);
    let pairs = posted.headers.iter();
    let pairs = pairs.map(|(name, value)| (name.as_str(), value.as_str()));
    let received = Received::from_headers(pairs, posted.body.as_bytes()).expect("all headers");
    assert_eq!(received.id, event.to_string());
    assert_eq!(
        verify(received, &[secret], scene.clock.now(), TOLERANCE),
        Ok(())
    );
    let attempt = Attempt {
        number: 1,
        started_at: first(),
        took: Some(::time::Duration::ZERO),
        outcome: answered(204),
    };
    assert_eq!(detail.attempts, [attempt]);
    assert_eq!(detail.delivery.delivered_at, Some(first()));
    assert_eq!(scene.find(&endpoint).failing_since, None);
}

#[tokio::test(start_paused = true)]
async fn what_is_refused_is_tried_again_in_five_seconds() {
    let (scene, endpoint) = sent(|| Answer::Status(500)).await;
    let detail = scene.delivery(&endpoint);
    assert_eq!(detail.delivery.status, DeliveryStatus::Failed);
    assert_eq!(detail.delivery.due_at, Some(after(Duration::from_secs(5))));
    assert_eq!(detail.attempts[0].outcome, answered(500));
    assert_eq!(scene.find(&endpoint).failing_since, Some(first()));
}

#[tokio::test(start_paused = true)]
async fn a_busy_receiver_is_left_alone_for_as_long_as_it_asks() {
    let (scene, endpoint) = sent(|| Answer::Busy(Duration::from_mins(7))).await;
    let due_at = scene.delivery(&endpoint).delivery.due_at;
    assert_eq!(due_at, Some(after(Duration::from_mins(7))));
}

#[tokio::test(start_paused = true)]
async fn without_an_answer_the_log_has_the_reason() {
    let (scene, endpoint) = sent(|| Answer::Closed).await;
    let detail = scene.delivery(&endpoint);
    assert_eq!(detail.delivery.status, DeliveryStatus::Failed);
    assert_eq!(detail.attempts[0].outcome, failed("connection closed"));
}

#[tokio::test(start_paused = true)]
async fn no_attempt_outlives_its_lease() {
    let (scene, endpoint) = sent(|| Answer::Hang).await;
    let detail = scene.delivery(&endpoint);
    let error = "given up: nobody knew the answer when the lease ended";
    assert_eq!(detail.attempts[0].outcome, failed(error));
    let lease = SenderLimits::default().lease;
    assert_eq!(detail.attempts[0].took, Some(lease));
    assert_eq!(scene.receivers.now(), 0, "it is hung up on");
    assert_eq!(scene.find(&endpoint).failing_since, None);
}

#[tokio::test(start_paused = true)]
async fn an_attempt_that_panics_has_failed_and_frees_its_slot() {
    let scene = Scene::new(|_, number| match number {
        0 => Answer::Panic,
        _ => Answer::Status(200),
    });
    let (endpoint, _) = scene.endpoint("/");
    scene.tell(1);
    let limits = SenderLimits {
        in_all: 1,
        ..SenderLimits::default()
    };
    let sender = scene.start_with(limits, master_key());
    scene
        .until(&endpoint, |one| one.status == DeliveryStatus::Delivered)
        .await;
    sender.stop().await;
    let outcomes = scene.delivery(&endpoint).attempts.into_iter();
    let outcomes: Vec<_> = outcomes.map(|attempt| attempt.outcome).collect();
    let error = "the sender panicked at this attempt";
    assert_eq!(outcomes, [failed(error), answered(200)]);
}

#[tokio::test(start_paused = true)]
async fn an_endpoint_has_not_failed_where_an_attempt_panics() {
    let (scene, endpoint) = sent(|| Answer::Panic).await;
    let delivery = scene.delivery(&endpoint).delivery;
    assert_eq!(delivery.status, DeliveryStatus::Failed);
    assert_eq!(scene.find(&endpoint).failing_since, None);
}

#[tokio::test(start_paused = true)]
async fn what_cannot_be_signed_under_this_key_waits_for_a_sender_that_has_the_other() {
    let scene = Scene::new(|_, _| Answer::Status(200));
    let (endpoint, _) = scene.endpoint("/");
    scene.tell(1);
    let other_key = MasterKey::parse(&format!("{}=", "B".repeat(42) + "A")).expect("a key");
    let stranger = scene.start_with(SenderLimits::default(), other_key);
    time::sleep(Duration::from_mins(5)).await;
    stranger.stop().await;
    assert_eq!(scene.delivery(&endpoint).delivery.attempts, 0);
    assert_eq!(scene.receivers.calls("/"), 0);
    let sender = scene.start();
    scene
        .until(&endpoint, |one| one.status == DeliveryStatus::Delivered)
        .await;
    sender.stop().await;
}

/// Somebody has touched the newest secret of an endpoint where it is stored.
fn tamper(scene: &Scene, endpoint: &Endpoint) {
    let now = scene.clock.now();
    let secrets = scene.store.secrets(endpoint.id.into()).expect("answered");
    let mut secret = secrets[0].clone();
    secret.sealed.ciphertext[0] ^= 1;
    let rotation = Rotation {
        secret,
        old_until: now,
        replaces: None,
    };
    let told = Change::new(scene.ids.uuid(), now, "test.tampered", endpoint.id);
    let told = Entry::of(told, &Origin::OPERATOR);
    let stored = scene.store.rotate(endpoint.id.into(), &rotation, &told);
    stored.expect("stored");
}

#[tokio::test(start_paused = true)]
async fn what_a_tampered_secret_would_sign_is_not_sent() {
    let scene = Scene::new(|_, _| Answer::Status(200));
    let (endpoint, _) = scene.endpoint("/");
    scene.tell(1);
    tamper(&scene, &endpoint);
    let sender = scene.start();
    scene
        .until(&endpoint, |one| one.status == DeliveryStatus::Failed)
        .await;
    sender.stop().await;
    let error = "not sent: the endpoint's secret does not open, so nothing could be signed";
    assert_eq!(scene.delivery(&endpoint).attempts[0].outcome, failed(error));
    assert_eq!(scene.receivers.calls("/"), 0);
    assert_eq!(scene.find(&endpoint).failing_since, None);
}

#[tokio::test(start_paused = true)]
async fn an_endpoint_that_is_gone_is_disabled_and_hears_of_nothing_more() {
    let scene = Scene::new(|_, _| Answer::Status(410));
    let (endpoint, _) = scene.endpoint("/");
    scene.tell(20);
    let sender = scene.start();
    scene.until_all(|| !scene.find(&endpoint).enabled).await;
    time::sleep(Duration::from_mins(5)).await;
    sender.stop().await;
    let disabled = scene.find(&endpoint);
    assert_eq!(disabled.disabled_because, Some(DisabledBecause::Gone));
    assert_eq!(
        actions(&scene),
        ["webhook_endpoint.created", "webhook_endpoint.disabled"]
    );
    assert_eq!(scene.receivers.calls("/"), 8, "those that were in flight");
}

#[tokio::test(start_paused = true)]
async fn an_endpoint_that_has_failed_for_five_days_is_disabled() {
    let scene = Scene::new(|_, _| Answer::Status(500));
    let (old, recent) = (scene.endpoint("/old").0, scene.endpoint("/recent").0);
    let days = |days| first().saturating_add(-::time::Duration::days(days));
    note_failing_since(&scene, &old, days(5));
    note_failing_since(&scene, &recent, days(4));
    scene.tell(1);
    let sender = scene.start();
    scene
        .until(&recent, |one| one.status == DeliveryStatus::Failed)
        .await;
    sender.stop().await;
    assert_eq!(
        scene.find(&old).disabled_because,
        Some(DisabledBecause::Failing)
    );
    assert!(scene.find(&recent).enabled);
    assert_eq!(scene.find(&recent).failing_since, Some(days(4)));
}
