//! The pages of the delivery log, over stores in memory.

mod verifying;

use org_auth::user::Role;
use org_kernel::audit::Origin;
use org_kernel::id::DeliveryId;
use org_webhooks::delivery::{DeliveryStatus, Outcome};
use org_webhooks::endpoint::Endpoint;
use org_webhooks::fan_out::DeliveryMode;
use time::Duration;

use super::path;
use crate::testing::{Page, World};

const LOG: &str = "/settings/deliveries";

/// The deliveries on a page of the log, in its order.
fn listed(page: &Page) -> Vec<String> {
    let (_, log) = page.body.split_once("id=\"log\"").expect("the log");
    let links = log.split("href=\"/settings/deliveries/").skip(1);
    let ids = links.map(|link| link.split('"').next().expect("its end").to_owned());
    ids.collect()
}

fn ids(world: &World, endpoint: &Endpoint) -> Vec<String> {
    let log = world.log(endpoint).into_iter();
    log.map(|delivery| delivery.id.to_string()).collect()
}

/// Where a link of these words leads.
fn link(page: &Page, words: &str) -> Option<String> {
    let (before, _) = page.body.split_once(&format!(">{words}</a>"))?;
    let (_, tag) = before.rsplit_once("<a href=\"")?;
    Some(
        tag.split('"')
            .next()?
            .replace("&#38;", "&")
            .replace("&amp;", "&"),
    )
}

#[actix_web::test]
async fn without_deliveries_the_page_says_where_they_come_from() {
    let world = World::new();
    let browser = world.signed_in(Role::Viewer);
    browser
        .get(LOG)
        .await
        .shows(200, &["No deliveries yet", "only records"]);
    let filtered = browser.get(&format!("{LOG}?status=FAILED")).await;
    filtered.shows(200, &["No such deliveries", "Show all"]);
}

#[actix_web::test]
async fn the_log_is_turned_page_by_page_and_back() {
    let world = World::new();
    let endpoint = world.endpoint(world.vienna, "one");
    world.endpoint(world.linz, "foreign");
    for _ in 0..120 {
        world.happens(world.vienna, DeliveryMode::Record);
        world.clock.advance(Duration::MINUTE);
    }
    world.happens(world.linz, DeliveryMode::Record);
    let (all, browser) = (ids(&world, &endpoint), world.signed_in(Role::Viewer));
    let first = browser
        .get(&format!("{LOG}?type=production.updated&status="))
        .await;
    first.shows(200, &[">Mar 14, 2026, 9:29:00\u{202f}PM</time>"]);
    assert!(
        !first.has("hx-trigger"),
        "each page is asked for by its button"
    );
    assert_eq!(listed(&first), all[..50]);
    assert_eq!(link(&first, "Newer deliveries"), None);
    let older = link(&first, "Older deliveries").expect("more");
    assert!(
        older.contains("type=production.updated"),
        "the filter stays: {older}"
    );
    let second = browser.get(&older).await;
    assert_eq!(listed(&second), all[50..100]);
    let last = browser
        .get(&link(&second, "Older deliveries").expect("more"))
        .await;
    assert_eq!(listed(&last), all[100..]);
    assert_eq!(link(&last, "Older deliveries"), None);
    let back = browser
        .get(&link(&last, "Newer deliveries").expect("a way back"))
        .await;
    assert_eq!(listed(&back), all[50..100]);
    let begin = browser
        .get(&link(&back, "Newer deliveries").expect("a way back"))
        .await;
    assert_eq!(listed(&begin), all[..50]);
    assert_eq!(link(&begin, "Newer deliveries"), None);
}

#[actix_web::test]
async fn the_log_is_filtered() {
    let world = World::new();
    let one = world.endpoint(world.vienna, "one");
    world.happens(world.vienna, DeliveryMode::Record);
    world.clock.advance(Duration::HOUR);
    let other = world.endpoint(world.vienna, "other");
    let tested = world.ports.deliveries.test(other.id, &Origin::OPERATOR);
    let (test, real) = (
        tested.expect("tested").id.to_string(),
        ids(&world, &one).concat(),
    );
    let browser = world.signed_in(Role::Viewer);
    // The event was at half past seven in Vienna, and the test an hour later.
    for (filter, expected) in [
        (String::new(), vec![&test, &real]),
        (format!("endpoint={}", one.id), vec![&real]),
        ("type=webhook.test".to_owned(), vec![&test]),
        ("status=PENDING".to_owned(), vec![&real]),
        ("from=2026-03-14T20%3A00".to_owned(), vec![&test]),
        ("until=2026-03-14T20%3A30".to_owned(), vec![&real]),
        (
            "from=2026-03-14T19%3A30&until=2026-03-14T20%3A31".to_owned(),
            vec![&test, &real],
        ),
        (format!("endpoint={}&status=SIMULATED", one.id), vec![]),
    ] {
        let page = browser.get(&format!("{LOG}?{filter}")).await;
        assert_eq!(page.status, 200, "{filter}");
        assert_eq!(
            listed(&page).iter().collect::<Vec<_>>(),
            expected,
            "{filter}"
        );
    }
}

