//! The list, and the page of one key.

use std::net::Ipv4Addr;

use org_auth::api_keys::{Overlap, RotateRequest};
use org_auth::key_store::{KeyStore, KeyUse};
use org_auth::refusals::{RefusalLog, RefusedRequest};
use org_auth::usage::{KeyDay, Tally, UsageStore};
use org_auth::verifier::Holder;
use org_kernel::audit::Request;

use super::*;
use crate::keys::path;

#[actix_web::test]
async fn without_keys_the_list_says_what_to_do() {
    let world = World::new();
    let admin = world.signed_in(Role::Admin).get("/settings/keys").await;
    admin.shows(200, &["No keys yet", "href=\"/settings/keys/new\""]);
    let viewer = world.signed_in(Role::Viewer).get("/settings/keys").await;
    viewer.shows(
        200,
        &["No keys yet", "Administrators and owners can make keys."],
    );
    assert!(!viewer.has("/settings/keys/new"), "{}", viewer.body);
}

#[actix_web::test]
async fn the_list_has_every_key_of_the_organization_and_those_that_work_first() {
    let world = World::new();
    let keys = &world.ports.keys;
    world.key(world.vienna, "Old", Some(-1));
    world.key(world.vienna, "Soon", Some(14));
    world.key(world.vienna, "Lasting", Some(15));
    let turned = world.key(world.vienna, "Turned", None).key.id;
    let request = RotateRequest {
        id: None,
        overlap: Overlap::Day,
    };
    let rotated = keys.rotate(turned, request, &Origin::OPERATOR);
    rotated.expect("rotated");
    let ended = world.key(world.vienna, "Ended", None).key.id;
    keys.revoke(ended, &Origin::OPERATOR).expect("revoked");
    world.key(world.linz, "Elsewhere", None);
    let browser = world.signed_in(Role::Viewer);
    let page = browser.get("/settings/keys?all=true").await;
    page.shows(200, &[]);
    let rows: Vec<_> = page
        .body
        .split("<tr role=\"row\">")
        .skip(2)
        .map(row)
        .collect();
    assert_eq!(
        rows,
        [
            ("Turned", "Active"),
            ("Turned", "Replaced, still works"),
            ("Lasting", "Active"),
            ("Soon", "Expires soon"),
            ("Old", "Expired"),
            ("Ended", "Revoked"),
        ]
    );
    assert!(!page.has("/settings/keys/new"), "{}", page.body);
}

/// The name and the status of a row.
fn row(html: &str) -> (&str, &str) {
    let text = |before: &str, after: &str| {
        let (_, rest) = html.split_once(before).expect("a cell");
        let (_, rest) = rest.split_once('>').expect("a tag");
        rest.split_once(after).expect("its end").0
    };
    (text("<a ", "</a>"), text("class=\"tag ", "</span>"))
}

#[actix_web::test]
async fn a_row_of_the_list_has_the_facts_of_its_key() {
    let world = World::new();
    let key = world.key(world.vienna, "Website", Some(15)).key;
    let used = KeyUse {
        key: key.id,
        minute: world.in_days(-1),
    };
    world.keys.record_uses(&[used]).expect("recorded");
    let page = world.signed_in(Role::Viewer).get("/settings/keys").await;
    page.shows(
        200,
        &[
            &format!("<a href=\"{}\">Website</a>", path(key.id)),
            &format!("<code>{}…</code>", key.prefix),
            "<code>org:read:operations</code>",
            "<td role=\"cell\" data-label=\"Made by\">Operator</td>",
            "<time datetime=\"2026-03-13T18:30:00.000Z\">",
            "<time datetime=\"2026-03-29T18:30:00.000Z\">",
        ],
    );
}

#[actix_web::test]
async fn the_page_of_a_key_tells_how_it_was_used() {
    let world = World::new();
    let key = world.key(world.vienna, "Website", None).key;
    let today = world.clock.now().to_utc().date();
    let day = |ago, reads, limited| KeyDay {
        key: key.id,
        day: today - Duration::days(ago),
        tally: Tally {
            reads,
            writes: 1,
            refused: 2,
            failed: 0,
            limited,
        },
    };
    let days = [day(0, 1200, 0), day(3, 40, 7), day(30, 9999, 9999)];
    world.keys.add(&days).expect("stored");
    let page = world.signed_in(Role::Viewer).get(&path(key.id)).await;
    page.shows(200, &[
        "1,242 in the last 30 days: 1,240 read, 2 wrote. 4 were refused, 7 were over a limit, and 0 failed.",
        "<th scope=\"row\">Mar 11, 2026</th><td class=\"number\">32</td><td class=\"number\">2</td><td class=\"number\">7</td><td class=\"number\">0</td>",
        "<th scope=\"row\">Feb 13, 2026</th>",
        "The limit was met last on Mar 11, 2026.",
        "1,000 reads and 500 writes a minute",
        "Nothing, in the last 90 days.",
        "Requests a day (UTC)",
        "<th scope=\"col\">Day (UTC)</th>",
        "role=\"img\"",
    ]);
    assert!(
        !page.has("Feb 12, 2026") && !page.has("9,999"),
        "{}",
        page.body
    );
}

