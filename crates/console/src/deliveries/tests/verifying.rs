//! The page with a program that verifies a delivery, and how much the pages of a long payload weigh.

use org_kernel::audit::{Change, Entry};
use org_webhooks::delivery::Delivery;
use org_webhooks::delivery_log::{DeliveryLog, SignedDelivery};

use super::*;

/// What a page may weigh, with all that it loads, in bytes.
const MOST: usize = 150_000;

/// A test delivery that was signed, with this payload in the place of its own.
fn signed(world: &World, payload: impl FnOnce(&str) -> String) -> Delivery {
    let endpoint = world.endpoint(world.vienna, "one");
    let tested = world.ports.deliveries.test(endpoint.id, &Origin::OPERATOR);
    let found = world.ports.deliveries.find(tested.expect("tested").id);
    let detail = found.expect("answered").expect("it is there");
    let test = SignedDelivery {
        delivery: Delivery {
            id: world.ports.ids.next(),
            ..detail.delivery
        },
        payload: payload(&detail.payload),
        headers: detail.headers,
    };
    let (id, at) = (world.ports.ids.uuid(), test.delivery.created_at);
    let told = Change::new(id, at, "test.stored", endpoint.id);
    let stored = world
        .hooks
        .insert_test(&test, &Entry::of(told, &Origin::OPERATOR));
    stored.expect("stored");
    test.delivery
}

/// A payload of 20 KB, as that of a production with a large orchestra.
fn long(_: &str) -> String {
    let mut payload = String::from(r#"{"type":"production.updated","data":{"engagements":[{}"#);
    while payload.len() < 20_000 {
        payload.push_str(r#",{"id":"eng_01h455vb4pex5vsknk084sn02q","contact":"Dvořák, Antonín","#);
        payload.push_str(r#""position":"Violin 1 <tutti>","feeCents":12345,"confirmed":true}"#);
    }
    payload + "]}}"
}

/// How much a page weighs with everything that its head names.
async fn weight(world: &World, path: &str) -> usize {
    let browser = world.signed_in(Role::Viewer);
    let page = browser.get(path).await;
    page.shows(200, &[]);
    let mut weight = page.body.len();
    let (head, _) = page.body.split_once("</head>").expect("a head");
    let files = head.split('"');
    for file in files.filter(|text| text.starts_with("/settings/assets/")) {
        let file = browser.get(file).await;
        file.shows(200, &[]);
        weight += file.body.len();
    }
    assert!(weight > page.body.len(), "a page loads something");
    weight
}

#[actix_web::test]
async fn pages_of_a_long_payload_stay_light() {
    let world = World::new();
    let delivery = path(signed(&world, long).id);
    let mut pages = vec![delivery.clone()];
    for language in ["rust", "python", "javascript", "shell"] {
        pages.push(format!("{delivery}/verify?language={language}"));
    }
    for page in pages {
        let weight = weight(&world, &page).await;
        assert!(weight <= MOST, "{page} weighs {weight} bytes");
    }
}

#[actix_web::test]
async fn a_program_in_each_language_is_a_link_away() {
    let world = World::new();
    let delivery = signed(&world, str::to_owned);
    let (here, browser) = (path(delivery.id), world.signed_in(Role::Viewer));
    let verify = format!("{here}/verify");
    let link = format!("href=\"{verify}\"");
    browser.get(&here).await.shows(200, &[&link]);
    for (language, name, words) in [
        ("rust", "Rust", "cargo run"),
        ("python", "Python", "python3 verify.py"),
        ("javascript", "JavaScript", "node verify.mjs"),
        ("shell", "Shell", "bash verify.sh"),
    ] {
        let one = format!("{verify}?language={language}");
        browser.get(&verify).await.shows(200, &[&one]);
        let page = browser.get(&one).await;
        let name = format!("aria-label=\"The program in {name}\"");
        page.shows(200, &[&name, words, &delivery.message.to_string(), &here]);
        assert!(!page.has("whsec_A"), "no secret is shown");
    }
    browser.get(&verify).await.shows(200, &["cargo run"]);
    let unknown = browser.get(&format!("{verify}?language=cobol")).await;
    assert_eq!(unknown.status, 404);
}

#[actix_web::test]
async fn what_was_not_signed_has_nothing_to_verify() {
    let world = World::new();
    let endpoint = world.endpoint(world.vienna, "one");
    world.happens(world.vienna, DeliveryMode::Record);
    let here = path(world.log(&endpoint)[0].id);
    let browser = world.signed_in(Role::Viewer);
    assert!(!browser.get(&here).await.has("/verify"));
    let page = browser.get(&format!("{here}/verify")).await;
    page.shows(200, &["was not signed"]);
}

#[actix_web::test]
async fn only_ones_own_deliveries_are_verified() {
    let world = World::new();
    let endpoint = world.endpoint(world.linz, "two");
    world.happens(world.linz, DeliveryMode::Record);
    let browser = world.signed_in(Role::Viewer);
    for id in [world.log(&endpoint)[0].id, DeliveryId::nobody()] {
        let page = browser.get(&format!("{}/verify", path(id))).await;
        assert_eq!(page.status, 404);
    }
}

#[actix_web::test]
async fn what_nobody_sees_in_a_payload_is_written_out() {
    let world = World::new();
    let delivery = signed(&world, |_| "{\"title\":\"a\u{202e}b\u{2028}\"}".to_owned());
    let browser = world.signed_in(Role::Viewer);
    let page = browser.get(&format!("{LOG}/{}", delivery.id)).await;
    page.shows(200, &[r"a\u202eb\u2028"]);
    assert!(!page.has("\u{202e}") && !page.has("\u{2028}"));
}
