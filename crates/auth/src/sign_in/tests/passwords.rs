//! By password.

use org_kernel::actor::Actor;
use org_kernel::audit::Request;
use time::Duration;

use crate::session::{SESSION_LASTS, Visitor};
use crate::sign_in::{Caller, Credentials, SignInError};
use crate::testing::{House, PASSWORD, caller, visitor};
use crate::user::{Role, User};

#[test]
fn a_password_begins_a_session_and_the_trail_tells_whose_and_by_which_request() {
    let house = House::new();
    let (user, first) = house.joined("ada", Role::Admin);
    let now = user.created_at.saturating_add(Duration::MINUTE);
    let request = Request {
        id: "request-7".to_owned(),
        address: [192, 0, 2, 2].into(),
        method: "POST".to_owned(),
        route: "/settings/sign-in".to_owned(),
        status: 303,
    };
    let credentials = Credentials {
        organization: " Orchestra-1 ",
        email: " ADA@example.org ",
        password: PASSWORD,
    };
    let visitor: Visitor = visitor(2);
    let second = house.sign_in.with_password(
        credentials,
        Caller {
            request: Some(&request),
            ..caller(&visitor)
        },
    );
    let second = second.expect("let in");
    let session = house.session(&second).expect("a session");
    assert_eq!(session, second.session);
    assert_eq!((session.user, session.org), (user.id, user.org));
    assert_eq!((session.pending, session.visitor), (false, visitor));
    assert_eq!(session.expires_at, now.saturating_add(SESSION_LASTS));
    assert_ne!(second.token.expose(), first.token.expose());
    assert_eq!(house.now(&user).last_signed_in_at, Some(now));
    let trail = house.trail();
    let told = trail.last().expect("an entry");
    assert_eq!(told.action, "user.signed_in");
    assert_eq!(told.actor, Some(Actor::User(user.id)));
    assert_eq!(told.request, Some(request));
    assert_eq!(told.details["by"], "password");
}

#[test]
fn everything_that_is_wrong_gets_one_answer_and_changes_nothing() {
    let house = House::new();
    let (user, _) = house.joined("ada", Role::Admin);
    let invited = house.invited("ida", Role::Admin).user;
    let told = house.actions();
    let right = (user.org_slug.as_str(), user.email.as_str(), PASSWORD);
    let long = "x".repeat(1 << 20);
    for (number, (organization, email, password)) in (2..).zip([
        (right.0, right.1, "andante con moto, quasi allegrett"),
        (right.0, right.1, ""),
        (right.0, right.1, &long),
        (right.0, "eva@example.org", PASSWORD),
        (right.0, invited.email.as_str(), PASSWORD),
        (right.0, "no address", PASSWORD),
        (right.0, "a\0da@example.org", PASSWORD),
        ("orchestra-2", right.1, PASSWORD),
        ("orchestra-3", right.1, PASSWORD),
        ("orchestra-1\0", right.1, PASSWORD),
        ("", right.1, PASSWORD),
        (&long, &long, &long),
    ]) {
        let credentials = Credentials {
            organization,
            email,
            password,
        };
        // Not by the limits: each comes from another address, and later.
        house.clock.advance(Duration::MINUTE);
        let refused = house
            .sign_in
            .with_password(credentials, caller(&visitor(number)));
        assert!(
            matches!(refused, Err(SignInError::Refused)),
            "{number}: {refused:?}"
        );
    }
    assert_eq!(house.actions(), told);
}

#[test]
fn whoever_signs_in_again_leaves_no_session_behind() {
    let house = House::new();
    let (ada, first) = house.joined("ada", Role::Admin);
    let (ida, _) = house.joined("ida", Role::Viewer);
    let visitor = visitor(2);
    let again = |user: &User, before: &str| {
        let credentials = Credentials {
            organization: &user.org_slug,
            email: user.email.as_str(),
            password: PASSWORD,
        };
        let caller = Caller {
            cookie: Some(before),
            ..caller(&visitor)
        };
        let signed_in = house.sign_in.with_password(credentials, caller);
        signed_in.expect("let in")
    };
    let second = again(&ada, first.token.expose());
    assert_eq!(house.session(&first), None);
    let other = again(&ida, second.token.expose());
    assert_eq!(house.session(&second), None);
    let last = again(&ida, "no token");
    assert!(house.session(&other).is_some() && house.session(&last).is_some());
}
