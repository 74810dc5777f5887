//! A secret is shown once, and a form that is sent twice does once what it does.

use org_kernel::clock::Clock;

use super::forms::hidden;
use super::*;

#[actix_web::test]
async fn the_secret_of_a_new_endpoint_is_shown_once() {
    let world = World::new();
    let browser = world.signed_in(Role::Admin);
    let form = browser.get(NEW).await;
    let fields = [
        ("id", hidden(&form, "id")),
        ("url", "https://hooks.example/new"),
        ("description", ""),
        ("eventTypes", "production.updated"),
        ("eventTypes", "tour.updated"),
    ];
    let page = browser.post(NEW, &fields).await;
    page.shows(
        200,
        &["The endpoint is made", "It is shown this once", "whsec_"],
    );
    let made = world.ports.endpoints.list(world.vienna).expect("listed");
    let [endpoint] = made.as_slice() else {
        panic!("not one endpoint: {made:?}");
    };
    assert_eq!(endpoint.id.to_string(), fields[0].1);
    let secrets = world
        .ports
        .endpoints
        .secrets(endpoint.id, world.clock.now());
    let secret = secrets.expect("opened")[0].expose().to_owned();
    assert!(page.has(&format!("value=\"{secret}\"")));
    let again = browser.post(NEW, &fields).await;
    again.shows(409, &["was made already", &path(endpoint.id)]);
    assert_eq!(
        world
            .ports
            .endpoints
            .list(world.vienna)
            .expect("listed")
            .len(),
        1
    );
    for page in [
        again,
        browser.get(&path(endpoint.id)).await,
        browser.get(LIST).await,
    ] {
        assert!(!page.has("whsec_"), "{}", page.body);
    }
}

/// An id is one endpoint's, whosever: nobody makes theirs under that of another organization.
#[actix_web::test]
async fn the_id_of_anothers_endpoint_is_taken() {
    let world = World::new();
    let foreign = world.endpoint(world.linz, "one");
    let id = foreign.id.to_string();
    let fields = [
        ("id", id.as_str()),
        ("url", "https://hooks.example/new"),
        ("eventTypes", "production.updated"),
    ];
    let page = world.signed_in(Role::Admin).post(NEW, &fields).await;
    assert_eq!(page.status, 409);
    assert_eq!(
        world.ports.endpoints.list(world.vienna).expect("listed"),
        []
    );
    assert_eq!(world.endpoint_now(&foreign), Some(foreign));
}

#[actix_web::test]
async fn a_secret_is_rotated_once() {
    let world = World::new();
    let endpoint = world.endpoint(world.vienna, "one");
    let (rotate, browser) = (
        format!("{}/rotate", path(endpoint.id)),
        world.signed_in(Role::Admin),
    );
    let valid = || {
        let secrets = world
            .ports
            .endpoints
            .secrets(endpoint.id, world.clock.now());
        let secrets = secrets.expect("opened").into_iter();
        secrets
            .map(|secret| secret.expose().to_owned())
            .collect::<Vec<_>>()
    };
    let first = valid();
    let ask = browser.get(&rotate).await;
    ask.shows(200, &["Rotate the signing secret?", "24 hours"]);
    assert!(!ask.has("whsec_") && valid() == first);
    let seen = [("version", hidden(&ask, "version"))];
    let page = browser.post(&rotate, &seen).await;
    page.shows(200, &["The secret is rotated", "It is shown this once"]);
    let both = valid();
    assert_eq!(both[1..], first);
    assert!(page.has(&format!("value=\"{}\"", both[0])) && !page.has(&first[0]));
    let again = browser.post(&rotate, &seen).await;
    again.shows(409, &["was rotated already"]);
    assert!(!again.has("whsec_"));
    assert_eq!(valid(), both);
    let on_purpose = browser
        .post(&rotate, &[("version", hidden(&again, "version"))])
        .await;
    on_purpose.shows(200, &["The secret is rotated"]);
}
