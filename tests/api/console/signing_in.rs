//! How people come in and out, and who does not.

use std::time::{Duration, Instant};

use super::browser::{Browser, html};
use super::house::{House, PASSWORD, path_of, token};
use crate::client::Answer;
use crate::command;

const SIGN_IN: &str = "/settings/sign-in";

fn sign_in(browser: &Browser, organization: &str, email: &str, password: &str) -> Answer {
    let fields = [
        ("organization", organization),
        ("email", email),
        ("password", password),
    ];
    browser.fill_in(SIGN_IN, SIGN_IN, &fields)
}

#[test]
fn a_link_lets_one_person_in_once() {
    let house = House::new();
    let link = house.invite("here-orchestra", "ada@example.org", "OWNER");
    let (first, second) = (house.stranger(), house.stranger());
    for browser in [&first, &second] {
        assert_eq!(browser.get(&link).status, 200, "to look uses nothing up");
    }
    let weak = first.fill_in(&link, &link, &[("password", "short")]);
    assert_eq!(weak.status, 422);
    assert!(
        html(&weak).contains("at least 12 characters"),
        "{}",
        html(&weak)
    );
    let joined = first.fill_in(&link, &link, &[("password", PASSWORD)]);
    assert_eq!(
        (joined.status, joined.header("location")),
        (303, Some("/settings"))
    );
    assert_eq!(first.get("/settings").status, 200);
    let late = second.get(&link);
    assert_eq!(late.status, 404);
    assert!(html(&late).contains("This link cannot be used"));
}

#[test]
fn a_password_lets_in_and_signing_out_ends_it() {
    let house = House::new();
    house.join("here-orchestra", "ada@example.org", "VIEWER");
    let browser = house.stranger();
    let entered = sign_in(&browser, "here-orchestra", " ADA@example.org ", PASSWORD);
    assert_eq!(
        (entered.status, entered.header("location")),
        (303, Some("/settings"))
    );
    let session = browser.cookie("org_api_session").expect("a session");
    let out = browser.fill_in("/settings", "/settings/sign-out", &[]);
    assert_eq!(
        out.header("location"),
        Some("/settings/sign-in?done=signed-out")
    );
    assert_eq!(browser.cookie("org_api_session"), None);
    browser.keep("org_api_session", &session);
    assert_eq!(
        browser.get("/settings").status,
        303,
        "the session itself is over"
    );
}

#[test]
fn whoever_was_led_to_the_door_is_brought_back() {
    let house = House::new();
    house.join("here-orchestra", "ada@example.org", "VIEWER");
    let browser = house.stranger();
    let asked = browser.get("/settings/webhooks?page=2");
    let door = asked.header("location").expect("the door").to_owned();
    assert_eq!(
        door,
        "/settings/sign-in?next=%2Fsettings%2Fwebhooks%3Fpage%3D2"
    );
    let fields = [
        ("organization", "here-orchestra"),
        ("email", "ada@example.org"),
        ("password", PASSWORD),
    ];
    let entered = browser.fill_in(&door, SIGN_IN, &fields);
    assert_eq!(
        entered.header("location"),
        Some("/settings/webhooks?page=2")
    );
}

#[test]
fn nobody_is_told_what_was_wrong() {
    let house = House::new();
    house.join("here-orchestra", "ada@example.org", "VIEWER");
    let told = |organization: &str, email: &str, password: &str| {
        let browser = house.stranger();
        let answer = sign_in(&browser, organization, email, password);
        assert_eq!(answer.status, 422);
        let page = html(&answer);
        let start = page.find("role=\"alert\"").expect("a message");
        page[start..]
            .split("</p>")
            .next()
            .unwrap_or_default()
            .to_owned()
    };
    let wrong = told("here-orchestra", "ada@example.org", "another password");
    for (organization, email) in [
        ("here-orchestra", "ida@example.org"),
        ("there-orchestra", "ada@example.org"),
        ("no-orchestra", "ada@example.org"),
        ("not a slug \u{0}", "no address"),
    ] {
        assert_eq!(
            told(organization, email, PASSWORD),
            wrong,
            "{organization} {email}"
        );
    }
}

#[test]
fn the_sixth_attempt_of_a_minute_waits_whether_or_not_there_is_an_account() {
    let house = House::new();
    house.join("here-orchestra", "ada@example.org", "VIEWER");
    let browser = house.stranger();
    for _ in 0..5 {
        let answer = sign_in(&browser, "here-orchestra", "ida@example.org", "wrong");
        assert_eq!(answer.status, 422);
    }
    for email in ["ida@example.org", "ada@example.org"] {
        let answer = sign_in(&browser, "here-orchestra", email, PASSWORD);
        assert_eq!(answer.status, 429, "this address has had its five");
        let wait: u32 = answer
            .header("retry-after")
            .expect("how long")
            .parse()
            .expect("seconds");
        assert!((1..=60).contains(&wait), "{wait}");
    }
}

/// Who was refused what, in the trail of an organization or of nobody, once it is stored.
fn refusals(house: &House, arguments: &[&str]) -> Vec<(Option<String>, String, String)> {
    let arguments = [&["audit", "--action", "session.refused"], arguments].concat();
    let text = |value: &serde_json::Value| value.as_str().map(str::to_owned);
    let deadline = Instant::now() + Duration::from_secs(30);
    loop {
        let trail = house.run(&arguments);
        let entries = trail["items"].as_array().expect("entries");
        if !entries.is_empty() {
            let refusal = |entry: &serde_json::Value| {
                assert!(entry["actor"].is_null(), "{entry}");
                let part = |name: &str| text(&entry["details"][name]).expect("a text");
                (text(&entry["subject"]), part("door"), part("why"))
            };
            return entries.iter().map(refusal).collect();
        }
        assert!(Instant::now() < deadline, "nothing was stored");
    }
}

