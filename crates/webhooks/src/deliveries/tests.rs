//! The use cases on the store in memory.

use org_kernel::clock::{Clock, FrozenClock};
use org_kernel::id::OrgId;
use serde_json::json;
use time::Duration;

use super::replaying::PART;
use super::*;
use crate::delivery_log::Order;
use crate::fan_out::DeliveryMode;
use crate::testing::org;
use crate::testing::scene::Scene;

fn deliveries(scene: &Scene) -> Deliveries {
    deliveries_under(scene, 1)
}

fn deliveries_under(scene: &Scene, key: u8) -> Deliveries {
    Deliveries::new(
        Arc::clone(&scene.store) as _,
        Arc::new(scene.endpoints(key)),
        Arc::clone(&scene.clock) as _,
        Arc::clone(&scene.ids),
    )
}

/// So many deliveries that are not due, of events a minute apart.
fn recorded(scene: &Scene, events: usize) {
    let fan_out = scene.fan_out(Some(1), DeliveryMode::Record);
    for _ in 0..events {
        scene.tell(org(1));
        fan_out.round().expect("dispatched");
        scene.clock.advance(Duration::MINUTE);
    }
}

fn of(org: OrgId, id: EndpointId) -> Target {
    Target { org: Some(org), id }
}

/// Everything that was made for an endpoint since a time.
fn all(endpoint: impl Into<Target>, since: Instant) -> ReplayRequest {
    ReplayRequest {
        endpoint: endpoint.into(),
        since,
        until: None,
        id: None,
    }
}

fn now(scene: &Scene) -> Instant {
    FrozenClock::now(&scene.clock)
}

#[test]
fn a_test_is_signed_as_any_delivery_and_never_due() {
    let scene = Scene::new();
    let (endpoint, secret) = scene.endpoint();
    let tested = deliveries(&scene).test(endpoint.id, &Origin::OPERATOR);
    let tested = tested.expect("tested");
    let detail = scene.delivery(&endpoint);
    assert_eq!(detail.delivery, tested);
    assert_eq!(scene.received(&detail, &secret), Ok(()));
    assert_eq!(tested.status, DeliveryStatus::Simulated);
    assert_eq!(tested.event_type, "webhook.test");
    assert_eq!((tested.due_at, tested.attempts), (None, 0));
    let body: serde_json::Value = serde_json::from_str(&detail.payload).expect("JSON");
    let expected = json!({
        "id": tested.message.to_string(),
        "type": "webhook.test",
        "createdAt": now(&scene).to_string(),
        "data": { "endpointId": endpoint.id.to_string() },
    });
    assert_eq!(body, expected);
}

#[test]
fn a_test_is_told_with_its_delivery() {
    let scene = Scene::new();
    let (endpoint, _) = scene.endpoint();
    let tested = deliveries(&scene).test(endpoint.id, &Origin::OPERATOR);
    let tested = tested.expect("tested");
    let told = scene.told(org(1), "webhook_endpoint.tested");
    let [entry] = told.as_slice() else {
        panic!("not one entry: {told:?}");
    };
    assert_eq!(entry.subject, Some(endpoint.id.into()));
    assert_eq!(entry.details["delivery"], json!(tested.id.to_string()));
}

#[test]
fn a_disabled_endpoint_can_be_tested() {
    let scene = Scene::new();
    let (endpoint, _) = scene.endpoint();
    let disabled = scene.endpoints(1).disable(endpoint.id, &Origin::OPERATOR);
    assert!(!disabled.expect("disabled").enabled);
    let tested = deliveries(&scene).test(endpoint.id, &Origin::OPERATOR);
    assert_eq!(tested.expect("tested").status, DeliveryStatus::Simulated);
}

#[test]
fn what_cannot_be_tested_leaves_nothing() {
    let scene = Scene::new();
    let (endpoint, _) = scene.endpoint();
    let foreign = deliveries(&scene).test(of(org(2), endpoint.id), &Origin::OPERATOR);
    assert!(matches!(foreign, Err(TestError::NoSuchEndpoint)));
    let unknown = deliveries(&scene).test(EndpointId::nobody(), &Origin::OPERATOR);
    assert!(matches!(unknown, Err(TestError::NoSuchEndpoint)));
    let other_key = deliveries_under(&scene, 2).test(endpoint.id, &Origin::OPERATOR);
    assert!(matches!(
        other_key,
        Err(TestError::Secrets(SecretsError::NotOpened(_)))
    ));
    assert_eq!(scene.deliveries(&endpoint), []);
    assert_eq!(scene.told(org(1), "webhook_endpoint.tested"), []);
}