#[actix_web::test]
async fn a_filter_that_is_wrong_comes_back_with_what_is_wrong() {
    let world = World::new();
    world.endpoint(world.vienna, "one");
    let foreign = world.endpoint(world.linz, "two");
    world.happens(world.vienna, DeliveryMode::Record);
    let browser = world.signed_in(Role::Viewer);
    let foreign = format!("endpoint={}", foreign.id);
    for (filter, field) in [
        ("endpoint=x", "endpoint"),
        (&foreign, "endpoint"),
        ("type=production.made", "type"),
        ("status=LOST", "status"),
        ("from=yesterday", "from"),
        ("until=2026-03-14", "until"),
        ("from=2026-03-14T19%3A30&until=2026-03-14T19%3A30", "until"),
    ] {
        let page = browser.get(&format!("{LOG}?{filter}")).await;
        page.shows(422, &[&format!("id=\"{field}-error\""), "Nothing is shown"]);
        assert_eq!(listed(&page), [""; 0], "{filter}");
    }
    let place = "1.dlv_01h455vb4pex5vsknk084sn02q";
    for nowhere in [
        "older=x".to_owned(),
        "newer=1.x".to_owned(),
        format!("older={place}&newer={place}"),
    ] {
        assert_eq!(
            browser.get(&format!("{LOG}?{nowhere}")).await.status,
            404,
            "{nowhere}"
        );
    }
}

#[actix_web::test]
async fn a_test_is_shown_with_all_that_was_signed() {
    let world = World::new();
    let endpoint = world.endpoint(world.vienna, "one");
    let tested = world.ports.deliveries.test(endpoint.id, &Origin::OPERATOR);
    let tested = tested.expect("tested");
    let page = world.signed_in(Role::Admin).get(&path(tested.id)).await;
    let found = world.ports.deliveries.find(tested.id);
    let detail = found.expect("answered").expect("it is there");
    page.shows(
        200,
        &[
            "webhook.test",
            "Simulated",
            "https://hooks.example/one",
            &tested.message.to_string(),
            "None: a test is never sent.",
            &format!("{}/verify", path(tested.id)),
        ],
    );
    assert_eq!(detail.headers.len(), 4);
    for (name, value) in &detail.headers {
        assert!(page.has(name), "{name}");
        assert!(
            page.has(&value.replace('+', "&#43;")) || page.has(value),
            "{value}"
        );
    }
    assert!(!page.has("Send again"), "a test is never sent");
    assert!(!page.has("whsec_A"), "no secret is shown");
}

#[actix_web::test]
async fn each_attempt_is_shown_with_what_came_of_it() {
    let mut world = World::new();
    world.settings.live = true;
    let endpoint = world.endpoint(world.vienna, "one");
    world.happens(world.vienna, DeliveryMode::Live);
    world.attempt(Outcome::Failed {
        error: "the connection was refused".to_owned(),
    });
    world.clock.advance(Duration::MINUTE);
    world.attempt(Outcome::Answered {
        status: 500,
        body: "<script>alert(1)</script>".to_owned(),
        retry_after: None,
    });
    let delivery = world.log(&endpoint).remove(0);
    let due = delivery.due_at.expect("another attempt").to_string();
    let page = world.signed_in(Role::Viewer).get(&path(delivery.id)).await;
    page.shows(
        200,
        &[
            "Failed",
            "Attempt 1: No answer: the connection was refused",
            "Attempt 2: Answered 500",
            "took 1,000 ms",
            "&#60;script&#62;alert(1)",
            &due,
            "&#60;b&#62;Dvořák&#60;/b&#62;",
        ],
    );
    assert!(
        page.has("12345678901234567890"),
        "no digit of a number is lost"
    );
    assert!(page.has("This delivery was not signed"));
    assert!(!page.has("<script>alert"));
}

