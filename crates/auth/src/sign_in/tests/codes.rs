//! By a second factor.

use std::slice;
use std::sync::Arc;
use std::thread;

use org_kernel::audit::Origin;
use org_kernel::clock::Clock;
use time::Duration;

use crate::second_factor::{PlainBox, Unreadable};
use crate::session::PENDING_LASTS;
use crate::sign_in::{Caller, CodeError, SignedIn};
use crate::testing::{House, PASSWORD, caller, visitor};
use crate::user::{Role, User};

/// Somebody with a second factor who has shown their password; a step later than when it was confirmed.
fn waiting(house: &House, user: &User) -> SignedIn {
    house.clock.advance(Duration::MINUTE);
    let pending = house
        .with_password(user, PASSWORD, 2)
        .expect("the password is right");
    assert!(pending.session.pending);
    pending
}

fn show(house: &House, pending: &SignedIn, code: &str) -> Result<SignedIn, CodeError> {
    let visitor = visitor(2);
    let caller = Caller {
        cookie: Some(pending.token.expose()),
        ..caller(&visitor)
    };
    house.sign_in.with_code(code, caller)
}

#[test]
fn a_pending_session_is_good_for_a_code_alone() {
    let house = House::new();
    let (user, full) = house.joined("ada", Role::Admin);
    let (app, _) = house.second_factor(&user);
    let pending = waiting(&house, &user);
    let cookie = pending.token.expose();
    assert_eq!(house.session(&pending), None, "it is no session");
    let found = house.sessions.find_pending(cookie).expect("an answer");
    assert_eq!(
        found.map(|(session, _)| session),
        Some(pending.session.clone())
    );
    assert_eq!(
        house.sessions.list(user.user_ref()).expect("listed"),
        slice::from_ref(&full.session)
    );
    let before = house.now(&user).last_signed_in_at;
    let signed_in = show(&house, &pending, &app.code(house.clock.now())).expect("let in");
    assert!(
        house
            .session(&signed_in)
            .is_some_and(|session| !session.pending)
    );
    assert_ne!(signed_in.token.expose(), cookie, "the token is another");
    assert_eq!(
        house.sessions.find_pending(cookie).expect("an answer"),
        None
    );
    assert!(before < house.now(&user).last_signed_in_at);
    let told = house.actions().split_off(2);
    let expected = [
        "user.second_factor_enabled",
        "user.second_factor_asked",
        "user.signed_in",
    ];
    assert_eq!(told, expected);
}

#[test]
fn a_full_session_is_no_pending_one() {
    let house = House::new();
    let (user, full) = house.joined("ada", Role::Admin);
    let (app, _) = house.second_factor(&user);
    house.clock.advance(Duration::MINUTE);
    let refused = show(&house, &full, &app.code(house.clock.now()));
    assert!(matches!(refused, Err(CodeError::NoSession)), "{refused:?}");
    let found = house.sessions.find_pending(full.token.expose());
    assert_eq!(found.expect("an answer"), None);
}

#[test]
fn a_link_does_not_get_past_a_second_factor() {
    let house = House::new();
    let (user, _) = house.joined("ada", Role::Admin);
    house.second_factor(&user);
    let link = house
        .users
        .new_link(user.user_ref(), &Origin::OPERATOR)
        .expect("a link");
    let signed_in = house
        .sign_in
        .with_link(link.secret.expose(), None, caller(&visitor(1)));
    assert!(signed_in.expect("the link is good").session.pending);
}

#[test]
fn a_new_password_by_link_waits_for_the_second_factor() {
    let house = House::new();
    let (user, full) = house.joined("ada", Role::Admin);
    let (app, _) = house.second_factor(&user);
    house.clock.advance(Duration::MINUTE);
    let changed = "presto agitato assai";
    let by_link = || {
        let link = house.users.new_link(user.user_ref(), &Origin::OPERATOR);
        let secret = link.expect("a link").secret;
        let by_link = house
            .sign_in
            .with_link(secret.expose(), Some(changed), caller(&visitor(1)));
        by_link.expect("the link is good")
    };
    let given_up = by_link();
    assert!(given_up.session.pending);
    assert!(house.session(&full).is_some(), "nobody was signed out");
    assert!(house.with_password(&user, changed, 3).is_err());
    let other = waiting(&house, &user);
    show(&house, &other, &app.code(house.clock.now())).expect("let in");
    house
        .with_password(&user, PASSWORD, 4)
        .expect("who is let in by the old password keeps it");
    house.clock.advance(Duration::MINUTE);
    let pending = by_link();
    let told = house.actions().len();
    let signed_in = show(&house, &pending, &app.code(house.clock.now())).expect("let in");
    assert_eq!(
        house.actions().split_off(told),
        ["user.signed_in", "user.password_changed"]
    );
    assert!(house.session(&signed_in).is_some());
    assert_eq!(house.session(&full), None, "others end with the old one");
    assert!(house.with_password(&user, PASSWORD, 5).is_err());
    house
        .with_password(&user, changed, 5)
        .expect("it is theirs");
    let late = show(&house, &given_up, &app.code(house.clock.now()));
    assert!(matches!(late, Err(CodeError::NoSession)), "{late:?}");
}

