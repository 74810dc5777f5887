//! The page: who sees it, what it finds, and how it is read.

use org_auth::refusals::{RefusalLog, RefusedRequest};
use org_auth::user::Role;
use org_kernel::actor::Actor;
use org_kernel::audit::Request;
use org_kernel::clock::Clock;
use serde_json::json;

use super::{change, contact, note};
use crate::testing::{Page, World};

/// The numbers of the contacts whose entries are on a page, in its order.
fn shown(page: &Page, of: u64) -> Vec<u64> {
    let mut places: Vec<_> = (0..=of)
        .filter_map(|number| {
            Some((
                page.body.find(&format!("on={}\"", contact(number)))?,
                number,
            ))
        })
        .collect();
    places.sort_unstable();
    places.into_iter().map(|(_, number)| number).collect()
}

#[actix_web::test]
async fn the_trail_is_for_administrators() {
    let world = World::new();
    for path in ["/settings/audit", "/settings/audit/export.csv"] {
        assert_eq!(world.signed_in(Role::Viewer).get(path).await.status, 403);
        assert_eq!(world.signed_in(Role::Admin).get(path).await.status, 200);
    }
}

#[actix_web::test]
async fn entries_are_told_in_words_the_newest_first() {
    let world = World::new();
    let admin = Actor::User(world.user(world.vienna, Role::Admin).id);
    let changed = change(2, "contact.replaced")
        .between(
            Some(&json!({ "legalName": "Old & Co", "tags": [] })),
            &json!({ "legalName": "New <b>", "tags": ["a", "b"] }),
            &[],
        )
        .expect("objects")
        .with("file", "a.ndjson");
    note(
        &world,
        world.vienna,
        admin,
        &[change(3, "contact.created"), changed],
    );
    note(&world, world.linz, admin, &[change(1, "contact.created")]);
    let page = world.signed_in(Role::Owner).get("/settings/audit").await;
    page.shows(
        200,
        &[
            "Contact replaced",
            "contact.replaced",
            "ADMIN Example",
            "Legal name: <del>Old &#38; Co</del>",
            "<ins>New &#60;b&#62;</ins>",
            "<ins>a, b</ins>",
            "File: a.ndjson",
            r#"datetime="2026-03-14T18:28:00.000Z""#,
        ],
    );
    assert_eq!(
        shown(&page, 3),
        [2, 3],
        "and nothing of another organization"
    );
}

#[actix_web::test]
async fn each_filter_leaves_what_it_asks_for() {
    let world = World::new();
    let [owner, admin] = [Role::Owner, Role::Admin].map(|role| world.user(world.vienna, role).id);
    let ours = [change(1, "contact.created"), change(2, "contact.replaced")];
    note(&world, world.vienna, Actor::User(owner), &ours);
    // A day has 1,440 minutes, and the test takes place at 19:30 in Vienna.
    let others = [change(3, "booking.made"), change(2_000, "contact.created")];
    note(&world, world.vienna, Actor::User(admin), &others);
    let browser = world.signed_in(Role::Admin);
    for (query, expected) in [
        (format!("who={owner}"), vec![1, 2]),
        (format!("who={admin}"), vec![3, 2_000]),
        ("who=server".to_owned(), vec![]),
        ("what=contact.created".to_owned(), vec![1, 2_000]),
        ("what=contact".to_owned(), vec![1, 2, 2_000]),
        (format!("on={}", contact(3)), vec![3]),
        ("since=2026-03-14&what=contact".to_owned(), vec![1, 2]),
        ("until=2026-03-13&what=contact".to_owned(), vec![2_000]),
        (
            "since=2026-03-13&until=2026-03-13&what=contact".to_owned(),
            vec![2_000],
        ),
        (format!("who={owner}&what=contact.replaced"), vec![2]),
    ] {
        let page = browser.get(&format!("/settings/audit?{query}")).await;
        assert_eq!(page.status, 200);
        let table = page.body.find("<tbody>").unwrap_or(page.body.len());
        let found = Page {
            body: page.body[table..].to_owned(),
            ..page
        };
        assert_eq!(shown(&found, 2_000), expected, "{query}");
    }
}