#[actix_web::test]
async fn the_page_says_when_the_next_attempt_comes_or_why_not() {
    let mut world = World::new();
    let endpoint = world.endpoint(world.vienna, "one");
    world.happens(world.vienna, DeliveryMode::Record);
    let delivery = world.log(&endpoint).remove(0);
    let says = async |world: &World, words: &str| {
        let page = world.signed_in(Role::Viewer).get(&path(delivery.id)).await;
        page.shows(200, &[words]);
    };
    says(&world, "None by itself: it was recorded").await;
    let resend = world
        .ports
        .deliveries
        .resend(delivery.id, &Origin::OPERATOR);
    assert_eq!(resend.expect("resent").status, DeliveryStatus::Pending);
    says(&world, "When a server sends: this one only records").await;
    world.settings.live = true;
    let now = world.ports.clock.now().to_string();
    says(&world, &format!("<dd><time datetime=\"{now}\"")).await;
    let disabled = world
        .ports
        .endpoints
        .disable(endpoint.id, &Origin::OPERATOR);
    disabled.expect("disabled");
    says(&world, "When the endpoint is enabled").await;
}

/// Its deliveries are forgotten a little later than the endpoint itself.
#[actix_web::test]
async fn a_delivery_of_a_deleted_endpoint_leads_to_no_endpoint() {
    let world = World::new();
    let endpoint = world.endpoint(world.vienna, "one");
    world.happens(world.vienna, DeliveryMode::Record);
    let delivery = path(world.log(&endpoint)[0].id);
    let link = format!("href=\"/settings/webhooks/{}", endpoint.id);
    let pages = [delivery.as_str(), LOG];
    let browser = world.signed_in(Role::Viewer);
    assert!(browser.get(&delivery).await.has(&link));
    drop(browser);
    let world = world.without_endpoints();
    let browser = world.signed_in(Role::Viewer);
    for page in pages {
        let page = browser.get(page).await;
        page.shows(
            200,
            &[&format!("{} <span class=\"tag\">deleted<", endpoint.id)],
        );
        assert!(!page.has(&link), "{}", page.body);
    }
}

#[actix_web::test]
async fn a_delivery_is_sent_again_and_a_test_is_not() {
    let world = World::new();
    let endpoint = world.endpoint(world.vienna, "one");
    world.happens(world.vienna, DeliveryMode::Record);
    let delivery = world.log(&endpoint).remove(0);
    let browser = world.signed_in(Role::Admin);
    let here = path(delivery.id);
    browser.get(&here).await.shows(200, &["Send again"]);
    let page = browser.post(&format!("{here}/resend"), &[]).await;
    assert_eq!(page.location, Some(format!("{here}?done=delivery-resent")));
    assert!(world.log(&endpoint)[0].due_at.is_some());
    let tested = world.ports.deliveries.test(endpoint.id, &Origin::OPERATOR);
    let tested = tested.expect("tested");
    let page = browser
        .post(&format!("{}/resend", path(tested.id)), &[])
        .await;
    page.shows(409, &["A test is never sent"]);
    let found = world.ports.deliveries.find(tested.id);
    assert_eq!(
        found.expect("answered").expect("it is there").delivery,
        tested
    );
}

#[actix_web::test]
async fn only_administrators_send_again_and_only_their_own() {
    let world = World::new();
    let (own, foreign) = (
        world.endpoint(world.vienna, "one"),
        world.endpoint(world.linz, "two"),
    );
    for org in [world.vienna, world.linz] {
        world.happens(org, DeliveryMode::Record);
    }
    let [own, foreign] = [own, foreign].map(|endpoint| world.log(&endpoint).remove(0));
    let (viewer, admin) = (world.signed_in(Role::Viewer), world.signed_in(Role::Admin));
    let seen = viewer.get(&path(own.id)).await;
    assert_eq!((seen.status, seen.has("Send again")), (200, false));
    assert_eq!(
        viewer
            .post(&format!("{}/resend", path(own.id)), &[])
            .await
            .status,
        403
    );
    for id in [foreign.id, DeliveryId::nobody()] {
        assert_eq!(admin.get(&path(id)).await.status, 404);
        assert_eq!(
            admin
                .post(&format!("{}/resend", path(id)), &[])
                .await
                .status,
            404
        );
    }
    assert_eq!(admin.get(&format!("{LOG}/x")).await.status, 404);
    for delivery in [own, foreign] {
        let found = world.ports.deliveries.find(delivery.id);
        assert_eq!(
            found.expect("answered").expect("it is there").delivery,
            delivery
        );
    }
}
