//! Each rule, on both sides of where it begins.

use org_auth::traffic::Traffic;
use org_auth::usage::{KeyDay, Outcome, Tally};

use super::*;
use crate::local::Local;
use crate::overview::samples::{endpoint, key, later, nothing, now, user};

const MOMENT: Duration = Duration::milliseconds(1);

/// What the owner is told of these facts.
fn found(facts: &Facts) -> Vec<Attention> {
    attention(facts, &user(1, Role::Owner))
}

/// The sentence and the link of the one thing that needs attention.
fn told(facts: &Facts) -> (String, String) {
    let [one] = &found(facts)[..] else {
        panic!("one: {:?}", found(facts));
    };
    let words = one.words(&Local::new("en-GB", "Europe/Vienna"));
    let sentence = format!("{} {words}", one.subject());
    (sentence.trim().to_owned(), one.path())
}

fn with_endpoint(change: impl FnOnce(&mut Endpoint)) -> Facts {
    let mut endpoint = endpoint(7);
    change(&mut endpoint);
    Facts {
        endpoints: vec![endpoint],
        ..nothing(now())
    }
}

fn with_key(change: impl FnOnce(&mut ApiKey)) -> Facts {
    let mut key = key(7);
    change(&mut key);
    Facts {
        keys: vec![key],
        ..nothing(now())
    }
}

fn with_user(role: Role, change: impl FnOnce(&mut User)) -> Facts {
    let mut facts = nothing(now());
    let mut other = user(7, role);
    change(&mut other);
    facts.users.push(other);
    facts
}

/// Of this hour's requests, so many were refused.
fn with_refused(refused: u64, of: u64) -> Facts {
    let mut facts = nothing(now());
    let hour = facts.hours.last_mut().expect("hours");
    for number in 0..of {
        let outcome = if number < refused {
            Outcome::Refused
        } else {
            Outcome::Done
        };
        hour.traffic += Traffic::of(outcome, std::time::Duration::from_millis(2));
    }
    facts
}

#[test]
fn where_all_is_well_nothing_needs_attention() {
    let mut facts = with_endpoint(|_| {});
    facts.keys.push(key(7));
    facts.users.push(user(7, Role::Viewer));
    assert_eq!(found(&facts), []);
}

#[test]
fn a_disabled_endpoint_says_why() {
    for (because, why) in [
        (
            Some(DisabledBecause::Gone),
            "was disabled because it answered 410, Gone",
        ),
        (
            Some(DisabledBecause::Failing),
            "was disabled because it had failed for days",
        ),
        (None, "is disabled"),
    ] {
        let facts = with_endpoint(|endpoint| {
            endpoint.enabled = false;
            endpoint.disabled_because = because;
        });
        let (sentence, path) = told(&facts);
        let rest = "(last changed on 12 Mar 2026, 19:30). Nothing is sent to it.";
        assert_eq!(sentence, format!("https://hooks.example/7 {why} {rest}"));
        assert_eq!(path, format!("/settings/webhooks/{}", endpoint(7).id));
    }
}

#[test]
fn an_endpoint_that_fails_is_told_of_at_once_and_more_sternly_after_an_hour() {
    let tried_again = "Its deliveries are tried again";
    for (ago, is_bad, expected) in [
        (
            Duration::ZERO,
            false,
            format!(
                "14 Mar 2026, 19:30. {tried_again}, and most receivers are back within the hour."
            ),
        ),
        (
            Duration::HOUR,
            false,
            format!(
                "14 Mar 2026, 18:30. {tried_again}, and most receivers are back within the hour."
            ),
        ),
        (
            Duration::HOUR + MOMENT,
            true,
            format!("14 Mar 2026, 18:29. {tried_again}."),
        ),
    ] {
        let facts = with_endpoint(|endpoint| endpoint.failing_since = Some(later(-ago)));
        let (sentence, path) = told(&facts);
        assert_eq!(
            sentence,
            format!("https://hooks.example/7 has failed since {expected}")
        );
        assert_eq!(path, format!("/settings/webhooks/{}", endpoint(7).id));
        assert_eq!(found(&facts)[0].is_bad(), is_bad, "{ago}");
    }
}

#[test]
fn a_key_is_told_of_from_two_weeks_before_its_end_to_a_week_after_it() {
    let ends = |by: Duration| with_key(|key| key.expires_at = Some(later(by)));
    for (by, words) in [
        (EXPIRES_WITHIN + MOMENT, None),
        (EXPIRES_WITHIN, Some("expires on 28 Mar 2026, 19:30")),
        (MOMENT, Some("expires on 14 Mar 2026, 19:30")),
        (Duration::ZERO, Some("expired on 14 Mar 2026, 19:30")),
        (-EXPIRED_WITHIN, Some("expired on 7 Mar 2026, 19:30")),
        (-EXPIRED_WITHIN - MOMENT, None),
    ] {
        let facts = ends(by);
        let Some(words) = words else {
            assert_eq!(found(&facts), [], "{by}");
            continue;
        };
        let (sentence, path) = told(&facts);
        assert!(
            sentence.starts_with(&format!("Key 7 {words}")),
            "{sentence}"
        );
        assert_eq!(path, format!("/settings/keys/{}", key(7).id));
    }
}

