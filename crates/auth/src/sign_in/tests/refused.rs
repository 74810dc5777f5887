//! What the trail is told of whoever was not let in.

use org_kernel::audit::{AuditTrail, Entry, EntryQuery, Request, Subject};
use time::Duration;

use crate::sign_in::{Caller, Credentials};
use crate::testing::{House, PASSWORD, org, store, visitor};
use crate::user::{Role, User};

/// What was noted, stored: of organization 1, and of nobody.
fn told(house: &House) -> [Vec<Entry>; 2] {
    let store = store();
    house.refusals.flush(&store).expect("stored");
    [Some(org(1)), None].map(|org| {
        let query = EntryQuery {
            org,
            limit: 1000,
            ..EntryQuery::default()
        };
        store.entries(&query).expect("the trail")
    })
}

fn request() -> Request {
    Request {
        id: "request-7".to_owned(),
        address: [192, 0, 2, 2].into(),
        method: "POST".to_owned(),
        route: "/settings/sign-in".to_owned(),
        status: 303,
    }
}

/// Tries a password from the address that ends so.
fn try_password(house: &House, email: &str, password: &str, last: u8) -> bool {
    let (visitor, request) = (visitor(last), request());
    let caller = Caller {
        visitor: &visitor,
        cookie: None,
        request: Some(&request),
    };
    let credentials = Credentials {
        organization: "orchestra-1",
        email,
        password,
    };
    house.sign_in.with_password(credentials, caller).is_ok()
}

/// What an entry says: at which door, why, and how it was answered.
fn why(entry: &Entry) -> (&str, &str, u16) {
    let text = |name: &str| entry.details[name].as_str().expect("a text");
    let request = entry.request.as_ref().expect("a request");
    (text("door"), text("why"), request.status)
}

fn is_about(entry: &Entry, user: &User) -> bool {
    entry.actor.is_none() && entry.subject == Some(Subject::from(user.id))
}

#[test]
fn a_wrong_password_is_told_of_the_user_and_of_nobody_where_there_is_none() {
    let house = House::new();
    let (user, _) = house.joined("ada", Role::Admin);
    assert!(!try_password(&house, "ada@example.org", "wrong-secret", 2));
    assert!(!try_password(&house, "eva@example.org", "wrong-secret", 3));
    assert!(try_password(&house, "ada@example.org", PASSWORD, 4));
    let [users, nobodys] = told(&house);
    assert_eq!((users.len(), nobodys.len()), (1, 1));
    assert!(is_about(&users[0], &user), "{users:?}");
    assert_eq!((nobodys[0].actor, &nobodys[0].subject), (None, &None));
    for entry in [&users[0], &nobodys[0]] {
        assert_eq!(why(entry), ("password", "wrong", 422));
        let text = format!("{entry:?}");
        assert!(
            !text.contains("wrong-secret") && !text.contains("eva"),
            "{text}"
        );
    }
}

#[test]
fn whoever_goes_on_is_told_of_a_few_times_a_minute() {
    let house = House::new();
    let (user, _) = house.joined("ada", Role::Admin);
    for _ in 0..50 {
        try_password(&house, "ada@example.org", "wrong", 2);
    }
    let [users, nobodys] = told(&house);
    assert!(users.iter().all(|entry| is_about(entry, &user)));
    let of = |expected| users.iter().filter(|entry| why(entry) == expected).count();
    assert_eq!(of(("password", "wrong", 422)), 5);
    assert_eq!(of(("password", "too many", 429)), 5);
    assert_eq!((users.len(), nobodys.len()), (10, 0));
    house.clock.advance(Duration::MINUTE);
    try_password(&house, "ada@example.org", "wrong", 2);
    assert_eq!(told(&house)[0].len(), 1);
}

#[test]
fn a_link_that_cannot_be_used_is_told_of_a_few_times_a_minute() {
    let house = House::new();
    let (visitor, request) = (visitor(2), request());
    for _ in 0..50 {
        let caller = Caller {
            visitor: &visitor,
            cookie: None,
            request: Some(&request),
        };
        let refused = house.sign_in.with_link("made-up", Some(PASSWORD), caller);
        assert!(refused.is_err());
    }
    let [users, nobodys] = told(&house);
    assert_eq!((users.len(), nobodys.len()), (0, 5));
    assert!(
        nobodys
            .iter()
            .all(|entry| why(entry) == ("link", "wrong", 404))
    );
}

#[test]
fn a_wrong_code_is_told_of_its_user() {
    let house = House::new();
    let (user, _) = house.joined("ada", Role::Admin);
    house.second_factor(&user);
    let pending = house.with_password(&user, PASSWORD, 2).expect("right");
    let (visitor, request) = (visitor(2), request());
    for code in ["000-000", "abcd-efgh-jkmn", "", "1", "2", "3"] {
        let caller = Caller {
            visitor: &visitor,
            cookie: Some(pending.token.expose()),
            request: Some(&request),
        };
        assert!(house.sign_in.with_code(code, caller).is_err());
    }
    let [users, nobodys] = told(&house);
    assert!(users.iter().all(|entry| is_about(entry, &user)));
    let told: Vec<_> = users.iter().map(why).collect();
    let mut expected = vec![("code", "wrong", 422); 5];
    expected.push(("code", "too many", 429));
    assert_eq!((told, nobodys.len()), (expected, 0));
}
