//! A second factor, from its picture to the phone that was lost.

use org_kernel::clock::{Clock, SystemClock};
use ring::hmac::{HMAC_SHA1_FOR_LEGACY_USE_ONLY, Key, sign};

use super::browser::{Browser, html};
use super::house::{House, PASSWORD, path_of};
use crate::client::Answer;
use crate::command;

const PATH: &str = "/settings/account/second-factor";
const CONFIRM: &str = "/settings/account/second-factor/confirm";
const CODE: &str = "/settings/sign-in/code";

/// What an app shows: RFC 6238 with SHA-1, six digits, thirty seconds; `steps` later.
fn code(secret: &str, steps: i64) -> String {
    let letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let values = secret.chars().filter_map(|letter| letters.find(letter));
    let bits: Vec<u8> = values
        .flat_map(|value| (0..5).rev().map(move |bit| u8::from(value >> bit & 1 == 1)))
        .collect();
    let byte = |bits: &[u8]| bits.iter().fold(0, |byte, bit| byte << 1 | bit);
    let bytes: Vec<u8> = bits.chunks_exact(8).map(byte).collect();
    let now = SystemClock.now().unix_milliseconds() / 1000;
    let step = now / 30 + steps;
    let key = Key::new(HMAC_SHA1_FOR_LEGACY_USE_ONLY, &bytes);
    let hash = sign(&key, &step.to_be_bytes());
    let hash = hash.as_ref();
    let start = usize::from(hash[19] & 15);
    let number = u32::from_be_bytes(hash[start..start + 4].try_into().expect("four bytes"));
    format!("{:06}", (number & 0x7fff_ffff) % 1_000_000)
}

/// Switches a second factor on; answers its secret and the page with the recovery codes.
fn switched_on(browser: &Browser) -> (String, String) {
    let begun = browser.fill_in(PATH, PATH, &[("password", PASSWORD)]);
    assert_eq!(begun.header("location"), Some(CONFIRM));
    let shown = html(&browser.get(CONFIRM));
    let (_, rest) = shown
        .split_once("<code class=\"secret\">")
        .expect("the secret");
    let secret = rest.split('<').next().unwrap_or_default().to_owned();
    let wrong = browser.fill_in(CONFIRM, CONFIRM, &[("code", "000000x")]);
    assert_eq!(wrong.status, 422);
    let on = browser.fill_in(CONFIRM, CONFIRM, &[("code", &code(&secret, 0))]);
    assert_eq!(on.status, 200, "{}", html(&on));
    (secret, html(&on))
}

fn with_password(house: &House) -> Browser {
    let browser = house.stranger();
    let fields = [
        ("organization", "here-orchestra"),
        ("email", "ada@example.org"),
        ("password", PASSWORD),
    ];
    let asked = browser.fill_in("/settings/sign-in", "/settings/sign-in", &fields);
    let expected = "/settings/sign-in/code?next=%2Fsettings";
    assert_eq!(asked.header("location"), Some(expected));
    browser
}

fn send_code(browser: &Browser, code: &str) -> Answer {
    browser.fill_in(CODE, CODE, &[("code", code)])
}

#[test]
fn a_password_alone_lets_nobody_in_any_more() {
    let house = House::new();
    let owner = house.join("here-orchestra", "ada@example.org", "OWNER");
    let (secret, _) = switched_on(&owner);
    let browser = with_password(&house);
    assert_eq!(browser.get("/settings").status, 303, "the code is missing");
    assert_eq!(send_code(&browser, "123456").status, 422);
    // The step of now was used to switch it on; that of the next is accepted half a minute early.
    let next = code(&secret, 1);
    let pending = browser.cookie("org_api_session");
    assert_eq!(
        send_code(&browser, &next).header("location"),
        Some("/settings")
    );
    assert_ne!(
        browser.cookie("org_api_session"),
        pending,
        "the session is a new one"
    );
    assert_eq!(browser.get("/settings").status, 200);
    let second = with_password(&house);
    assert_eq!(send_code(&second, &next).status, 422, "a code is good once");
}

#[test]
fn a_recovery_code_lets_in_once() {
    let house = House::new();
    let owner = house.join("here-orchestra", "ada@example.org", "OWNER");
    let (_, page) = switched_on(&owner);
    let codes: Vec<_> = page
        .split("<li>")
        .filter_map(|item| item.split_once("</li>").map(|(code, _)| code))
        .filter(|code| code.len() == 14 && code.matches('-').count() == 2)
        .collect();
    assert_eq!(codes.len(), 10, "{page}");
    let browser = with_password(&house);
    let entered = send_code(&browser, &codes[0].to_uppercase());
    assert_eq!(entered.header("location"), Some("/settings"));
    let second = with_password(&house);
    assert_eq!(send_code(&second, codes[0]).status, 422, "it was used");
    assert!(html(&owner.get(PATH)).contains("9 of your recovery codes are left"));
}

#[test]
fn the_operator_helps_whoever_lost_both() {
    let house = House::new();
    let owner = house.join("here-orchestra", "ada@example.org", "OWNER");
    switched_on(&owner);
    let link = |more: &[&str]| {
        let mut arguments = vec!["user", "link", "--org", "here-orchestra"];
        arguments.extend(["--email", "ada@example.org"]);
        arguments.extend(more);
        path_of(&command::text(&house.run(&arguments), "link"))
    };
    let (plain, browser) = (link(&[]), house.stranger());
    let asked = browser.fill_in(&plain, &plain, &[]);
    let expected = "/settings/sign-in/code?next=%2Fsettings";
    assert_eq!(
        asked.header("location"),
        Some(expected),
        "a link is no second factor"
    );
    let (reset, browser) = (link(&["--reset-second-factor"]), house.stranger());
    let entered = browser.fill_in(&reset, &reset, &[]);
    assert_eq!(entered.header("location"), Some("/settings"));
}

#[test]
fn switching_it_off_takes_the_password() {
    let house = House::new();
    let owner = house.join("here-orchestra", "ada@example.org", "OWNER");
    switched_on(&owner);
    let off = "/settings/account/second-factor/off";
    let refused = owner.fill_in(PATH, off, &[("password", "another password")]);
    assert_eq!(refused.status, 422);
    let done = owner.fill_in(PATH, off, &[("password", PASSWORD)]);
    assert_eq!(
        done.header("location"),
        Some("/settings/account?done=second-factor-off")
    );
}
