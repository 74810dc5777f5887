//! Sign-in links.

use std::collections::BTreeSet;

use org_kernel::WriteError;
use org_kernel::instant::Instant;

use super::scene::{
    Promise, Scene, at_once, count, failure, link, link_hash, password, pending, plain_user,
    session, told,
};
use crate::contract::minute;
use crate::link_store::{LinkStore, NoSuchUser};
use crate::session::{NewSession, Session};
use crate::session_store::Beginning;
use crate::user::{Role, User};

pub(super) const PROMISES: &[Promise] = &[
    a_new_link_ends_the_one_before_and_nobody_elses,
    a_link_can_be_used_until_it_expires,
    a_link_is_used_up_once_and_its_user_has_joined,
    a_link_that_begins_nothing_can_still_be_used,
    of_two_who_use_one_link_at_once_one_does,
    a_new_password_by_link_ends_every_session,
    a_link_may_begin_a_pending_session,
];

fn look_at(scene: &Scene<'_>, number: u8, at: Instant) -> Option<User> {
    let found = scene.store.look_at(&link_hash(number), at);
    found.expect("the store answers")
}

fn redeem(scene: &Scene<'_>, number: u8, at: Instant, session: &NewSession) -> Option<Session> {
    let done = scene.store.redeem(&link_hash(number), at, &mut |account| {
        Ok(Some(Beginning {
            session: session.clone(),
            password: None,
            replaces: None,
            entries: vec![told(account.user.id)],
        }))
    });
    done.expect("the store answers")
}

fn a_new_link_ends_the_one_before_and_nobody_elses(scene: &Scene<'_>) {
    let [user, other] = [1, 2].map(|number| scene.invited(number));
    // Their first links are those of the last digit of their names.
    let (_, told_of) = scene.told_by(|| scene.link_for(&user, 3));
    assert_eq!(told_of, 1);
    assert_eq!(look_at(scene, b'1', minute(1)), None);
    assert_eq!(look_at(scene, 3, minute(1)), Some(user.clone()));
    assert_eq!(look_at(scene, b'2', minute(1)), Some(other));
    let refused = LinkStore::replace(scene.store, scene.foreign(&user), &link(4), &told(user.id));
    assert!(
        matches!(refused, Err(WriteError::Refused(NoSuchUser))),
        "{refused:?}"
    );
    assert_eq!(look_at(scene, 3, minute(1)), Some(user));
}

fn a_link_can_be_used_until_it_expires(scene: &Scene<'_>) {
    let user = scene.invited(1);
    scene.insert(&plain_user(&scene.there, 2));
    let may_come = |at| {
        let found = scene.store.who_may_come(scene.here.id, at);
        found.expect("the store answers")
    };
    scene.link_for(&user, 3);
    assert_eq!(look_at(scene, 3, minute(59)), Some(user.clone()));
    assert_eq!(may_come(minute(59)), BTreeSet::from([user.id]));
    assert_eq!(look_at(scene, 3, minute(60)), None);
    assert_eq!(may_come(minute(60)), BTreeSet::new());
    assert_eq!(redeem(scene, 3, minute(60), &session(1)), None);
    assert_eq!(look_at(scene, 9, minute(1)), None, "an unknown one");
}

fn a_link_is_used_up_once_and_its_user_has_joined(scene: &Scene<'_>) {
    let user = scene.invited(1);
    scene.link_for(&user, 3);
    let new = session(5);
    let (done, told_of) = scene.told_by(|| redeem(scene, 3, minute(5), &new));
    let expected = new.into_stored(user.user_ref());
    assert_eq!((done, told_of), (Some(expected.clone()), 1));
    assert_eq!(scene.session(5), Some(expected));
    let joined = scene.find(&user);
    let expected = User {
        joined_at: Some(minute(5)),
        last_signed_in_at: Some(minute(5)),
        ..user.clone()
    };
    assert_eq!(joined, expected);
    assert_eq!(
        redeem(scene, 3, minute(6), &session(6)),
        None,
        "it is used up"
    );
    assert_eq!(look_at(scene, 3, minute(6)), None);
    scene.link_for(&user, 4);
    redeem(scene, 4, minute(7), &session(7)).expect("another link");
    let again = scene.find(&user);
    assert_eq!(
        again.joined_at,
        Some(minute(5)),
        "they joined with the first"
    );
    assert_eq!(again.last_signed_in_at, Some(minute(7)));
}

fn a_link_that_begins_nothing_can_still_be_used(scene: &Scene<'_>) {
    let user = scene.invited(1);
    scene.link_for(&user, 3);
    let hash = link_hash(3);
    let nothing = scene.store.redeem(&hash, minute(5), &mut |account| {
        assert_eq!(account.user, user);
        Ok(None)
    });
    assert_eq!(nothing.expect("the store answers"), None);
    let failed = scene
        .store
        .redeem(&hash, minute(5), &mut |_| Err(failure()));
    assert!(failed.is_err());
    assert_eq!(
        look_at(scene, 3, minute(5)),
        Some(user),
        "and nobody has joined"
    );
}

fn of_two_who_use_one_link_at_once_one_does(scene: &Scene<'_>) {
    let user = scene.invited(1);
    scene.link_for(&user, 3);
    let done = at_once(
        || redeem(scene, 3, minute(5), &session(5)).is_some(),
        || redeem(scene, 3, minute(5), &session(6)).is_some(),
    );
    assert_eq!(count(done), 1);
    assert_eq!(
        count([scene.session(5).is_some(), scene.session(6).is_some()]),
        1
    );
}

fn a_new_password_by_link_ends_every_session(scene: &Scene<'_>) {
    let user = scene.joined(1, Role::Viewer);
    scene.joined(2, Role::Viewer);
    scene.link_for(&user, 3);
    let done = scene
        .store
        .redeem(&link_hash(3), minute(5), &mut |account| {
            assert_eq!(account.password, Some(password(1)));
            Ok(Some(Beginning {
                session: session(5),
                password: Some(password(5)),
                replaces: None,
                entries: Vec::new(),
            }))
        });
    assert!(done.expect("the store answers").is_some());
    assert_eq!(scene.session(1), None);
    assert!(scene.session(2).is_some() && scene.session(5).is_some());
    let stored = scene.store.password(user.user_ref());
    assert_eq!(stored.expect("the store answers"), Some(password(5)));
}

fn a_link_may_begin_a_pending_session(scene: &Scene<'_>) {
    let user = scene.joined(1, Role::Viewer);
    scene.link_for(&user, 3);
    redeem(scene, 3, minute(5), &pending(5)).expect("the link is good");
    assert!(scene.session(5).is_some_and(|session| session.pending));
    let unchanged = scene.find(&user).last_signed_in_at;
    assert_eq!(unchanged, user.last_signed_in_at, "nobody is in yet");
}
