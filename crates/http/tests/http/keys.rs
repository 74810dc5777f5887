//! Keys: how they are read, how often they may be used, and what they may do.

use actix_web::http::header::HeaderValue;
use actix_web::test::TestRequest;
use org_auth::rate::{OwnLimits, PerMinute};
use org_auth::scope::Scope;
use org_http::Settings;
use time::Duration;

use crate::broken::Health;
use crate::world::{VIENNA, World, with_key};

#[actix_web::test]
async fn a_key_is_read_to_the_letter() {
    let world = World::new();
    let key = world.key.as_str();
    let cut = &key[..key.len() - 1];
    let other_checksum = format!("{cut}{}", if key.ends_with('A') { 'B' } else { 'A' });
    for (value, status, code) in [
        (format!("bEaReR \t {key} "), 200, "none"),
        (String::new(), 401, "API_KEY_MISSING"),
        ("Bearer".to_owned(), 401, "API_KEY_MISSING"),
        ("Bearer  ".to_owned(), 401, "API_KEY_MISSING"),
        (format!("Basic {key}"), 401, "API_KEY_MISSING"),
        (key.to_owned(), 401, "API_KEY_MISSING"),
        (format!("Bearer {cut}"), 401, "API_KEY_MALFORMED"),
        (format!("Bearer {other_checksum}"), 401, "API_KEY_MALFORMED"),
        (format!("Bearer {key} {key}"), 401, "API_KEY_MALFORMED"),
        (format!("Bearer {key},"), 401, "API_KEY_MALFORMED"),
        (
            format!("Bearer {}", "a".repeat(8_000)),
            401,
            "API_KEY_MALFORMED",
        ),
    ] {
        let request =
            TestRequest::with_uri(VIENNA).insert_header(("authorization", value.as_str()));
        let answer = world.send(request).await;
        assert_eq!(
            (answer.status, answer.code().as_str()),
            (status, code),
            "{value:.60}"
        );
    }
}

#[actix_web::test]
async fn a_key_of_odd_bytes_or_sent_twice_is_malformed() {
    let world = World::new();
    let odd = HeaderValue::from_bytes(b"Bearer abo_org_\xff\xfe").expect("a header");
    let answer = world
        .send(TestRequest::with_uri(VIENNA).insert_header(("authorization", odd)))
        .await;
    assert_eq!(answer.code(), "API_KEY_MALFORMED");
    let twice = with_key(TestRequest::with_uri(VIENNA), &world.key);
    let twice = twice.append_header(("authorization", format!("Bearer {}", world.key)));
    assert_eq!(world.send(twice).await.code(), "API_KEY_MALFORMED");
}

#[actix_web::test]
async fn a_key_that_cannot_be_looked_up_is_not_refused() {
    let world = World::new();
    world.keys.falls(Health::Unreachable);
    let answer = world.get("").await;
    assert_eq!(
        (answer.status, answer.code().as_str()),
        (503, "UNAVAILABLE")
    );
    world.keys.falls(Health::Well);
    assert_eq!(world.get("").await.status, 200);
    world.keys.falls(Health::Unreachable);
    assert_eq!(
        world.get("").await.status,
        200,
        "a key that is remembered needs no store"
    );
}

#[actix_web::test]
async fn a_burst_stops_at_the_limit_and_waiting_helps() {
    let world = World::new();
    let key = world.issue(20, |key| {
        key.limits = OwnLimits {
            reads: PerMinute::new(3).ok(),
            writes: None,
        }
    });
    let ask = async || {
        world
            .send(with_key(TestRequest::with_uri(VIENNA), &key))
            .await
    };
    let reset = Some("1773513060");
    for remaining in ["2", "1", "0"] {
        let answer = ask().await;
        assert_eq!(
            (answer.status, answer.header("x-ratelimit-remaining")),
            (200, Some(remaining))
        );
        assert_eq!(
            (
                answer.header("x-ratelimit-limit"),
                answer.header("x-ratelimit-reset")
            ),
            (Some("3"), reset)
        );
        assert_eq!(answer.header("retry-after"), None);
    }
    world.clock.advance(Duration::milliseconds(12_345));
    let refused = ask().await;
    assert_eq!(
        (refused.status, refused.header("x-ratelimit-remaining")),
        (429, Some("0"))
    );
    assert_eq!(refused.header("retry-after"), Some("48"));
    world.clock.advance(Duration::seconds(48));
    assert_eq!(ask().await.status, 200);
}

