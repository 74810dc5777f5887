//! How often somebody may try.

use time::Duration;

use crate::sign_in::{Credentials, SignInError};
use crate::testing::{House, PASSWORD, caller, visitor};
use crate::user::{Email, Role, User};

/// How many attempts from different addresses are refused before they are too many.
fn attempts_before_too_many(house: &House, user: &User) -> (usize, u32) {
    for attempt in 0..20_u8 {
        match house.with_password(user, "andante con fuoco", 100 + attempt) {
            Err(SignInError::Refused) => {}
            Err(SignInError::TooMany(standing)) => {
                return (attempt.into(), standing.retry_after.expect("seconds"));
            }
            other => panic!("{other:?}"),
        }
    }
    panic!("there is no limit");
}

#[test]
fn limits_are_the_same_whether_or_not_the_account_exists() {
    let house = House::new();
    let (user, _) = house.joined("ada", Role::Admin);
    let made_up = User {
        email: Email::stored("eva@example.org".to_owned()),
        ..user.clone()
    };
    let elsewhere = User {
        org_slug: "orchestra-9".to_owned(),
        ..user.clone()
    };
    for account in [&user, &made_up, &elsewhere] {
        assert_eq!(attempts_before_too_many(&house, account), (5, 60));
    }
    let right = house.with_password(&user, PASSWORD, 200);
    assert!(
        matches!(right, Err(SignInError::TooMany(_))),
        "not even with the password"
    );
    house.clock.advance(Duration::MINUTE);
    house.with_password(&user, PASSWORD, 200).expect("let in");
}

#[test]
fn an_address_in_other_case_or_with_blanks_is_one_account() {
    let house = House::new();
    for (last, email) in (1..).zip(["a@b.at", "A@b.at", " a@B.AT", "a@b.at ", "A@B.at"]) {
        let credentials = Credentials {
            organization: "orchestra-1",
            email,
            password: PASSWORD,
        };
        let refused = house
            .sign_in
            .with_password(credentials, caller(&visitor(last)));
        assert!(matches!(refused, Err(SignInError::Refused)), "{refused:?}");
    }
    let credentials = Credentials {
        organization: "ORCHESTRA-1 ",
        email: "a@b.at",
        password: PASSWORD,
    };
    let refused = house
        .sign_in
        .with_password(credentials, caller(&visitor(6)));
    assert!(
        matches!(refused, Err(SignInError::TooMany(_))),
        "{refused:?}"
    );
}

#[test]
fn an_address_has_five_attempts_whatever_the_accounts() {
    let house = House::new();
    let (user, _) = house.joined("ada", Role::Admin);
    for number in 0..5 {
        let made_up = User {
            email: Email::stored(format!("eva-{number}@example.org")),
            ..user.clone()
        };
        let refused = house.with_password(&made_up, PASSWORD, 7);
        assert!(matches!(refused, Err(SignInError::Refused)), "{refused:?}");
    }
    let refused = house.with_password(&user, PASSWORD, 7);
    assert!(
        matches!(refused, Err(SignInError::TooMany(_))),
        "{refused:?}"
    );
    house
        .with_password(&user, PASSWORD, 8)
        .expect("let in from elsewhere");
}