/// Somebody has seen to it already.
#[test]
fn a_key_that_is_revoked_or_replaced_may_expire() {
    let ends = Some(later(Duration::DAY));
    let revoked = with_key(|key| (key.expires_at, key.revoked_at) = (ends, Some(now())));
    let replaced = with_key(|key| (key.expires_at, key.replaced_by) = (ends, Some(key.id)));
    assert_eq!(found(&revoked), []);
    assert_eq!(found(&replaced), []);
}

#[test]
fn a_key_that_met_its_limit_is_named_while_it_can_be_used() {
    let day = |limited| KeyDay {
        key: key(7).id,
        day: now().to_utc().date(),
        tally: Tally {
            limited,
            ..Tally::default()
        },
    };
    let mut facts = with_key(|_| {});
    facts.key_days = vec![day(0)];
    assert_eq!(found(&facts), []);
    facts.key_days = vec![day(1), day(3)];
    let (sentence, path) = told(&facts);
    let expected = "Key 7 met its limit of requests a minute, today or yesterday.";
    assert_eq!(sentence, expected);
    assert_eq!(path, format!("/settings/keys/{}", key(7).id));
    facts.keys[0].revoked_at = Some(now());
    assert_eq!(found(&facts), []);
}

#[test]
fn many_refused_requests_are_a_hundred_and_a_tenth_of_all() {
    for (refused, requests) in [(99, 99), (100, 1001)] {
        assert_eq!(found(&with_refused(refused, requests)), []);
    }
    let (sentence, path) = told(&with_refused(100, 1000));
    let expected = "100 of 1,000 requests of the last 24 hours were refused.";
    assert_eq!((&*sentence, &*path), (expected, "/settings/keys"));
}

#[test]
fn an_invitation_whose_link_has_ended_is_told_of() {
    let mut facts = with_user(Role::Viewer, |user| user.joined_at = None);
    let (sentence, path) = told(&facts);
    let expected = "User 7 was invited, and the sign-in link has ended. Send a new one.";
    assert_eq!((&*sentence, &*path), (expected, "/settings/people"));
    facts.may_come.insert(user(7, Role::Viewer).id);
    assert_eq!(found(&facts), [], "the link can be used");
}

#[test]
fn an_owner_without_a_second_factor_is_told_of_where_there_can_be_one() {
    let mut facts = with_user(Role::Owner, |user| user.has_second_factor = false);
    let (sentence, path) = told(&facts);
    let expected = "User 7 is an owner without a second factor. Ask them to switch it on.";
    assert_eq!((&*sentence, &*path), (expected, "/settings/people"));
    let themselves = attention(&facts, &user(7, Role::Owner));
    assert_eq!(themselves, [Attention::Unprotected]);
    assert_eq!(themselves[0].path(), "/settings/account/second-factor");
    facts.second_factors = false;
    assert_eq!(found(&facts), []);
    for role in [Role::Admin, Role::Viewer] {
        let facts = with_user(role, |user| user.has_second_factor = false);
        assert_eq!(found(&facts), [], "{role:?}");
    }
}

/// Whatever is put right has a page on which that is done.
#[test]
fn each_link_leads_to_a_page() {
    let mut facts = with_refused(100, 100);
    facts.users[0].has_second_factor = false;
    facts.users.push(User {
        has_second_factor: false,
        ..user(7, Role::Owner)
    });
    facts.users.push(User {
        joined_at: None,
        ..user(8, Role::Viewer)
    });
    facts.keys = with_key(|key| key.expires_at = Some(now())).keys;
    facts.endpoints = with_endpoint(|endpoint| endpoint.enabled = false).endpoints;
    let all = found(&facts);
    assert_eq!(all.len(), 6, "{all:?}");
    for one in all {
        let path = one.path();
        let parts: Vec<_> = path.split('/').collect();
        let leads_to = |route: &crate::Route| {
            let places: Vec<_> = route.path.split('/').collect();
            let fits = |(place, part): (&&str, &&str)| place.starts_with('{') || place == part;
            places.len() == parts.len() && places.iter().zip(&parts).all(fits)
        };
        let mut pages = crate::route_table().into_iter();
        let found = pages.any(|route| route.method == "GET" && leads_to(&route));
        assert!(found, "{path} is no page");
    }
}

#[test]
fn what_does_not_work_comes_before_what_may_not_work_later() {
    let mut facts = with_user(Role::Owner, |user| user.has_second_factor = false);
    let ends = [Duration::days(3), Duration::DAY, -Duration::DAY];
    for (number, by) in (1..).zip(ends) {
        facts.keys.push(ApiKey {
            expires_at: Some(later(by)),
            ..key(number)
        });
    }
    for number in 1..=4 {
        facts.endpoints.push(endpoint(number));
    }
    facts.endpoints[3].failing_since = Some(now());
    facts.endpoints[0].failing_since = Some(later(-Duration::DAY));
    facts.endpoints[1].enabled = false;
    facts.endpoints[2].enabled = false;
    facts.endpoints[2].disabled_because = Some(DisabledBecause::Failing);
    let subjects: Vec<_> = found(&facts)
        .iter()
        .map(|found| found.subject().to_owned())
        .collect();
    assert_eq!(
        subjects,
        [
            "https://hooks.example/3",
            "https://hooks.example/2",
            "https://hooks.example/1",
            "Key 3",
            "https://hooks.example/4",
            "Key 2",
            "Key 1",
            "User 7",
        ]
    );
}
