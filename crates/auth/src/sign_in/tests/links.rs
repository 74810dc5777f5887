//! By link.

use std::thread;

use org_kernel::audit::Origin;
use time::Duration;

use crate::password::WeakPassword;
use crate::sign_in::{LinkError, SignedIn};
use crate::testing::{House, PASSWORD, caller, now, visitor};
use crate::user::Role;

fn with_link(house: &House, secret: &str, password: Option<&str>) -> Result<SignedIn, LinkError> {
    house
        .sign_in
        .with_link(secret, password, caller(&visitor(1)))
}

#[test]
fn the_first_link_joins_and_sets_the_password() {
    let house = House::new();
    let link = house.invited("ada", Role::Viewer);
    let signed_in = with_link(&house, link.secret.expose(), Some(PASSWORD)).expect("let in");
    let user = house.now(&link.user);
    assert_eq!(
        (user.joined_at, user.last_signed_in_at),
        (Some(now()), Some(now()))
    );
    assert!(user.has_password);
    assert!(
        house
            .session(&signed_in)
            .is_some_and(|session| !session.pending)
    );
    assert_eq!(house.actions(), ["user.invited", "user.joined"]);
    house
        .with_password(&user, PASSWORD, 2)
        .expect("the password is theirs");
}

#[test]
fn to_look_at_a_link_does_not_use_it_up_and_to_use_it_does() {
    let house = House::new();
    let link = house.invited("ada", Role::Viewer);
    let secret = link.secret.expose();
    for _ in 0..3 {
        let looked_at = house.sign_in.look_at_link(secret).expect("an answer");
        assert_eq!(looked_at, Some(link.user.clone()));
    }
    with_link(&house, secret, Some(PASSWORD)).expect("let in");
    let again = with_link(&house, secret, Some(PASSWORD));
    assert!(matches!(again, Err(LinkError::Unusable)), "{again:?}");
    assert_eq!(house.sign_in.look_at_link(secret).expect("an answer"), None);
}

#[test]
fn of_two_who_use_one_link_at_once_one_is_let_in() {
    let house = House::new();
    let link = house.invited("ada", Role::Viewer);
    let secret = link.secret.expose();
    let let_in = thread::scope(|threads| {
        let house = &house;
        let both = [1, 2].map(|last| {
            threads.spawn(move || {
                let visitor = visitor(last);
                house
                    .sign_in
                    .with_link(secret, Some(PASSWORD), caller(&visitor))
                    .is_ok()
            })
        });
        both.map(|one| one.join().expect("no panic"))
    });
    assert_eq!(let_in.iter().filter(|let_in| **let_in).count(), 1);
    assert_eq!(house.actions(), ["user.invited", "user.joined"]);
}

#[test]
fn a_link_lasts_seventy_two_hours() {
    let house = House::new();
    let link = house.invited("ada", Role::Viewer);
    house
        .clock
        .advance(Duration::hours(72) - Duration::MILLISECOND);
    let looked_at = house.sign_in.look_at_link(link.secret.expose());
    assert!(looked_at.expect("an answer").is_some());
    house.clock.advance(Duration::MILLISECOND);
    let late = with_link(&house, link.secret.expose(), Some(PASSWORD));
    assert!(matches!(late, Err(LinkError::Unusable)), "{late:?}");
}

#[test]
fn a_link_stays_when_the_password_may_not_be_chosen() {
    let house = House::new();
    let link = house.invited("ada", Role::Viewer);
    let secret = link.secret.expose();
    for missing in [None, Some("")] {
        let refused = with_link(&house, secret, missing);
        assert!(
            matches!(refused, Err(LinkError::PasswordNeeded)),
            "{refused:?}"
        );
    }
    for _ in 0..10 {
        let refused = with_link(&house, secret, Some("monkeymonkey"));
        let expected = matches!(refused, Err(LinkError::Weak(WeakPassword::Common)));
        assert!(expected, "the limits do not count it: {refused:?}");
    }
    with_link(&house, secret, Some(PASSWORD)).expect("let in");
}

#[test]
fn a_later_link_lets_in_with_the_old_password_left_or_a_new_one_set() {
    let house = House::new();
    let (user, first) = house.joined("ada", Role::Viewer);
    let link = || {
        house
            .users
            .new_link(user.user_ref(), &Origin::OPERATOR)
            .expect("a link")
    };
    let second = with_link(&house, link().secret.expose(), None).expect("let in");
    assert!(house.session(&first).is_some());
    let changed = "presto agitato assai";
    let third = with_link(&house, link().secret.expose(), Some(changed)).expect("let in");
    assert_eq!(
        house.session(&first),
        None,
        "a new password ends what was before"
    );
    assert_eq!(house.session(&second), None);
    assert!(house.session(&third).is_some());
    assert!(house.with_password(&user, PASSWORD, 2).is_err());
    house.with_password(&user, changed, 2).expect("let in");
    let told = house.actions().split_off(2);
    let links = ["user.link_made", "user.signed_in"];
    let last = [
        "user.link_made",
        "user.signed_in",
        "user.password_changed",
        "user.signed_in",
    ];
    assert_eq!(told, [&links[..], &last[..]].concat());
}

#[test]
fn what_is_no_link_is_not_looked_for() {
    let house = House::new();
    let long = "A".repeat(1 << 20);
    for secret in [
        "",
        "A",
        &long,
        &"A".repeat(43),
        "../../../../../../../../../../../../../../etc",
    ] {
        assert_eq!(house.sign_in.look_at_link(secret).expect("an answer"), None);
        let refused = with_link(&house, secret, Some(PASSWORD));
        assert!(matches!(refused, Err(LinkError::Unusable)), "{refused:?}");
    }
}
