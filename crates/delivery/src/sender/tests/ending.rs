//! A sender that is stopped leaves nothing half done, if it can.

use org_webhooks::delivery::DeliveryStatus;

use super::shaky::State::Away;
use super::*;

/// Eight are being sent and twelve wait.
async fn busy() -> (Scene, Endpoint, Sender) {
    let scene = Scene::new(|_, _| Answer::Slow(Duration::from_secs(10)));
    let (endpoint, _) = scene.endpoint("/");
    scene.tell(20);
    let sender = scene.start();
    scene.until_all(|| scene.receivers.now() == 8).await;
    (scene, endpoint, sender)
}

fn delivered(scene: &Scene, endpoint: &Endpoint) -> usize {
    let deliveries = scene.deliveries(endpoint);
    let delivered = |one: &&Delivery| one.status == DeliveryStatus::Delivered;
    deliveries.iter().filter(delivered).count()
}

#[tokio::test(start_paused = true)]
async fn whoever_stops_it_waits_until_all_is_recorded() {
    let (scene, endpoint, sender) = busy().await;
    sender.stop().await;
    assert_eq!(delivered(&scene, &endpoint), 8);
    assert_eq!(scene.receivers.calls("/"), 8, "nothing more is begun");
    let took = scene.clock.now().since(first());
    assert!(took < ::time::Duration::seconds(12), "{took}");
}

#[tokio::test(start_paused = true)]
async fn a_sender_with_nothing_to_do_stops_at_once() {
    let scene = Scene::new(|_, _| Answer::Hang);
    let sender = scene.start();
    scene.until_all(|| scene.shaky.claims() > 0).await;
    let stopped = time::Instant::now();
    sender.stop().await;
    assert_eq!(stopped.elapsed(), Duration::ZERO);
}

#[tokio::test(start_paused = true)]
async fn a_receiver_that_hangs_holds_up_the_end_for_one_lease_at_the_most() {
    let scene = Scene::new(|_, _| Answer::Hang);
    let (endpoint, _) = scene.endpoint("/");
    scene.tell(1);
    let sender = scene.start();
    scene.until_all(|| scene.receivers.now() == 1).await;
    sender.stop().await;
    assert_eq!(
        scene.delivery(&endpoint).delivery.status,
        DeliveryStatus::Failed
    );
    let took = scene.clock.now().since(first());
    assert!(took <= ::time::Duration::seconds(31), "{took}");
}

#[tokio::test(start_paused = true)]
async fn a_store_that_stays_away_does_not_hold_up_the_end() {
    let (scene, endpoint, sender) = busy().await;
    scene.shaky.is(Away);
    sender.stop().await;
    assert_eq!(delivered(&scene, &endpoint), 0);
    let took = scene.clock.now().since(first());
    assert!(took < ::time::Duration::seconds(20), "{took}");
}

#[tokio::test(start_paused = true)]
async fn a_sender_that_is_dropped_records_what_it_has_begun() {
    let (scene, endpoint, sender) = busy().await;
    drop(sender);
    scene.until_all(|| delivered(&scene, &endpoint) == 8).await;
    time::sleep(Duration::from_mins(1)).await;
    assert_eq!(scene.receivers.calls("/"), 8);
}