#[actix_web::test]
async fn every_request_with_a_good_key_counts_whatever_its_answer() {
    let world = World::new();
    let narrow = world.issue_with(21, []);
    let paths = [VIENNA, "/api/org/v1/linz", "/api/org/v1/vienna/works?x"];
    for (path, remaining) in paths.into_iter().zip(["999", "998", "997"]) {
        let answer = world
            .send(with_key(TestRequest::with_uri(path), &narrow))
            .await;
        assert_eq!(
            answer.header("x-ratelimit-remaining"),
            Some(remaining),
            "{path}"
        );
    }
}

#[actix_web::test]
async fn whoever_fails_too_often_is_told_to_wait_and_a_good_key_is_not() {
    let world = World::new();
    let from = |address: &str, key: &str| {
        let peer = format!("{address}:4711").parse().expect("an address");
        with_key(TestRequest::with_uri(VIENNA), key).peer_addr(peer)
    };
    for _ in 0..60 {
        assert_eq!(world.send(from("192.0.2.1", "abo_org_x")).await.status, 401);
    }
    let refused = world.send(from("192.0.2.1", "abo_org_x")).await;
    assert_eq!(
        (refused.status, refused.code().as_str()),
        (429, "RATE_LIMITED")
    );
    assert_eq!(
        (
            refused.header("retry-after"),
            refused.header("x-ratelimit-limit")
        ),
        (Some("60"), None)
    );
    assert_eq!(world.send(from("192.0.2.1", &world.key)).await.status, 200);
    assert_eq!(world.send(from("192.0.2.2", "abo_org_x")).await.status, 401);
    let nothing =
        TestRequest::with_uri(VIENNA).peer_addr("192.0.2.1:1".parse().expect("an address"));
    assert_eq!(world.send(nothing).await.code(), "API_KEY_MISSING");
}

#[actix_web::test]
async fn a_missing_scope_is_named_with_those_that_there_are() {
    let world = World::new();
    let key = world.issue_with(32, [Scope::WriteContacts, Scope::ReadPersonnel]);
    let request = with_key(
        TestRequest::with_uri(&format!("{VIENNA}/instruments")),
        &key,
    );
    insta::assert_snapshot!(world.send(request).await.shown());
}

#[actix_web::test]
async fn each_use_of_a_key_is_noted() {
    let world = World::new();
    world.get("").await;
    world.flush_uses();
    let used: Vec<_> = world
        .stored_keys()
        .into_iter()
        .map(|key| key.last_used_at)
        .collect();
    assert_eq!(
        used,
        [Some("2026-03-14T18:30:00Z".parse().expect("an instant"))]
    );
}

#[actix_web::test]
async fn a_trusted_proxys_clients_fail_each_for_itself() {
    let settings = Settings {
        trusted_proxies: vec!["10.0.0.0/8".parse().expect("a network")],
        ..Settings::default()
    };
    let world = World::with(settings);
    let from = |client: &str| {
        let request = with_key(TestRequest::with_uri(VIENNA), "abo_org_x");
        let request = request.peer_addr("10.0.0.1:4711".parse().expect("an address"));
        request.insert_header(("x-forwarded-for", client))
    };
    for _ in 0..60 {
        assert_eq!(world.send(from("203.0.113.9, 192.0.2.1")).await.status, 401);
    }
    assert_eq!(world.send(from("203.0.113.8, 192.0.2.1")).await.status, 429);
    assert_eq!(world.send(from("192.0.2.1, 203.0.113.9")).await.status, 401);
}