#[test]
fn each_step_is_good_once() {
    let house = House::new();
    let (user, _) = house.joined("ada", Role::Admin);
    let (app, _) = house.second_factor(&user);
    let at_confirmation = app.code(house.clock.now());
    let pending = house
        .with_password(&user, PASSWORD, 2)
        .expect("the password is right");
    let refused = show(&house, &pending, &at_confirmation);
    assert!(
        matches!(refused, Err(CodeError::Wrong)),
        "used to confirm: {refused:?}"
    );
    house.clock.advance(Duration::MINUTE);
    let pending = waiting(&house, &user);
    let code = app.code(house.clock.now());
    show(
        &house,
        &pending,
        &format!(" {} {} ", &code[..3], &code[3..]),
    )
    .expect("let in");
    let pending = house
        .with_password(&user, PASSWORD, 2)
        .expect("the password is right");
    let earlier = app.code(house.clock.now().saturating_add(-Duration::seconds(30)));
    for used in [&code, &earlier] {
        let refused = show(&house, &pending, used);
        assert!(matches!(refused, Err(CodeError::Wrong)), "{refused:?}");
    }
    let next = app.code(house.clock.now().saturating_add(Duration::seconds(30)));
    show(&house, &pending, &next).expect("the next step was not used");
}

#[test]
fn of_two_who_show_one_code_at_once_one_is_let_in() {
    let house = House::new();
    let (user, _) = house.joined("ada", Role::Admin);
    let (app, codes) = house.second_factor(&user);
    let first = codes.iter().next().expect("a code");
    house.clock.advance(Duration::MINUTE);
    for code in [app.code(house.clock.now()).as_str(), first] {
        let pending = [1, 2].map(|last| house.with_password(&user, PASSWORD, last).expect("right"));
        let let_in = thread::scope(|threads| {
            let house = &house;
            let both = pending
                .each_ref()
                .map(|pending| threads.spawn(move || show(house, pending, code).is_ok()));
            both.map(|one| one.join().expect("no panic"))
        });
        assert_eq!(let_in.iter().filter(|let_in| **let_in).count(), 1, "{code}");
    }
}

#[test]
fn a_recovery_code_is_good_once_and_without_the_app() {
    let house = House::new();
    let (user, _) = house.joined("ada", Role::Admin);
    let (_, codes) = house.second_factor(&user);
    let code = codes.iter().next().expect("a code");
    // A server that was not given the key can still read them.
    let keyless = House::on(Arc::clone(&house.store), Arc::clone(&house.clock), None);
    let pending = waiting(&keyless, &user);
    show(&keyless, &pending, &code.to_uppercase()).expect("let in");
    let left = house
        .second_factors
        .find(user.user_ref())
        .expect("an answer");
    assert_eq!(left.map(|factor| factor.recovery_codes_left), Some(9));
    let pending = waiting(&house, &user);
    let again = show(&house, &pending, code);
    assert!(matches!(again, Err(CodeError::Wrong)), "{again:?}");
}

#[test]
fn a_server_without_the_right_key_says_so() {
    let house = House::new();
    let (user, _) = house.joined("ada", Role::Admin);
    let (app, _) = house.second_factor(&user);
    let pending = waiting(&house, &user);
    let code = app.code(house.clock.now());
    let on = |secret_box| {
        House::on(
            Arc::clone(&house.store),
            Arc::clone(&house.clock),
            secret_box,
        )
    };
    let refused = show(&on(None), &pending, &code);
    assert!(
        matches!(refused, Err(CodeError::Unreadable(Unreadable::NoKey))),
        "{refused:?}"
    );
    let other = PlainBox {
        key_id: "another".to_owned(),
    };
    let refused = show(&on(Some(Arc::new(other))), &pending, &code);
    let unreadable = matches!(
        refused,
        Err(CodeError::Unreadable(Unreadable::NotOpened(_)))
    );
    assert!(unreadable, "{refused:?}");
    show(&house, &pending, &code).expect("the code was not used up");
}

#[test]
fn a_pending_session_waits_ten_minutes() {
    let house = House::new();
    let (user, _) = house.joined("ada", Role::Admin);
    let (app, _) = house.second_factor(&user);
    let pending = waiting(&house, &user);
    house.clock.advance(PENDING_LASTS);
    let late = show(&house, &pending, &app.code(house.clock.now()));
    assert!(matches!(late, Err(CodeError::NoSession)), "{late:?}");
    let found = house.sessions.find_pending(pending.token.expose());
    assert_eq!(found.expect("an answer"), None);
}

#[test]
fn codes_are_limited_to_five_a_minute() {
    let house = House::new();
    let (user, _) = house.joined("ada", Role::Admin);
    let (app, _) = house.second_factor(&user);
    let pending = waiting(&house, &user);
    for wrong in ["", "12345", "1234567", "abcd-efgh-jkmn", "000-000"] {
        let refused = show(&house, &pending, wrong);
        assert!(
            matches!(refused, Err(CodeError::Wrong)),
            "{wrong}: {refused:?}"
        );
    }
    let code = app.code(house.clock.now());
    let refused = show(&house, &pending, &code);
    assert!(matches!(refused, Err(CodeError::TooMany(_))), "{refused:?}");
    house.clock.advance(Duration::MINUTE);
    show(&house, &pending, &app.code(house.clock.now())).expect("let in");
}

#[test]
fn a_factor_that_was_switched_off_meanwhile_asks_for_the_password_again() {
    let house = House::new();
    let (user, _) = house.joined("ada", Role::Admin);
    let (app, _) = house.second_factor(&user);
    let pending = waiting(&house, &user);
    house
        .second_factors
        .reset(&user, &Origin::OPERATOR)
        .expect("reset");
    let refused = show(&house, &pending, &app.code(house.clock.now()));
    assert!(matches!(refused, Err(CodeError::NoSession)), "{refused:?}");
    let again = house.with_password(&user, PASSWORD, 2).expect("let in");
    assert!(!again.session.pending);
}