#[test]
fn what_was_only_recorded_is_due_once_it_is_resent() {
    let scene = Scene::new();
    let (endpoint, _) = scene.endpoint();
    recorded(&scene, 2);
    let [other, one] = &scene.deliveries(&endpoint)[..] else {
        panic!("two deliveries");
    };
    let resent = deliveries(&scene).resend(one.id, &Origin::OPERATOR);
    let resent = resent.expect("resent");
    assert_eq!(resent.message, one.message, "the webhook-id stays");
    assert_eq!(resent.due_at, Some(now(&scene)));
    assert_eq!(scene.detail(one).delivery, resent);
    assert_eq!(scene.detail(other).delivery, *other);
    let told = scene.told(org(1), "webhook_delivery.resent");
    let [entry] = told.as_slice() else {
        panic!("not one entry: {told:?}");
    };
    assert_eq!(entry.subject, Some(one.id.into()));
}

#[test]
fn what_cannot_be_resent_is_not_told() {
    let scene = Scene::new();
    let (endpoint, _) = scene.endpoint();
    let deliveries = deliveries(&scene);
    let test = deliveries.test(endpoint.id, &Origin::OPERATOR);
    let test = test.expect("tested");
    let simulated = deliveries.resend(test.id, &Origin::OPERATOR);
    assert!(matches!(
        simulated,
        Err(WriteError::Refused(NotResent::Simulated))
    ));
    let foreign = DeliveryTarget {
        org: Some(org(2)),
        id: test.id,
    };
    let foreign = deliveries.resend(foreign, &Origin::OPERATOR);
    assert!(matches!(
        foreign,
        Err(WriteError::Refused(NotResent::NoSuchDelivery))
    ));
    assert_eq!(scene.told(org(1), "webhook_delivery.resent"), []);
}

#[test]
fn a_replay_sends_all_again_since_a_time_and_is_told_once() {
    let scene = Scene::new();
    let (endpoint, _) = scene.endpoint();
    let start = now(&scene);
    // More than two parts, and one delivery that is too old.
    let events = 2 * usize::try_from(PART).expect("small") + 2;
    recorded(&scene, events);
    let since = start.saturating_add(Duration::MINUTE);
    let replayed = deliveries(&scene).replay(&all(endpoint.id, since), &Origin::OPERATOR);
    let expected = u64::from(2 * PART + 1);
    assert_eq!(replayed.expect("replayed"), expected);
    let now = now(&scene);
    for delivery in scene.deliveries(&endpoint) {
        let due = delivery.created_at >= since;
        assert_eq!(delivery.due_at, due.then_some(now), "{delivery:?}");
    }
    let told = scene.told(org(1), "webhook_endpoint.replayed");
    let [entry] = told.as_slice() else {
        panic!("not one entry: {told:?}");
    };
    assert_eq!(entry.subject, Some(endpoint.id.into()));
    assert_eq!(entry.details["since"], json!(since.to_string()));
}

/// A form that is sent twice asks for what was counted, and once.
#[test]
fn a_replay_of_an_id_is_done_once_and_ends_where_it_was_counted() {
    let scene = Scene::new();
    let (endpoint, _) = scene.endpoint();
    let start = now(&scene);
    recorded(&scene, 2);
    let request = ReplayRequest {
        until: Some(now(&scene)),
        id: Some(scene.ids.uuid()),
        ..all(endpoint.id, start)
    };
    recorded(&scene, 1);
    let deliveries = deliveries(&scene);
    let done = deliveries.replay(&request, &Origin::OPERATOR);
    assert_eq!(done.expect("replayed"), 2);
    let then = scene.deliveries(&endpoint);
    let due = then.iter().filter(|delivery| delivery.due_at.is_some());
    assert_eq!(due.count(), 2);
    scene.clock.advance(Duration::HOUR);
    let again = deliveries.replay(&request, &Origin::OPERATOR);
    assert!(matches!(again, Err(ReplayError::BegunAlready)), "{again:?}");
    assert_eq!(scene.deliveries(&endpoint), then);
    let told = scene.told(org(1), "webhook_endpoint.replayed");
    let [entry] = told.as_slice() else {
        panic!("not one entry: {told:?}");
    };
    assert_eq!(
        entry.details["until"],
        json!(request.until.expect("a time").to_string())
    );
}

