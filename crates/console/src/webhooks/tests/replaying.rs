//! Replays: what is counted, what is sent again, and what a form does that is sent twice.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use org_kernel::audit::Entry;
use org_kernel::instant::Instant;
use org_kernel::{StoreError, WriteError};
use org_webhooks::deliveries::Deliveries;
use org_webhooks::delivery::{Delivery, DeliveryDetail, DeliveryStatus};
use org_webhooks::delivery_log::{
    DeliveryLog, DeliveryQuery, DeliveryTarget, NotReplayed, NotResent, Replay, ReplayCount,
    Replayed, SignedDelivery,
};
use org_webhooks::endpoint::Endpoint;
use org_webhooks::endpoint_store::NoSuchEndpoint;
use time::Duration;

use super::forms::hidden;
use super::*;
use crate::testing::{Browser, Page};

#[actix_web::test]
async fn a_replay_says_how_many_deliveries_it_would_send() {
    let world = World::new();
    let endpoint = world.endpoint(world.vienna, "one");
    for _ in 0..3 {
        world.happens(world.vienna, DeliveryMode::Record);
        world.clock.advance(Duration::HOUR);
    }
    let replay = format!("{}/replay", path(endpoint.id));
    let browser = world.signed_in(Role::Admin);
    let yesterday = "value=\"2026-03-13T22:30\"";
    let ask = browser.get(&replay).await;
    ask.shows(200, &["Made since", "only records", yesterday]);
    // It is half past seven in Vienna when the first was made.
    for (since, words) in [
        ("2026-03-14T19:30", "3 deliveries"),
        ("2026-03-14T20:00", "2 deliveries"),
        ("2026-03-14T21:30", "1 delivery<"),
        ("2026-03-14T23:00", "0 deliveries"),
    ] {
        let page = browser.get(&format!("{replay}?since={since}")).await;
        page.shows(200, &[words]);
    }
    assert!(
        world
            .log(&endpoint)
            .iter()
            .all(|delivery| delivery.due_at.is_none())
    );
}

/// Which deliveries to an endpoint are due, the newest first.
fn due(world: &World, endpoint: &Endpoint) -> Vec<bool> {
    let log = world.log(endpoint).into_iter();
    log.map(|delivery| delivery.due_at.is_some()).collect()
}

/// Asks how many were made since eight in the evening, and sends the form that the answer has.
async fn count(browser: &Browser<'_>, replay: &str) -> [(&'static str, String); 3] {
    let page = browser
        .get(&format!("{replay}?since=2026-03-14T20:00"))
        .await;
    page.shows(200, &[]);
    ["id", "since", "until"].map(|name| (name, hidden(&page, name).to_owned()))
}

async fn send(browser: &Browser<'_>, replay: &str, form: &[(&'static str, String); 3]) -> Page {
    let form = form.each_ref().map(|(name, value)| (*name, value.as_str()));
    browser.post(replay, &form).await
}

#[actix_web::test]
async fn a_replay_sends_what_was_counted_and_nothing_that_was_made_since() {
    let world = World::new();
    let endpoint = world.endpoint(world.vienna, "one");
    for _ in 0..3 {
        world.happens(world.vienna, DeliveryMode::Record);
        world.clock.advance(Duration::HOUR);
    }
    let (here, browser) = (path(endpoint.id), world.signed_in(Role::Admin));
    let replay = format!("{here}/replay");
    let form = count(&browser, &replay).await;
    world.happens(world.vienna, DeliveryMode::Record);
    world.clock.advance(Duration::HOUR);
    assert_eq!(due(&world, &endpoint), [false; 4]);
    let page = send(&browser, &replay, &form).await;
    assert_eq!(
        page.location,
        Some(format!("{here}?done=endpoint-replayed"))
    );
    assert_eq!(due(&world, &endpoint), [false, true, true, false]);
}

/// As after a proxy's 504: what was delivered in between is not sent once more.
#[actix_web::test]
async fn a_form_that_is_sent_twice_replays_once() {
    let world = World::new();
    let endpoint = world.endpoint(world.vienna, "one");
    world.clock.advance(Duration::HOUR);
    world.happens(world.vienna, DeliveryMode::Record);
    world.clock.advance(Duration::HOUR);
    let (here, browser) = (path(endpoint.id), world.signed_in(Role::Admin));
    let replay = format!("{here}/replay");
    let form = count(&browser, &replay).await;
    send(&browser, &replay, &form).await.shows(303, &[]);
    world.attempt(Outcome::Answered {
        status: 200,
        body: String::new(),
        retry_after: None,
    });
    assert_eq!(world.log(&endpoint)[0].status, DeliveryStatus::Delivered);
    let page = send(&browser, &replay, &form).await;
    assert_eq!(page.status, 303);
    assert_eq!(world.log(&endpoint)[0].status, DeliveryStatus::Delivered);
    let page = browser.get(&page.location.expect("a page")).await;
    page.shows(200, &["was asked for before", "https://hooks.example/one"]);
    let anew = count(&browser, &replay).await;
    send(&browser, &replay, &anew).await.shows(303, &[]);
    assert_eq!(due(&world, &endpoint), [true]);
}

