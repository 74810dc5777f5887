//! The page, and what its charts say.

use org_auth::traffic::{OrgHour, Traffic, TrafficStore};
use org_auth::usage::Outcome;
use org_auth::user::Role;
use org_kernel::hour::Hour;
use org_webhooks::figures::Deliveries;

use super::charts::charts;
use super::samples::{at, endpoint, key, nothing, now};
use super::steps::Steps;
use super::*;
use crate::local::Local;
use crate::testing::{Page, World};

fn vienna() -> Local {
    Local::new("en-GB", "Europe/Vienna")
}

/// The rows of a chart's table: the label and the figures of each.
fn rows(chart: &Chart) -> Vec<Vec<String>> {
    let page = chart.to_string();
    let body = page.split("<tbody>").nth(1).expect("a table");
    let rows = body.split("<tr>").skip(1);
    let cells = |row: &str| -> Vec<String> {
        let cells = row.split(['<', '>']).collect::<Vec<_>>();
        let starts = |tag: &str| tag.starts_with("th ") || tag.starts_with("td");
        let texts = cells.windows(2).filter(|pair| starts(pair[0]));
        texts.map(|pair| pair[1].to_owned()).collect()
    };
    rows.map(cells).collect()
}

fn labels(now: &str) -> Vec<String> {
    let [requests, ..] = charts(&nothing(at(now)), &vienna());
    let rows = rows(&requests).into_iter();
    rows.filter_map(|row| row.into_iter().next()).collect()
}

#[test]
fn a_day_has_the_hours_of_the_organizations_zone() {
    let labels = labels("2026-01-14T18:30:00Z");
    assert_eq!(labels.len(), 24);
    assert_eq!((&*labels[0], &*labels[23]), ("20:00", "19:00"));
}

/// On 29 March 2026 two o'clock is three o'clock.
#[test]
fn when_clocks_are_set_forward_an_hour_is_missing() {
    let labels = labels("2026-03-29T12:00:00Z");
    let night: Vec<_> = labels[9..14].iter().map(String::as_str).collect();
    assert_eq!(night, ["23:00", "00:00", "01:00", "03:00", "04:00"]);
    assert_eq!(labels.len(), 24);
}

/// On 25 October 2026 three o'clock is two o'clock.
#[test]
fn when_clocks_are_set_back_two_hours_are_told_apart() {
    let labels = labels("2026-10-25T12:00:00Z");
    let night: Vec<_> = labels[10..15].iter().map(String::as_str).collect();
    let expected = ["01:00", "02:00 CEST", "02:00 CET", "03:00", "04:00"];
    assert_eq!(night, expected);
    assert_eq!(labels.len(), 24);
}

#[test]
fn the_charts_say_in_words_what_they_show() {
    let mut facts = nothing(now());
    let hour = facts.hours.last_mut().expect("hours");
    for (outcome, milliseconds) in [
        (Outcome::Done, 1),
        (Outcome::Done, 1),
        (Outcome::Refused, 1),
        (Outcome::Limited, 1),
        (Outcome::Failed, 1000),
    ] {
        let took = std::time::Duration::from_millis(milliseconds);
        hour.traffic += Traffic::of(outcome, took);
    }
    hour.deliveries = Deliveries {
        delivered: 4,
        pending: 3,
        failed: 2,
        exhausted: 1,
    };
    let all = charts(&facts, &vienna());
    for (chart, words) in all.iter().zip([
        "5 in the last 24 hours. 1 was refused, 1 was over a limit, and 1 failed.",
        "half within 2\u{a0}ms, 95% within 1,233\u{a0}ms, 99% within 1,233\u{a0}ms.",
        "10 in the last 24 hours: 4 delivered, 3 pending, 2 failed (to be tried again), and 1 exhausted. \
         Tests are not counted.",
    ]) {
        let page = chart.to_string();
        assert!(page.contains(words), "{words} in {page}");
    }
    let last = |chart: &Chart| rows(chart).pop().expect("24 rows");
    assert_eq!(last(&all[0]), ["19:00", "2", "1", "1", "1"]);
    assert_eq!(last(&all[1]), ["19:00", "1,233\u{a0}ms"]);
    assert_eq!(last(&all[2]), ["19:00", "4", "3", "2", "1"]);
    assert_eq!(rows(&all[1])[0], ["20:00", "–"], "nothing was measured");
}