#[test]
fn whoever_is_refused_is_told_of_in_the_trail_of_whom_they_named() {
    let house = House::new();
    house.join("here-orchestra", "ada@example.org", "VIEWER");
    let browser = house.stranger();
    for email in ["ada@example.org", "ida@example.org"] {
        let answer = sign_in(&browser, "here-orchestra", email, "wrong");
        assert_eq!(answer.status, 422);
    }
    let wrong = |(_, door, why): &(Option<String>, String, String)| {
        (door.as_str(), why.as_str()) == ("password", "wrong")
    };
    let here = refusals(&house, &["--org", "here-orchestra"]);
    assert!(here.len() == 1 && here.iter().all(wrong), "{here:?}");
    let subject = here[0].0.as_deref().expect("a user");
    assert!(subject.starts_with("usr_"), "{subject}");
    let nobodys = refusals(&house, &[]);
    assert!(
        nobodys.len() == 1 && nobodys.iter().all(wrong),
        "{nobodys:?}"
    );
    assert_eq!(nobodys[0].0, None);
}

#[test]
fn a_new_password_ends_the_other_sessions() {
    let house = House::new();
    let first = house.join("here-orchestra", "ada@example.org", "VIEWER");
    let second = house.stranger();
    assert_eq!(
        sign_in(&second, "here-orchestra", "ada@example.org", PASSWORD).status,
        303
    );
    let path = "/settings/account/password";
    let changed = second.fill_in(
        path,
        path,
        &[("present", PASSWORD), ("new", "quince harbour moss 3")],
    );
    assert_eq!(
        changed.header("location"),
        Some("/settings/account?done=password-changed")
    );
    assert_eq!(second.get("/settings").status, 200);
    assert_eq!(first.get("/settings").status, 303);
}

#[test]
fn a_session_is_listed_and_can_be_ended_from_elsewhere() {
    let house = House::new();
    let first = house.join("here-orchestra", "ada@example.org", "VIEWER");
    let second = house.stranger();
    assert_eq!(
        sign_in(&second, "here-orchestra", "ada@example.org", PASSWORD).status,
        303
    );
    let ended = second.fill_in(
        "/settings/account",
        "/settings/account/sessions/end-others",
        &[],
    );
    assert_eq!(
        ended.header("location"),
        Some("/settings/account?done=other-sessions-ended")
    );
    assert_eq!(
        (
            first.get("/settings").status,
            second.get("/settings").status
        ),
        (303, 200)
    );
}

#[test]
fn an_operators_link_lets_in_whoever_lost_their_password() {
    let house = House::new();
    house.join("here-orchestra", "ada@example.org", "OWNER");
    let arguments = [
        "user",
        "link",
        "--org",
        "here-orchestra",
        "--email",
        "ada@example.org",
    ];
    let link = command::text(&house.run(&arguments), "link");
    let (link, browser) = (path_of(&link), house.stranger());
    let entered = browser.fill_in(&link, &link, &[("password", "")]);
    assert_eq!(
        entered.header("location"),
        Some("/settings"),
        "the password is kept"
    );
    assert_eq!(browser.get("/settings").status, 200);
}

#[test]
fn cookies_and_headers_are_those_of_a_page_that_nobody_else_may_touch() {
    let house = House::new();
    let link = house.invite("here-orchestra", "ada@example.org", "VIEWER");
    let browser = house.stranger();
    browser.get(&link);
    let visit = browser.cookie("org_api_visit").expect("a visit");
    let fields = [("token", &*token(&visit, &link)), ("password", PASSWORD)];
    let joined = browser.post(&link, &fields, Some(&browser.origin()));
    let cookie = joined.header("set-cookie").expect("a cookie");
    for part in [
        "org_api_session=",
        "HttpOnly",
        "SameSite=Lax",
        "Path=/",
        "Max-Age=604800",
    ] {
        assert!(cookie.contains(part), "{part} in {cookie}");
    }
    assert!(
        !cookie.contains("Secure"),
        "on this machine there is no TLS: {cookie}"
    );
    let page = browser.get("/settings");
    let policy = page.header("content-security-policy").expect("a policy");
    assert!(
        policy.starts_with("default-src 'none'") && !policy.contains("unsafe"),
        "{policy}"
    );
    for (name, value) in [
        ("cache-control", "no-store"),
        ("x-content-type-options", "nosniff"),
        ("x-frame-options", "DENY"),
        ("referrer-policy", "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
        ("content-type", "text/html; charset=utf-8"),
    ] {
        assert_eq!(page.header(name), Some(value), "{name}");
    }
    assert!(page.header("x-request-id").is_some());
}

#[test]
fn behind_tls_the_cookie_is_bound_to_the_host() {
    let house = House::served_with(&["--public-url", "https://settings.example.org"]);
    let link = house.invite("here-orchestra", "ada@example.org", "VIEWER");
    let browser = house.stranger_at("settings.example.org");
    browser.get(&link);
    let visit = browser.cookie("__Host-org_api_visit").expect("a visit");
    let fields = [("token", &*token(&visit, &link)), ("password", PASSWORD)];
    let joined = browser.post(&link, &fields, Some("https://settings.example.org"));
    assert_eq!(joined.status, 303, "{}", html(&joined));
    let cookie = joined.header("set-cookie").expect("a cookie");
    assert!(
        cookie.starts_with("__Host-org_api_session=") && cookie.contains("Secure"),
        "{cookie}"
    );
    assert!(
        browser
            .get("/settings")
            .header("strict-transport-security")
            .is_some()
    );
}