/// What is to come is nobody's to send again.
#[test]
fn a_replay_ends_now_at_the_latest() {
    let scene = Scene::new();
    let (endpoint, _) = scene.endpoint();
    let start = now(&scene);
    recorded(&scene, 1);
    let request = ReplayRequest {
        until: Some(now(&scene).saturating_add(Duration::DAY)),
        ..all(endpoint.id, start)
    };
    let done = deliveries(&scene).replay(&request, &Origin::OPERATOR);
    assert_eq!(done.expect("replayed"), 1);
    let told = scene.told(org(1), "webhook_endpoint.replayed");
    assert_eq!(told[0].details["until"], json!(now(&scene).to_string()));
}

#[test]
fn what_a_replay_would_send_is_what_it_sends() {
    let scene = Scene::new();
    let (endpoint, _) = scene.endpoint();
    let start = now(&scene);
    recorded(&scene, 3);
    let deliveries = deliveries(&scene);
    deliveries
        .test(endpoint.id, &Origin::OPERATOR)
        .expect("tested");
    for (minutes, expected) in [(0, 3), (1, 2), (9, 0)] {
        let since = start.saturating_add(Duration::minutes(minutes));
        let said = deliveries.replayable(endpoint.id, since, now(&scene));
        let said = said.expect("counted");
        assert_eq!(said, Replayable::Exactly(expected));
        let done = deliveries.replay(&all(endpoint.id, since), &Origin::OPERATOR);
        assert_eq!(done.expect("replayed"), u64::from(expected));
    }
    let foreign = deliveries.replayable(of(org(2), endpoint.id), start, now(&scene));
    assert!(matches!(foreign, Err(WriteError::Refused(NoSuchEndpoint))));
}

/// However one comes to a page, there is a way back, and no way to where nothing is.
#[test]
fn the_log_is_turned_a_page_at_a_time() {
    let scene = Scene::new();
    let (endpoint, _) = scene.endpoint();
    recorded(&scene, 5);
    let all = scene.deliveries(&endpoint);
    let place = |number: usize| (all[number].created_at, all[number].id);
    let deliveries = deliveries(&scene);
    let query = DeliveryQuery {
        org: org(1),
        endpoint: None,
        status: None,
        event_type: None,
        from: None,
        until: None,
        order: Order::OldestFirst,
        after: None,
        limit: 2,
    };
    for (turn, expected, newer, older) in [
        (Turn::Newest, 0..2, None, Some(place(1))),
        (
            Turn::OlderThan(place(1)),
            2..4,
            Some(place(2)),
            Some(place(3)),
        ),
        (Turn::OlderThan(place(3)), 4..5, Some(place(4)), None),
        (Turn::OlderThan(place(4)), 0..0, Some(place(4)), None),
        (
            Turn::NewerThan(place(4)),
            2..4,
            Some(place(2)),
            Some(place(3)),
        ),
        (Turn::NewerThan(place(2)), 0..2, None, Some(place(1))),
        (Turn::NewerThan(place(0)), 0..0, None, Some(place(0))),
    ] {
        let page = deliveries.page(&query, turn).expect("a page");
        assert_eq!(page.deliveries, all[expected], "{turn:?}");
        assert_eq!((page.newer, page.older), (newer, older), "{turn:?}");
    }
}

#[test]
fn a_replay_of_nothing_is_told_and_of_no_endpoint_is_refused() {
    let scene = Scene::new();
    let (endpoint, _) = scene.endpoint();
    let deliveries = deliveries(&scene);
    let replayed = deliveries.replay(&all(endpoint.id, now(&scene)), &Origin::OPERATOR);
    assert_eq!(replayed.expect("replayed"), 0);
    let foreign = all(of(org(2), endpoint.id), now(&scene));
    let refused = deliveries.replay(&foreign, &Origin::OPERATOR);
    assert!(matches!(refused, Err(ReplayError::NoSuchEndpoint)));
    assert_eq!(scene.told(org(1), "webhook_endpoint.replayed").len(), 1);
    assert_eq!(scene.told(org(2), "webhook_endpoint.replayed"), []);
}
