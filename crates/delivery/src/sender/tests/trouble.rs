//! The store is away, or broken, and comes back.

use org_webhooks::delivery::DeliveryStatus;

use super::shaky::State::{Away, Held, Panicking, Picky, Well};
use super::*;

#[tokio::test(start_paused = true)]
async fn what_ends_while_the_store_is_away_is_recorded_once_it_is_back() {
    for trouble in [Away, Panicking] {
        let scene = Scene::new(|_, _| Answer::Slow(Duration::from_secs(2)));
        let (endpoint, _) = scene.endpoint("/");
        scene.tell(20);
        let sender = scene.start();
        scene.until_all(|| scene.receivers.now() == 8).await;
        scene.shaky.is(trouble);
        for _ in 0..200 {
            scene.bell.notify_one();
            time::sleep(Duration::from_millis(100)).await;
        }
        assert_eq!(scene.receivers.now(), 0);
        assert_eq!(scene.receivers.calls("/"), 8, "nothing more is claimed");
        let asked = scene.shaky.asked();
        assert!(
            (10..=30).contains(&asked),
            "about once a second, whoever rings: {asked}"
        );
        scene.shaky.is(Well);
        scene
            .until(&endpoint, |one| one.status == DeliveryStatus::Delivered)
            .await;
        assert_eq!(scene.receivers.calls("/"), 20, "nothing was sent twice");
        assert!(
            scene
                .deliveries(&endpoint)
                .iter()
                .all(|one| one.attempts == 1)
        );
        sender.stop().await;
    }
}

#[tokio::test(start_paused = true)]
async fn a_store_that_is_away_at_first_is_asked_again() {
    let scene = Scene::new(|_, _| Answer::Status(200));
    let (endpoint, _) = scene.endpoint("/");
    scene.tell(1);
    scene.shaky.is(Away);
    let sender = scene.start();
    scene.until_all(|| scene.shaky.claims() > 3).await;
    scene.shaky.is(Well);
    scene
        .until(&endpoint, |one| one.status == DeliveryStatus::Delivered)
        .await;
    sender.stop().await;
}

#[tokio::test(start_paused = true)]
async fn an_attempt_that_the_store_never_takes_keeps_no_other_from_being_recorded() {
    let scene = Scene::new(|path, _| match path {
        "/teapot" => Answer::Status(418),
        _ => Answer::Status(200),
    });
    let (odd, plain) = (scene.endpoint("/teapot").0, scene.endpoint("/plain").0);
    scene.shaky.is(Picky);
    scene.tell(5);
    let sender = scene.start();
    scene
        .until(&plain, |one| one.status == DeliveryStatus::Delivered)
        .await;
    assert!(
        scene
            .deliveries(&odd)
            .iter()
            .all(|one| one.status == DeliveryStatus::Pending)
    );
    scene.tell(5);
    scene
        .until(&plain, |one| one.status == DeliveryStatus::Delivered)
        .await;
    scene.shaky.is(Well);
    scene
        .until(&odd, |one| one.status == DeliveryStatus::Failed)
        .await;
    sender.stop().await;
}

/// Two endpoints, one of which answers 418, and somebody holds whatever it answered.
fn held() -> (Scene, Endpoint, Endpoint) {
    let scene = Scene::new(|path, _| match path {
        "/teapot" => Answer::Status(418),
        _ => Answer::Status(200),
    });
    let (odd, plain) = (scene.endpoint("/teapot").0, scene.endpoint("/plain").0);
    scene.shaky.is(Held);
    (scene, odd, plain)
}

#[tokio::test(start_paused = true)]
async fn what_somebody_else_holds_holds_up_nothing_else_and_takes_its_slots() {
    let (scene, odd, plain) = held();
    scene.tell(50);
    let sender = scene.start();
    scene
        .until(&plain, |one| one.status == DeliveryStatus::Delivered)
        .await;
    let took = scene.clock.now().since(first());
    assert!(took < ::time::Duration::SECOND, "{took}");
    time::sleep(Duration::from_mins(5)).await;
    let calls = scene.receivers.calls("/teapot");
    assert_eq!(calls, 8, "no more than its slots are on hand");
    scene.shaky.is(Well);
    scene
        .until(&odd, |one| one.status == DeliveryStatus::Failed)
        .await;
    sender.stop().await;
}

#[tokio::test(start_paused = true)]
async fn what_somebody_else_holds_takes_room() {
    let (scene, odd, plain) = held();
    let limits = SenderLimits {
        in_all: 8,
        ..SenderLimits::default()
    };
    let sender = scene.start_with(limits, master_key());
    scene.tell(8);
    scene
        .until_all(|| scene.receivers.calls("/teapot") == 8)
        .await;
    let calls = scene.receivers.calls("/plain");
    scene.tell(8);
    time::sleep(Duration::from_mins(5)).await;
    assert_eq!(scene.receivers.calls("/plain"), calls, "there is no room");
    scene.shaky.is(Well);
    for (endpoint, status) in [
        (&plain, DeliveryStatus::Delivered),
        (&odd, DeliveryStatus::Failed),
    ] {
        scene.until(endpoint, |one| one.status == status).await;
    }
    sender.stop().await;
}
