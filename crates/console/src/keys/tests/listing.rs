//! Which keys the list has, and how it is turned.

use super::*;

const KEYS: &str = "/settings/keys";

/// The names of the keys on a page, in its order.
fn names(page: &Page) -> Vec<String> {
    let links = page.body.split("<a href=\"/settings/keys/key_").skip(1);
    let name = |link: &str| {
        let (_, name) = link.split_once('>')?;
        Some(name.split('<').next()?.to_owned())
    };
    links.filter_map(name).collect()
}

#[actix_web::test]
async fn keys_that_somebody_has_ended_are_shown_where_that_is_asked_for() {
    let world = World::new();
    let revoked = world.key(world.vienna, "revoked", None).key;
    world.key(world.vienna, "expired", Some(1));
    let ended = (world.vienna, revoked.id);
    let ended = world.ports.keys.revoke(ended, &Origin::OPERATOR);
    ended.expect("revoked");
    world.clock.advance(Duration::days(2));
    world.key(world.vienna, "works", None);
    let browser = world.signed_in(Role::Viewer);
    let page = browser.get(KEYS).await;
    let link = format!("href=\"{KEYS}?all=true\">Show also 1 that was revoked or replaced<");
    page.shows(200, &[&link]);
    assert_eq!(names(&page), ["works", "expired"]);
    let page = browser.get(&format!("{KEYS}?all=true")).await;
    page.shows(200, &["Leave out those that were revoked or replaced"]);
    assert_eq!(names(&page), ["works", "expired", "revoked"]);
}

#[actix_web::test]
async fn where_all_keys_were_ended_the_page_says_so() {
    let world = World::new();
    let key = world.key(world.vienna, "revoked", None).key;
    let ended = world
        .ports
        .keys
        .revoke((world.vienna, key.id), &Origin::OPERATOR);
    ended.expect("revoked");
    let page = world.signed_in(Role::Admin).get(KEYS).await;
    page.shows(200, &["No key works.", "?all=true", "New key"]);
    assert!(!page.has("No keys yet"));
}

#[actix_web::test]
async fn the_list_is_turned_page_by_page() {
    let world = World::new();
    for number in 0..120 {
        world.key(world.vienna, &format!("{number}"), None);
        world.clock.advance(Duration::MINUTE);
    }
    let browser = world.signed_in(Role::Viewer);
    let newest_first: Vec<_> = (0..120).rev().map(|number| number.to_string()).collect();
    for (number, expected, before, after) in [
        (1, 0..50, None, Some(2)),
        (2, 50..100, Some(1), Some(3)),
        (3, 100..120, Some(2), None),
    ] {
        let page = browser.get(&format!("{KEYS}?page={number}")).await;
        assert_eq!(names(&page), newest_first[expected], "page {number}");
        for (words, beside) in [("Previous keys", before), ("Next keys", after)] {
            assert_eq!(
                page.has(words),
                beside.is_some(),
                "{words} of page {number}"
            );
            if let Some(beside) = beside {
                page.shows(200, &[&format!("href=\"{KEYS}?page={beside}\"")]);
            }
        }
    }
    for nowhere in [
        "page=4",
        "page=0",
        "page=x",
        "page=-1",
        "page=99999999999999999999",
        "all=1",
    ] {
        let page = browser.get(&format!("{KEYS}?{nowhere}")).await;
        assert_eq!(page.status, 404, "{nowhere}");
    }
}
