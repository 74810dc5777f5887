//! What is due is sent, and when.

use org_webhooks::delivery::DeliveryStatus;

use super::*;

#[tokio::test(start_paused = true)]
async fn a_ring_is_answered_at_once_and_a_second_without_one() {
    for (rings, wait) in [(true, 0..=50), (false, 500..=1100)] {
        let scene = Scene::new(|_, _| Answer::Status(200));
        let (endpoint, _) = scene.endpoint("/");
        let sender = scene.start();
        scene.until_all(|| scene.shaky.claims() > 0).await;
        let told = time::Instant::now();
        scene.tell(1);
        if rings {
            scene.bell.notify_one();
        }
        scene
            .until(&endpoint, |one| one.status == DeliveryStatus::Delivered)
            .await;
        let waited = scene.receivers.times("/")[0].duration_since(told);
        assert!(wait.contains(&waited.as_millis()), "{rings}: {waited:?}");
        sender.stop().await;
    }
}

#[tokio::test(start_paused = true)]
async fn what_failed_is_sent_again_when_it_is_due_under_the_same_id() {
    let scene = Scene::new(|_, number| match number {
        0 | 1 => Answer::Status(500),
        _ => Answer::Status(200),
    });
    let (endpoint, _) = scene.endpoint("/");
    scene.tell(1);
    let sender = scene.start();
    scene
        .until(&endpoint, |one| one.status == DeliveryStatus::Delivered)
        .await;
    sender.stop().await;
    let times = scene.receivers.times("/");
    let waits: Vec<_> = times
        .windows(2)
        .map(|pair| pair[1].duration_since(pair[0]))
        .collect();
    for (waited, scheduled) in waits.iter().zip([5, 300]) {
        let late = waited.checked_sub(Duration::from_secs(scheduled));
        let late = late.expect("not before it is due");
        assert!(
            late <= Duration::from_millis(1100),
            "{waited:?} for {scheduled} s"
        );
    }
    assert_eq!(waits.len(), 2);
    let detail = scene.delivery(&endpoint);
    assert_eq!(
        detail.headers["webhook-id"],
        detail.delivery.message.to_string()
    );
    let last = scene.receivers.last();
    assert_eq!(
        last.headers["webhook-id"],
        detail.delivery.message.to_string()
    );
    let signed_at = detail.attempts[2].started_at.to_utc().unix_timestamp();
    assert_eq!(last.headers["webhook-timestamp"], signed_at.to_string());
}

#[tokio::test(start_paused = true)]
async fn a_delivery_that_never_succeeds_is_exhausted_after_eight_attempts() {
    let scene = Scene::new(|_, _| Answer::Closed);
    let (endpoint, _) = scene.endpoint("/");
    scene.tell(1);
    for attempts in 1..=8 {
        let sender = scene.start();
        scene
            .until(&endpoint, |one| {
                one.attempts == attempts && one.failures == attempts
            })
            .await;
        sender.stop().await;
        let Some(due_at) = scene.delivery(&endpoint).delivery.due_at else {
            break;
        };
        let wait = due_at.since(scene.clock.now()).max(::time::Duration::ZERO);
        // Nobody is sending: the hours pass at once.
        time::advance(wait.unsigned_abs()).await;
    }
    let detail = scene.delivery(&endpoint);
    assert_eq!(detail.delivery.status, DeliveryStatus::Exhausted);
    assert_eq!((detail.attempts.len(), scene.receivers.calls("/")), (8, 8));
}
