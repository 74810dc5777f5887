//! What is typed into the forms, and what is wrong with it.

use org_domain::events::CATALOGUE;
use time::Duration;

use super::*;
use crate::testing::Page;

/// The value of the hidden field of this name.
pub(super) fn hidden<'a>(page: &'a Page, name: &str) -> &'a str {
    let field = format!("type=\"hidden\" name=\"{name}\" value=\"");
    let (_, rest) = page.body.split_once(&field).expect("a hidden field");
    rest.split('"').next().expect("its value")
}

#[actix_web::test]
async fn every_type_of_event_can_be_chosen_with_a_sample() {
    let world = World::new();
    let page = world.signed_in(Role::Admin).get(NEW).await;
    assert_eq!(page.status, 200);
    for event in CATALOGUE {
        let choice = format!("name=\"eventTypes\" value=\"{}\"", event.name);
        let description = event.description.replace('\'', "&#39;");
        page.shows(200, &[&choice, &description]);
        let first_fact = format!("&#34;type&#34;: &#34;{}&#34;", event.name);
        assert!(page.has(&first_fact), "no sample of {}", event.name);
    }
    let reserved = CATALOGUE.iter().filter(|event| event.reserved).count();
    assert_eq!(
        page.body
            .matches("<span class=\"tag\">Reserved</span>")
            .count(),
        reserved
    );
}

#[actix_web::test]
async fn what_was_typed_comes_back_with_what_is_wrong_beside_it() {
    let world = World::new();
    let browser = world.signed_in(Role::Admin);
    let form = browser.get(NEW).await;
    let id = hidden(&form, "id");
    let page = browser
        .post(
            NEW,
            &[
                ("id", id),
                ("url", "https://169.254.169.254/latest?<x>"),
                ("description", "Box office"),
                ("eventTypes", "production.made"),
                ("eventTypes", "tour.updated"),
            ],
        )
        .await;
    page.shows(
        422,
        &[
            "2 fields need another look",
            "id=\"url-error\">Leads to 169.254.169.254, which is ",
            "value=\"https://169.254.169.254/latest?&#60;x&#62;\"",
            "Box office",
            "id=\"eventTypes-error\">Must be one of ",
            id,
        ],
    );
    assert!(page.has("value=\"tour.updated\" checked"));
    assert_eq!(page.body.matches("autofocus").count(), 1);
    let (_, url) = page
        .body
        .split_once("<input id=\"url\"")
        .expect("the field");
    assert!(
        url.split('>')
            .next()
            .expect("its end")
            .contains("autofocus")
    );
    let nothing = browser.post(NEW, &[("id", id)]).await;
    nothing.shows(422, &["url-error", "Must have at least one event type."]);
    assert_eq!(
        world.ports.endpoints.list(world.vienna).expect("listed"),
        []
    );
}

#[actix_web::test]
async fn an_endpoint_is_edited() {
    let world = World::new();
    let endpoint = world.endpoint(world.vienna, "one");
    let (edit, browser) = (
        format!("{}/edit", path(endpoint.id)),
        world.signed_in(Role::Admin),
    );
    let form = browser.get(&edit).await;
    form.shows(
        200,
        &[
            "https://hooks.example/one",
            "value=\"production.updated\" checked",
        ],
    );
    let version = hidden(&form, "version");
    world.clock.advance(Duration::HOUR);
    let fields = |url| {
        [
            ("version", version),
            ("url", url),
            ("description", "Box office"),
            ("eventTypes", "tour.updated"),
        ]
    };
    let refused = browser.post(&edit, &fields("ftp://hooks.example/")).await;
    refused.shows(
        422,
        &["Must begin with https://", "ftp://hooks.example/", version],
    );
    assert_eq!(world.endpoint_now(&endpoint).as_ref(), Some(&endpoint));
    let page = browser
        .post(&edit, &fields("https://hooks.example/new"))
        .await;
    let done = format!("{}?done=endpoint-changed", path(endpoint.id));
    assert_eq!(page.location, Some(done));
    let now = world.endpoint_now(&endpoint).expect("it is there");
    assert_eq!(now.url.as_str(), "https://hooks.example/new");
    assert_eq!(now.event_types.names(), ["tour.updated"]);
    assert_eq!(
        now.description.as_ref().map(AsRef::as_ref),
        Some("Box office")
    );
}

/// What they made of it is named, and whoever sends the form again means it.
#[actix_web::test]
async fn what_somebody_else_changed_meanwhile_is_named() {
    let world = World::new();
    let endpoint = world.endpoint(world.vienna, "one");
    let (edit, browser) = (
        format!("{}/edit", path(endpoint.id)),
        world.signed_in(Role::Admin),
    );
    let form = browser.get(&edit).await;
    let ours = |version| {
        [
            ("version", version),
            ("url", "https://hooks.example/ours"),
            ("description", ""),
            ("eventTypes", "production.updated"),
        ]
    };
    let theirs = |version| {
        [
            ("version", version),
            ("url", "https://hooks.example/theirs"),
            ("description", "Theirs"),
            ("eventTypes", "report.generated"),
        ]
    };
    let version = hidden(&form, "version").to_owned();
    world.clock.advance(Duration::MINUTE);
    assert_eq!(browser.post(&edit, &theirs(&version)).await.status, 303);
    let page = browser.post(&edit, &ours(&version)).await;
    page.shows(
        409,
        &[
            "Somebody else has changed this endpoint",
            "https://hooks.example/theirs",
            "Theirs",
            "report.generated",
            "value=\"https://hooks.example/ours\"",
        ],
    );
    let now = world.endpoint_now(&endpoint).expect("it is there");
    assert_eq!(now.url.as_str(), "https://hooks.example/theirs");
    let again = browser.post(&edit, &ours(hidden(&page, "version"))).await;
    assert_eq!(again.status, 303);
    let now = world.endpoint_now(&endpoint).expect("it is there");
    assert_eq!(now.url.as_str(), "https://hooks.example/ours");
}

/// As no form of ours has it.
#[actix_web::test]
async fn a_form_without_what_it_bears_is_out_of_date() {
    let world = World::new();
    let endpoint = world.endpoint(world.vienna, "one");
    let (here, browser) = (path(endpoint.id), world.signed_in(Role::Admin));
    for (form, name) in [
        ("edit", "version"),
        ("rotate", "version"),
        ("replay", "since"),
    ] {
        for value in ["", "x", "2026-03-14"] {
            let page = browser
                .post(&format!("{here}/{form}"), &[(name, value)])
                .await;
            page.shows(403, &["This form is out of date"]);
        }
    }
    for id in [
        "",
        "whk_x",
        "whk_00000000000000000000000000",
        "key_01h455vb4pex5vsknk084sn02q",
    ] {
        let page = browser.post(NEW, &[("id", id)]).await;
        page.shows(403, &["This form is out of date"]);
    }
    assert_eq!(world.endpoint_now(&endpoint), Some(endpoint));
}

#[actix_web::test]
async fn a_time_that_is_none_is_asked_for_again() {
    let world = World::new();
    let endpoint = world.endpoint(world.vienna, "one");
    let replay = format!("{}/replay", path(endpoint.id));
    let browser = world.signed_in(Role::Admin);
    for since in ["", "yesterday", "2026-02-30T12:00"] {
        let page = browser.get(&format!("{replay}?since={since}")).await;
        page.shows(422, &["since-error", "autofocus"]);
        assert!(!page.has("Send them again"));
    }
}