#[actix_web::test]
async fn a_form_that_is_none_of_ours_replays_nothing() {
    let world = World::new();
    let endpoint = world.endpoint(world.vienna, "one");
    world.clock.advance(Duration::HOUR);
    world.happens(world.vienna, DeliveryMode::Record);
    world.clock.advance(Duration::HOUR);
    let browser = world.signed_in(Role::Admin);
    let replay = format!("{}/replay", path(endpoint.id));
    let good = count(&browser, &replay).await;
    for (place, wrong) in [
        (0, ""),
        (0, "67e55044-10b1-426f-9247-bb680e5fe0c8"),
        (1, "x"),
        (2, ""),
    ] {
        let mut form = good.clone();
        form[place].1 = wrong.to_owned();
        send(&browser, &replay, &form)
            .await
            .shows(403, &["out of date"]);
    }
    assert_eq!(due(&world, &endpoint), [false]);
}

/// A log that replays one part, and then fails, as when the database goes away.
struct Breaking {
    log: Arc<dyn DeliveryLog>,
    broken: AtomicBool,
}

impl DeliveryLog for Breaking {
    fn deliveries(&self, query: &DeliveryQuery) -> Result<Vec<Delivery>, StoreError> {
        self.log.deliveries(query)
    }

    fn signed_deliveries(&self, query: &DeliveryQuery) -> Result<Vec<SignedDelivery>, StoreError> {
        self.log.signed_deliveries(query)
    }

    fn delivery(&self, target: DeliveryTarget) -> Result<Option<DeliveryDetail>, StoreError> {
        self.log.delivery(target)
    }

    fn insert_test(
        &self,
        test: &SignedDelivery,
        entry: &Entry,
    ) -> Result<(), WriteError<NoSuchEndpoint>> {
        self.log.insert_test(test, entry)
    }

    fn resend(
        &self,
        target: DeliveryTarget,
        now: Instant,
        entry: &Entry,
    ) -> Result<Delivery, WriteError<NotResent>> {
        self.log.resend(target, now, entry)
    }

    fn replay(&self, replay: &Replay<'_>) -> Result<Replayed, WriteError<NotReplayed>> {
        if self.broken.swap(true, Ordering::Relaxed) {
            return Err(StoreError::unavailable("the network").into());
        }
        self.log.replay(&Replay { most: 2, ..*replay })
    }

    fn count_replay(&self, replay: &ReplayCount) -> Result<u32, WriteError<NoSuchEndpoint>> {
        self.log.count_replay(replay)
    }

    fn forget_deliveries_before(&self, before: Instant, most: u32) -> Result<u32, StoreError> {
        self.log.forget_deliveries_before(before, most)
    }
}

#[actix_web::test]
async fn a_replay_that_stops_half_way_says_how_many_are_due() {
    let mut world = World::new();
    let endpoint = world.endpoint(world.vienna, "one");
    for _ in 0..3 {
        world.clock.advance(Duration::HOUR);
        world.happens(world.vienna, DeliveryMode::Record);
    }
    world.clock.advance(Duration::HOUR);
    let log = Breaking {
        log: Arc::clone(&world.hooks) as _,
        broken: AtomicBool::new(false),
    };
    world.ports.deliveries = Arc::new(Deliveries::new(
        Arc::new(log),
        Arc::clone(&world.ports.endpoints),
        Arc::clone(&world.ports.clock),
        Arc::clone(&world.ports.ids),
    ));
    let (here, browser) = (path(endpoint.id), world.signed_in(Role::Admin));
    let replay = format!("{here}/replay");
    let form = count(&browser, &replay).await;
    let again = format!("href=\"{replay}?since=2026-03-14T20:00\"");
    let page = send(&browser, &replay, &form).await;
    page.shows(503, &["stopped half-way", "2 deliveries are due", &again]);
    assert_eq!(due(&world, &endpoint), [false, true, true]);
}