#[actix_web::test]
async fn the_page_of_a_key_that_works_has_a_request_to_copy_and_no_secret() {
    let world = World::new();
    let issued = world.key(world.vienna, "Website", None);
    let viewer = world.signed_in(Role::Viewer);
    let page = viewer.get(&path(issued.key.id)).await;
    let request = "curl --header &#34;Authorization: Bearer $KEY&#34; \\\n  \
                   &#39;http://127.0.0.1:8080/api/org/v1/vienna&#39;";
    page.shows(200, &[request, "data-copy=\"example\""]);
    assert!(!page.has(issued.secret.expose()), "{}", page.body);
    let ended = world.key(world.vienna, "Ended", Some(-1)).key.id;
    let page = viewer.get(&path(ended)).await;
    assert!(page.status == 200 && !page.has("curl"), "{}", page.body);
}

#[actix_web::test]
async fn a_key_that_was_never_used_has_a_chart_all_the_same() {
    let world = World::new();
    let key = world.key(world.vienna, "Idle", None).key.id;
    let page = world.signed_in(Role::Viewer).get(&path(key)).await;
    page.shows(
        200,
        &[
            "No request in the last 30 days.",
            "No request was over a limit.",
        ],
    );
    assert_eq!(page.body.matches("<th scope=\"row\">").count(), 30);
}

#[actix_web::test]
async fn the_page_of_a_key_tells_what_it_alone_was_refused_last() {
    let world = World::new();
    let [key, other] = ["Website", "Other"].map(|name| world.key(world.vienna, name, None).key.id);
    let refused = |key, minute: u64, code, required| {
        let at = world
            .clock
            .now()
            .saturating_add(Duration::minutes(minute.cast_signed()));
        let request = Request {
            id: "a".to_owned(),
            address: Ipv4Addr::new(192, 0, 2, 7).into(),
            method: "GET".to_owned(),
            route: "/api/org/v1/{slug}/members".to_owned(),
            status: 403,
        };
        let holder = Holder {
            org: world.vienna,
            key,
        };
        RefusedRequest::new(
            (world.ports.ids.uuid(), at),
            Some(holder),
            code,
            required,
            request,
        )
    };
    let mut all: Vec<_> = (1..=11)
        .map(|minute| refused(key, minute, "KEPT", None))
        .collect();
    all.push(refused(key, 0, "THE_TWELFTH", None));
    let scope = Some(Scope::ReadPersonnel);
    all.push(refused(key, 20, "API_SCOPE_MISSING", scope));
    all.push(refused(other, 30, "ANOTHERS", None));
    world.keys.append(&all).expect("stored");
    let page = world.signed_in(Role::Viewer).get(&path(key)).await;
    page.shows(200, &[
        "403 <code>API_SCOPE_MISSING</code> <span class=\"hint\">It needs <code>org:read:personnel</code>",
        "<code>GET /api/org/v1/{slug}/members</code>",
        "<code>192.0.2.7</code>",
    ]);
    let place = |text| page.body.find(text);
    assert!(
        place("API_SCOPE_MISSING") < place("<code>KEPT</code>"),
        "the newest is first"
    );
    assert_eq!(
        page.body.matches("<code>KEPT</code>").count(),
        9,
        "ten are shown"
    );
    assert!(!page.has("ANOTHERS") && !page.has("THE_TWELFTH"));
}

#[actix_web::test]
async fn only_who_may_manage_keys_is_offered_to() {
    let world = World::new();
    let key = path(world.key(world.vienna, "Website", None).key.id);
    let links = ["rotate", "revoke"].map(|action| format!("href=\"{key}/{action}\""));
    for (role, offered) in [
        (Role::Viewer, false),
        (Role::Admin, true),
        (Role::Owner, true),
    ] {
        let page = world.signed_in(role).get(&key).await;
        page.shows(200, &[]);
        for link in &links {
            assert_eq!(page.has(link), offered, "{role}: {link}");
        }
    }
}