#[actix_web::test]
async fn filters_stay_in_the_form_and_lead_to_the_file() {
    let world = World::new();
    let admin = world.user(world.vienna, Role::Admin).id;
    note(
        &world,
        world.vienna,
        Actor::User(admin),
        &[change(1, "contact.created")],
    );
    let query = format!("who={admin}&what=contact&since=2026-03-01");
    let page = world
        .signed_in(Role::Admin)
        .get(&format!("/settings/audit?{query}"))
        .await;
    page.shows(
        200,
        &[
            &format!(r#"<option value="{admin}" selected>ADMIN Example</option>"#),
            r#"value="contact" placeholder"#,
            r#"value="2026-03-01""#,
            &format!(
                "/settings/audit/export.csv?who={admin}&#38;what=contact&#38;since=2026-03-01"
            ),
        ],
    );
}

#[actix_web::test]
async fn a_filter_that_is_wrong_finds_nothing_and_says_why() {
    let world = World::new();
    let query = "who=nobody&what=Contact%20%3C&on=x&since=2026-02-30&until=yesterday";
    for path in ["/settings/audit", "/settings/audit/export.csv"] {
        let page = world
            .signed_in(Role::Admin)
            .get(&format!("{path}?{query}"))
            .await;
        page.shows(
            422,
            &[
                r#"id="who-error">"#,
                r#"id="what-error">"#,
                r#"id="on-error">Must be an id like con_…."#,
                r#"id="since-error">Must be a date"#,
                r#"id="until-error">Must be a date"#,
                r#"value="Contact &#60;""#,
                "Mend the filters",
            ],
        );
    }
    let page = world
        .signed_in(Role::Admin)
        .get("/settings/audit?since=2026-03-02&until=2026-03-01")
        .await;
    page.shows(
        422,
        &[r#"id="until-error">Must not be before the first day."#],
    );
}

#[actix_web::test]
async fn pages_follow_one_another_to_the_end() {
    let world = World::new();
    let changes: Vec<_> = (1..=120)
        .map(|minutes| change(minutes, "contact.created"))
        .collect();
    note(&world, world.vienna, Actor::Operator, &changes);
    let browser = world.signed_in(Role::Admin);
    let (mut path, mut found) = ("/settings/audit?what=contact".to_owned(), Vec::new());
    loop {
        let page = browser.get(&path).await;
        assert_eq!(page.status, 200);
        found.extend(shown(&page, 120));
        let older = page
            .body
            .split_once(r#"">Older entries"#)
            .map(|(before, _)| before);
        let Some(older) = older else { break };
        let (_, address) = older.rsplit_once(r#"href=""#).expect("a link");
        path = address.replace("&#38;", "&");
        assert!(path.contains("what=contact"), "the filter stays: {path}");
    }
    assert_eq!(found, (1..=120).collect::<Vec<_>>());
}

#[actix_web::test]
async fn a_place_that_no_page_has_named_is_no_page() {
    let world = World::new();
    for place in ["x", "2026-03-14T18:30:00Z", "2026-03-14T18:30:00Z_x", "_"] {
        let page = world
            .signed_in(Role::Admin)
            .get(&format!("/settings/audit?after={place}"))
            .await;
        assert_eq!(page.status, 404, "{place}");
    }
}

#[actix_web::test]
async fn a_sign_in_that_was_refused_is_told_of_whom_it_was_for() {
    let world = World::new();
    let request = Request {
        id: "request-7".to_owned(),
        address: [192, 0, 2, 7].into(),
        method: "POST".to_owned(),
        route: "/settings/sign-in".to_owned(),
        status: 422,
    };
    let viewer = world.user(world.vienna, Role::Viewer);
    let place = (world.ports.ids.uuid(), world.clock.now());
    let why = ("password", "wrong");
    let refused = RefusedRequest::sign_in(place, Some(viewer), why, request);
    world.keys.append(&[refused]).expect("stored");
    let page = world.signed_in(Role::Admin).get("/settings/audit").await;
    page.shows(
        200,
        &[
            "Sign-in refused",
            "session.refused",
            "Somebody",
            "VIEWER Example",
            "Door: password",
            "Why: wrong",
            "/settings/sign-in",
        ],
    );
}
