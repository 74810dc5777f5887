//! Where a key stands, as an independent reader of structured fields understands it.

use actix_web::test::TestRequest;
use org_auth::rate::{OwnLimits, PerMinute};
use org_kernel::clock::Clock as _;
use serde_json::json;
use sfv::{BareItem, List, ListEntry, Parser};
use time::Duration;

use crate::response::Response;
use crate::world::{VIENNA, World, with_key};

/// The name of the one policy in a field, and two numbers that are said of it.
fn told(answer: &Response, field: &str, parameters: [&str; 2]) -> (String, [i64; 2]) {
    let text = answer.header(field).unwrap_or_else(|| panic!("{field}"));
    let list: List = Parser::new(text)
        .parse()
        .unwrap_or_else(|why| panic!("{text}: {why}"));
    let [ListEntry::Item(policy)] = list.as_slice() else {
        panic!("one policy: {text}");
    };
    let BareItem::String(name) = &policy.bare_item else {
        panic!("a name: {text}");
    };
    let numbers = parameters.map(|parameter| {
        let number = policy.params.get(parameter);
        let number = number.and_then(BareItem::as_integer);
        number
            .unwrap_or_else(|| panic!("{parameter}: {text}"))
            .into()
    });
    assert_eq!(policy.params.len(), 2, "{text}");
    (name.as_str().to_owned(), numbers)
}

/// Holds the fields of an answer to the older ones, and tells what they say of which class.
fn agreed(world: &World, answer: &Response) -> (String, [i64; 2]) {
    let older = |name: &str| -> i64 {
        let number = answer.header(&format!("x-ratelimit-{name}"));
        let number = number.unwrap_or_else(|| panic!("{name}: {answer:?}"));
        number.parse().expect("a number")
    };
    let (name, [quota, seconds]) = told(answer, "ratelimit-policy", ["q", "w"]);
    assert_eq!((quota, seconds), (older("limit"), 60));
    let (same, [remaining, resets_in]) = told(answer, "ratelimit", ["r", "t"]);
    assert_eq!((&same, remaining), (&name, older("remaining")));
    let now = world.clock.now().unix_milliseconds().div_euclid(1000);
    assert!((now..=now + 1).contains(&(older("reset") - resets_in)));
    if answer.status == 429 {
        let wait = answer.header("retry-after").expect("how long to wait");
        assert_eq!(wait.parse(), Ok(resets_in));
    }
    (name, [quota, remaining])
}

#[actix_web::test]
async fn both_ways_of_telling_a_limit_agree_on_every_answer() {
    let world = World::new();
    let key = world.issue(50, |key| {
        key.limits = OwnLimits {
            reads: PerMinute::new(5).ok(),
            writes: PerMinute::new(4).ok(),
        };
    });
    let ask = async |method: &str, path: &str, body: &str| {
        let request = with_key(TestRequest::with_uri(&format!("{VIENNA}{path}")), &key);
        let request = request
            .method(method.parse().expect("a method"))
            .insert_header(("content-type", "application/json"))
            .insert_header(("idempotency-key", "once"))
            .set_payload(body.to_owned());
        world.clock.advance(Duration::milliseconds(777));
        let answer = world.send(request).await;
        let told = agreed(&world, &answer);
        (answer.status, told)
    };
    let contact = json!({ "name": "Ada Novak", "type": "AGENT" }).to_string();
    for (method, path, body, status, class, left) in [
        ("GET", "/works", "", 200, "read", [5, 4]),
        ("HEAD", "/works", "", 200, "read", [5, 3]),
        ("GET", "/works?page=0", "", 422, "read", [5, 2]),
        ("GET", "/productions/none", "", 404, "read", [5, 1]),
        ("GET", "", "", 200, "read", [5, 0]),
        ("GET", "", "", 429, "read", [5, 0]),
        ("POST", "/contacts", &contact, 201, "write", [4, 3]),
        ("POST", "/contacts", &contact, 201, "write", [4, 2]),
        ("POST", "/contacts", "{}", 422, "write", [4, 1]),
        ("POST", "/contacts", "[", 422, "write", [4, 0]),
        ("POST", "/contacts", &contact, 429, "write", [4, 0]),
    ] {
        let answer = ask(method, path, body).await;
        let expected = (status, (class.to_owned(), left));
        assert_eq!(answer, expected, "{method} {path} {body}");
    }
}

#[actix_web::test]
async fn nobody_without_a_good_key_is_told_of_a_limit() {
    let world = World::new();
    world.revoke(1);
    for request in [
        TestRequest::with_uri(VIENNA),
        with_key(TestRequest::with_uri(VIENNA), "abo_org_x"),
        world.request(""),
    ] {
        let answer = world.send(request).await;
        assert_eq!(answer.status, 401);
        for field in ["ratelimit", "ratelimit-policy", "x-ratelimit-limit"] {
            assert_eq!(answer.header(field), None, "{field}");
        }
    }
}
