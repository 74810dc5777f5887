//! The use cases on the store in memory.

use time::Duration;

use super::*;
use crate::session::SESSION_LASTS;
use crate::sign_in::SignedIn;
use crate::testing::{House, PASSWORD, org};
use crate::user::Role;

fn signed_in(house: &House, user: &User, last: u8) -> SignedIn {
    house.with_password(user, PASSWORD, last).expect("let in")
}

#[test]
fn a_session_lasts_seven_days_from_its_last_use() {
    let house = House::new();
    let (_, signed_in) = house.joined("ada", Role::Viewer);
    for _ in 0..3 {
        house.clock.advance(SESSION_LASTS - Duration::MINUTE * 2);
        assert!(house.session(&signed_in).is_some(), "it is renewed by use");
    }
    house.clock.advance(SESSION_LASTS - Duration::MILLISECOND);
    assert!(house.session(&signed_in).is_some());
    house.clock.advance(SESSION_LASTS);
    assert_eq!(house.session(&signed_in), None);
}

#[test]
fn who_only_looks_does_not_renew_it() {
    let house = House::new();
    let (_, signed_in) = house.joined("ada", Role::Viewer);
    let look = || {
        house
            .sessions
            .look(signed_in.token.expose())
            .expect("answered")
    };
    house.clock.advance(SESSION_LASTS - Duration::MINUTE * 2);
    let seen = look().map(|(session, _)| session);
    assert_eq!(seen, Some(signed_in.session.clone()));
    house.clock.advance(Duration::MINUTE * 2);
    assert_eq!(look(), None);
}

#[test]
fn its_use_is_written_down_every_five_minutes_at_the_most() {
    let house = House::new();
    let (user, signed_in) = house.joined("ada", Role::Viewer);
    let began = signed_in.session.created_at;
    let seen = |advanced: Duration| {
        house.clock.advance(advanced);
        house.session(&signed_in).expect("a session");
        let listed = house.sessions.list(user.user_ref()).expect("listed");
        listed[0].seen_at.since(began)
    };
    // A minute has gone since they joined.
    assert_eq!(
        seen(Duration::minutes(4) - Duration::SECOND),
        Duration::ZERO
    );
    assert_eq!(seen(Duration::SECOND), Duration::minutes(5));
    assert_eq!(seen(Duration::minutes(4)), Duration::minutes(5));
    assert_eq!(
        seen(-Duration::minutes(30)),
        Duration::minutes(5),
        "never back"
    );
    let listed = house.sessions.list(user.user_ref()).expect("listed");
    assert_eq!(
        listed[0].expires_at,
        began.saturating_add(Duration::minutes(5) + SESSION_LASTS)
    );
}

#[test]
fn sessions_are_listed_by_their_last_use_and_those_of_others_are_not() {
    let house = House::new();
    let (ada, first) = house.joined("ada", Role::Viewer);
    let (ida, _) = house.joined("ida", Role::Viewer);
    house.clock.advance(Duration::HOUR);
    let second = signed_in(&house, &ada, 2);
    let list = || house.sessions.list(ada.user_ref()).expect("listed");
    let ids = || {
        list()
            .into_iter()
            .map(|session| session.id)
            .collect::<Vec<_>>()
    };
    assert_eq!(ids(), [second.session.id, first.session.id]);
    house.clock.advance(Duration::HOUR);
    house.session(&first).expect("a session");
    assert_eq!(ids(), [first.session.id, second.session.id]);
    house.clock.advance(SESSION_LASTS - Duration::MINUTE);
    assert_eq!(ids(), [first.session.id], "what is over is not listed");
    assert!(
        house
            .sessions
            .list(ida.user_ref())
            .expect("listed")
            .is_empty()
    );
}

#[test]
fn somebody_ends_their_own_sessions_and_nobody_elses() {
    let house = House::new();
    let (ada, first) = house.joined("ada", Role::Viewer);
    let (ida, of_ida) = house.joined("ida", Role::Owner);
    let end = |user: UserRef, session| {
        let ended = house.sessions.end(user, session, &Origin::OPERATOR);
        ended.expect("an answer")
    };
    let foreign = UserRef {
        org: org(2),
        ..ada.user_ref()
    };
    assert!(!end(ida.user_ref(), first.session.id));
    assert!(!end(foreign, first.session.id));
    assert!(house.session(&first).is_some());
    assert!(end(ada.user_ref(), first.session.id));
    assert!(!end(ada.user_ref(), first.session.id), "it is over already");
    assert_eq!(house.session(&first), None);
    assert!(house.session(&of_ida).is_some());
    let told = house.actions();
    assert_eq!(
        told.iter()
            .filter(|action| *action == "session.ended")
            .count(),
        1
    );
}

#[test]
fn all_other_sessions_end_at_once() {
    let house = House::new();
    let (ada, first) = house.joined("ada", Role::Viewer);
    let (_, of_ida) = house.joined("ida", Role::Viewer);
    let others = [2, 3].map(|last| signed_in(&house, &ada, last));
    let end = || {
        let ended = house
            .sessions
            .end_others(ada.user_ref(), first.session.id, &Origin::OPERATOR);
        ended.expect("an answer")
    };
    assert_eq!((end(), end()), (2, 0));
    assert!(others.iter().all(|other| house.session(other).is_none()));
    assert!(house.session(&first).is_some() && house.session(&of_ida).is_some());
    let told = house.actions();
    let told = told
        .iter()
        .filter(|action| *action == "user.other_sessions_ended");
    assert_eq!(told.count(), 1);
}

#[test]
fn what_is_no_cookie_of_ours_finds_nobody() {
    let house = House::new();
    house.joined("ada", Role::Viewer);
    for cookie in ["", "x", &"A".repeat(43), &"A".repeat(1 << 20)] {
        assert_eq!(house.sessions.find(cookie).expect("an answer"), None);
        assert_eq!(
            house.sessions.find_pending(cookie).expect("an answer"),
            None
        );
    }
}

#[test]
fn a_role_that_was_changed_holds_from_the_next_request() {
    let house = House::new();
    let (ada, signed_in) = house.joined("ada", Role::Admin);
    let changes = crate::users::UserChanges {
        role: Some(Role::Viewer),
        ..Default::default()
    };
    house
        .users
        .change(ada.user_ref(), &changes, &Origin::OPERATOR)
        .expect("changed");
    let found = house
        .sessions
        .find(signed_in.token.expose())
        .expect("an answer");
    assert_eq!(found.map(|(_, user)| user.role), Some(Role::Viewer));
}
