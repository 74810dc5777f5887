//! The use cases on the store in memory.

use time::Duration;

use super::*;
use crate::testing::{House, PASSWORD, visitor};
use crate::user::Role;

const NEW: &str = "presto agitato assai";

fn change(
    house: &House,
    user: &User,
    session: SessionId,
    present: &str,
    new: &str,
) -> Result<(), PasswordError> {
    let address = visitor(1).address;
    house
        .passwords
        .change(user, session, (present, new), address, &Origin::OPERATOR)
}

#[test]
fn a_new_password_takes_the_place_of_the_old_one_and_ends_other_sessions() {
    let house = House::new();
    let (user, first) = house.joined("ada", Role::Viewer);
    let other = house.with_password(&user, PASSWORD, 2).expect("let in");
    change(&house, &user, first.session.id, PASSWORD, NEW).expect("changed");
    assert!(house.session(&first).is_some());
    assert_eq!(house.session(&other), None);
    assert!(house.with_password(&user, PASSWORD, 3).is_err());
    house.with_password(&user, NEW, 3).expect("let in");
    let told = house.actions();
    assert_eq!(told[3], "user.password_changed", "{told:?}");
}

#[test]
fn a_new_password_ends_the_link_that_was_not_used() {
    let house = House::new();
    let (user, first) = house.joined("ada", Role::Viewer);
    let link = house.users.new_link(user.user_ref(), &Origin::OPERATOR);
    let link = link.expect("a link");
    change(&house, &user, first.session.id, PASSWORD, NEW).expect("changed");
    let looked_at = house.sign_in.look_at_link(link.secret.expose());
    assert_eq!(looked_at.expect("an answer"), None);
}

#[test]
fn nothing_is_changed_without_the_present_password_or_with_a_weak_new_one() {
    let house = House::new();
    let (user, first) = house.joined("ada", Role::Viewer);
    let session = first.session.id;
    let wrong = change(&house, &user, session, NEW, NEW);
    assert!(
        matches!(wrong, Err(PasswordError::NotShown(NotShown::Wrong))),
        "{wrong:?}"
    );
    let weak = change(&house, &user, session, PASSWORD, "monkeymonkey");
    assert!(
        matches!(weak, Err(PasswordError::Weak(WeakPassword::Common))),
        "{weak:?}"
    );
    house
        .with_password(&user, PASSWORD, 3)
        .expect("it is as it was");
}

#[test]
fn the_present_password_is_not_to_be_guessed_from_a_session() {
    let house = House::new();
    let (user, first) = house.joined("ada", Role::Viewer);
    let session = first.session.id;
    for _ in 0..5 {
        let wrong = change(&house, &user, session, "x", NEW);
        assert!(
            matches!(wrong, Err(PasswordError::NotShown(NotShown::Wrong))),
            "{wrong:?}"
        );
    }
    let refused = change(&house, &user, session, PASSWORD, NEW);
    assert!(
        matches!(refused, Err(PasswordError::NotShown(NotShown::TooMany(_)))),
        "{refused:?}"
    );
    house
        .with_password(&user, PASSWORD, 3)
        .expect("signing in is counted apart");
    house.clock.advance(Duration::MINUTE);
    change(&house, &user, session, PASSWORD, NEW).expect("changed");
}

#[test]
fn of_two_who_change_it_at_once_one_does() {
    let house = House::new();
    let (user, first) = house.joined("ada", Role::Viewer);
    let hash = house
        .passwords
        .show(&user, PASSWORD, visitor(1).address)
        .expect("shown");
    change(&house, &user, first.session.id, PASSWORD, NEW).expect("changed");
    let late = PasswordChange {
        expected: hash.clone(),
        new: hash,
        kept: None,
    };
    let entry = house.trail().remove(0);
    let refused = house
        .passwords
        .people
        .users
        .change_password(user.user_ref(), &late, &entry);
    assert!(
        matches!(refused, Err(WriteError::Refused(PasswordIsAnother))),
        "{refused:?}"
    );
    house.with_password(&user, NEW, 3).expect("the first one's");
}
