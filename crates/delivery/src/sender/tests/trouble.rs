//! The store is away, or broken, and comes back.

use org_webhooks::delivery::DeliveryStatus;

use super::shaky::State::{Away, Panicking, Picky, Well};
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
