//! Endpoints share the sender, and none is held up by another.

use org_webhooks::delivery::DeliveryStatus;

use super::*;

fn hanging_or_quick(path: &str, _: usize) -> Answer {
    match path {
        "/hangs" => Answer::Hang,
        _ => Answer::Status(200),
    }
}

#[tokio::test(start_paused = true)]
async fn an_endpoint_that_hangs_delays_nobody_else() {
    let scene = Scene::new(hanging_or_quick);
    let (hangs, quick) = (scene.endpoint("/hangs").0, scene.endpoint("/quick").0);
    scene.tell(200);
    let sender = scene.start();
    scene
        .until(&quick, |one| one.status == DeliveryStatus::Delivered)
        .await;
    assert_eq!(scene.receivers.calls("/quick"), 200);
    let took = scene.clock.now().since(first());
    assert!(took < ::time::Duration::SECOND, "{took}");
    assert_eq!(scene.receivers.now(), 8);
    assert!(
        scene
            .deliveries(&hangs)
            .iter()
            .all(|one| one.status == DeliveryStatus::Pending)
    );
    sender.stop().await;
}

#[tokio::test(start_paused = true)]
async fn no_endpoint_gets_more_at_once_than_its_share() {
    let scene = Scene::new(|_, _| Answer::Slow(Duration::from_secs(2)));
    let (one, other) = (scene.endpoint("/one").0, scene.endpoint("/other").0);
    scene.tell(50);
    let limits = SenderLimits {
        per_endpoint: 3,
        ..SenderLimits::default()
    };
    let sender = scene.start_with(limits, master_key());
    for (endpoint, path) in [(&one, "/one"), (&other, "/other")] {
        scene
            .until(endpoint, |one| one.status == DeliveryStatus::Delivered)
            .await;
        assert_eq!(
            scene.receivers.most_at_once(path),
            3,
            "all of its share, and no more"
        );
        assert_eq!(scene.receivers.calls(path), 50);
    }
    sender.stop().await;
}

#[tokio::test(start_paused = true)]
async fn no_more_is_sent_at_once_than_there_are_slots() {
    let scene = Scene::new(|_, _| Answer::Slow(Duration::from_secs(2)));
    let endpoints = ["/", "/", "/", "/"].map(|path| scene.endpoint(path).0);
    scene.tell(20);
    let limits = SenderLimits {
        in_all: 5,
        ..SenderLimits::default()
    };
    let sender = scene.start_with(limits, master_key());
    for endpoint in &endpoints {
        scene
            .until(endpoint, |one| one.status == DeliveryStatus::Delivered)
            .await;
    }
    assert_eq!(scene.receivers.most_at_once("/"), 5);
    assert_eq!(scene.receivers.calls("/"), 80);
    sender.stop().await;
}

#[tokio::test(start_paused = true)]
async fn two_senders_send_nothing_twice() {
    let scene = Scene::new(|_, _| Answer::Slow(Duration::from_secs(14)));
    let (endpoint, _) = scene.endpoint("/");
    scene.tell(60);
    let senders = [scene.start(), scene.start()];
    scene
        .until(&endpoint, |one| one.status == DeliveryStatus::Delivered)
        .await;
    assert_eq!(scene.receivers.calls("/"), 60);
    for sender in senders {
        sender.stop().await;
    }
}