#[test]
fn receivers_with_trouble_come_first_and_not_all_are_shown() {
    let mut facts = nothing(now());
    for number in 1..=10 {
        facts.endpoints.push(endpoint(number));
    }
    facts.endpoints[3].failing_since = Some(now());
    facts.endpoints[5].enabled = false;
    facts.newest.insert(facts.endpoints[7].id, now());
    let (shown, hidden) = receivers(&facts);
    assert_eq!((shown.len(), hidden), (8, 2));
    let first: Vec<_> = shown[..3].iter().map(|one| one.url.as_str()).collect();
    let expected = [4, 6, 8].map(|number| format!("https://hooks.example/{number}"));
    assert_eq!(first, expected);
    assert_eq!(shown[2].newest, Some(now()));
}

#[test]
fn the_first_steps_are_shown_until_there_was_a_request() {
    let mut facts = nothing(now());
    let steps = Steps::of(&facts);
    assert!(steps.are_shown() && !steps.has_key && !steps.has_endpoint);
    facts.keys.push(key(1));
    facts.endpoints.push(endpoint(1));
    let steps = Steps::of(&facts);
    assert!(steps.are_shown() && steps.has_key && steps.has_endpoint);
    facts.keys[0].last_used_at = Some(now());
    assert!(!Steps::of(&facts).are_shown());
}

#[actix_web::test]
async fn a_new_organization_is_told_what_to_do_first() {
    let world = World::new();
    let page = world.signed_in(Role::Viewer).get("/settings").await;
    page.shows(
        200,
        &[
            "<h1>Overview</h1>",
            "First steps",
            "There were no requests in the last 24 hours.",
            "There is no endpoint yet.",
            "There were no deliveries in the last 24 hours. Tests are not counted.",
        ],
    );
}

#[actix_web::test]
async fn only_ones_own_traffic_is_shown() {
    let world = World::new();
    for (org, requests) in [(world.vienna, 1), (world.linz, 20)] {
        let mut traffic = Traffic::default();
        for _ in 0..requests {
            traffic += Traffic::of(Outcome::Failed, std::time::Duration::ZERO);
        }
        let hour = Hour::of(world.ports.clock.now());
        let added = world.keys.add_traffic(&[OrgHour { org, hour, traffic }]);
        added.expect("stored");
    }
    let page = world.signed_in(Role::Viewer).get("/settings").await;
    page.shows(200, &["1 in the last 24 hours.", "1 failed."]);
    assert!(!page.has("20 in the last"), "{}", page.body);
}

/// The page asks for itself again, for as long as the reader lets it; a page that was
/// left open keeps nobody signed in.
#[actix_web::test]
async fn what_the_page_asks_by_itself_can_be_paused_and_renews_no_session() {
    let world = World::new();
    let browser = world.signed_in(Role::Viewer);
    let page = browser.get("/settings").await;
    page.shows(
        200,
        &[
            "hx-headers='{\"X-Unattended\": \"true\"}'",
            ">Pause updates</button>",
        ],
    );
    let viewer = world.user(world.vienna, Role::Viewer);
    let seen = || {
        let sessions = world.ports.sessions.list(viewer).expect("listed");
        sessions.iter().map(|session| session.seen_at).max()
    };
    let before = seen();
    world.clock.advance(time::Duration::HOUR);
    let page = browser.get_unattended("/settings").await;
    page.shows(200, &["Overview"]);
    let kept = |page: &Page| {
        page.headers
            .iter()
            .any(|(name, value)| name == "set-cookie" && value.starts_with("org_api_session="))
    };
    assert_eq!((seen(), kept(&page)), (before, false));
    let page = browser.get("/settings").await;
    assert!(seen() > before && kept(&page), "somebody looks");
}

#[actix_web::test]
async fn who_is_not_signed_in_is_sent_to_sign_in() {
    let world = World::new();
    let page = world.stranger().get("/settings").await;
    assert_eq!(page.status, 303);
}
