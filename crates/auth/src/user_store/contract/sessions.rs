//! Sessions.

use org_kernel::id::SessionId;
use org_kernel::instant::Instant;

use super::scene::{
    Promise, Scene, failure, later, link_hash, pending, plain_user, session, session_hash, told,
};
use crate::contract::{minute, new_id};
use crate::session::{NewSession, Session, Visitor};
use crate::session_store::{Beginning, SessionStore, Touched};
use crate::user::{Role, User, UserRef};

pub(super) const PROMISES: &[Promise] = &[
    a_session_is_found_as_it_began_with_its_user,
    a_session_that_is_not_begun_is_not_there,
    the_session_that_a_browser_had_before_ends,
    the_end_of_a_session_moves_forward_alone,
    a_list_has_a_users_sessions_the_latest_used_first,
    a_user_ends_sessions_of_their_own_alone,
    all_but_one_end_at_once,
    what_has_expired_is_forgotten_a_part_at_a_time,
];

fn a_session_is_found_as_it_began_with_its_user(scene: &Scene<'_>) {
    let user = scene.joined(1, Role::Viewer);
    let by_ipv4 = NewSession {
        visitor: Visitor {
            address: [192, 0, 2, 7].into(),
            ..session(3).visitor
        },
        ..session(3)
    };
    for new in [by_ipv4, pending(4)] {
        let expected = new.clone().into_stored(user.user_ref());
        assert_eq!(
            scene.begin(&user, &new),
            expected,
            "begin answers what it stored"
        );
        let found = SessionStore::find(scene.store, &new.hash).expect("the store answers");
        let (found, of) = found.expect("a session");
        assert_eq!((found, of.id), (expected, user.id));
    }
    let now = scene.find(&user);
    assert_eq!(
        now.last_signed_in_at,
        Some(minute(3)),
        "a pending one does not count"
    );
    assert!(now.has_password && !now.has_second_factor);
    let unknown = SessionStore::find(scene.store, &session_hash(9));
    assert_eq!(unknown.expect("the store answers"), None);
}

fn a_session_that_is_not_begun_is_not_there(scene: &Scene<'_>) {
    let user = scene.joined(1, Role::Viewer);
    let nothing = scene.store.begin(user.user_ref(), &mut |account| {
        assert_eq!(account.user.id, user.id);
        assert_eq!(account.password, Some(super::scene::password(1)));
        Ok(None)
    });
    assert_eq!(nothing.expect("the store answers"), None);
    let failed = scene.store.begin(user.user_ref(), &mut |_| Err(failure()));
    assert!(failed.is_err());
    let nobody = scene
        .store
        .begin(scene.foreign(&user), &mut |_| Err(failure()));
    assert_eq!(nobody.expect("nobody is asked about"), None);
    assert_eq!(ids(scene, user.user_ref(), minute(2)).len(), 1);
}

fn the_session_that_a_browser_had_before_ends(scene: &Scene<'_>) {
    let [user, other] = [1, 2].map(|number| scene.joined(number, Role::Viewer));
    let elsewhere = scene.insert(&plain_user(&scene.there, 3));
    scene.begin(&elsewhere, &session(3));
    let begin = |new: NewSession, replaced| {
        let began = scene.store.begin(user.user_ref(), &mut |_| {
            Ok(Some(Beginning {
                session: new.clone(),
                password: None,
                replaces: Some(session_hash(replaced)),
                entries: Vec::new(),
            }))
        });
        assert!(began.expect("the store answers").is_some());
    };
    let there = || [1, 2, 3, 4, 5, 6, 7].map(|number| scene.session(number).is_some());
    begin(session(4), 1);
    assert_eq!(there(), [false, true, true, true, false, false, false]);
    begin(session(5), 2);
    assert_eq!(there(), [false, false, true, true, true, false, false]);
    begin(pending(6), 3);
    assert_eq!(there(), [false, false, false, true, true, true, false]);
    begin(session(7), 9);
    assert_eq!(there(), [false, false, false, true, true, true, true]);
    assert!(scene.user(other.user_ref()).is_some());
}

fn touch(scene: &Scene<'_>, session: &Session, seen_at: Instant) {
    let touched = Touched {
        user: session.user_ref(),
        session: session.id,
        seen_at,
        expires_at: later(seen_at, 60),
    };
    scene.store.touch(&touched).expect("the store answers");
}

fn the_end_of_a_session_moves_forward_alone(scene: &Scene<'_>) {
    let user = scene.joined(1, Role::Viewer);
    let other = scene.begin(&user, &session(2));
    let began = scene.session(1).expect("a session");
    touch(scene, &began, minute(9));
    touch(scene, &began, minute(7));
    let expected = Session {
        seen_at: minute(9),
        expires_at: minute(69),
        ..began.clone()
    };
    assert_eq!(scene.session(1), Some(expected));
    assert_eq!(scene.session(2), Some(other), "no other session is touched");
    let ended = scene.store.end(user.user_ref(), began.id, &told(user.id));
    assert!(ended.expect("the store answers"));
    touch(scene, &began, minute(10));
    assert_eq!(scene.session(1), None, "what is over stays over");
}

fn ids(scene: &Scene<'_>, user: UserRef, at: Instant) -> Vec<SessionId> {
    let listed = SessionStore::list(scene.store, user, at).expect("the store answers");
    listed.into_iter().map(|session| session.id).collect()
}

fn a_list_has_a_users_sessions_the_latest_used_first(scene: &Scene<'_>) {
    let user = scene.joined(1, Role::Viewer);
    scene.joined(2, Role::Viewer);
    let [third, fourth] = [3, 4].map(|number| scene.begin(&user, &session(number)));
    scene.begin(&user, &pending(5));
    let first = scene.session(1).expect("a session");
    let listed = |at| ids(scene, user.user_ref(), at);
    assert_eq!(listed(minute(10)), [fourth.id, third.id, first.id]);
    touch(scene, &third, minute(20));
    assert_eq!(listed(minute(20)), [third.id, fourth.id, first.id]);
    assert_eq!(
        listed(minute(61)),
        [third.id, fourth.id],
        "without what has expired"
    );
    assert_eq!(ids(scene, scene.foreign(&user), minute(10)), []);
}

fn end(scene: &Scene<'_>, user: UserRef, session: SessionId) -> (bool, usize) {
    let (ended, told) = scene.told_by(|| scene.store.end(user, session, &told(user.id)));
    (ended.expect("the store answers"), told)
}

fn a_user_ends_sessions_of_their_own_alone(scene: &Scene<'_>) {
    let [user, other] = [1, 2].map(|number| scene.joined(number, Role::Viewer));
    let waiting = scene.begin(&user, &pending(3));
    let began = scene.session(1).expect("a session");
    assert_eq!(end(scene, other.user_ref(), began.id), (false, 0));
    assert_eq!(end(scene, scene.foreign(&user), began.id), (false, 0));
    assert_eq!(end(scene, user.user_ref(), new_id()), (false, 0));
    assert!(scene.session(1).is_some());
    assert_eq!(end(scene, user.user_ref(), began.id), (true, 1));
    assert_eq!(end(scene, user.user_ref(), began.id), (false, 0));
    assert_eq!(scene.session(1), None);
    assert_eq!(end(scene, user.user_ref(), waiting.id), (true, 1));
    assert!(scene.session(2).is_some());
}

fn all_but_one_end_at_once(scene: &Scene<'_>) {
    let [user, _] = [1, 2].map(|number| scene.joined(number, Role::Viewer));
    let kept = scene.begin(&user, &session(3));
    scene.begin(&user, &pending(4));
    let end = |user: &User| {
        let (ended, told) = scene.told_by(|| {
            scene
                .store
                .end_others(user.user_ref(), kept.id, &told(user.id))
        });
        (ended.expect("the store answers"), told)
    };
    assert_eq!(end(&user), (2, 1));
    assert_eq!(end(&user), (0, 0), "there are no others");
    let left = [1, 2, 3, 4].map(|number| scene.session(number).is_some());
    assert_eq!(left, [false, true, true, false]);
}

fn what_has_expired_is_forgotten_a_part_at_a_time(scene: &Scene<'_>) {
    let user = scene.joined(1, Role::Viewer);
    let invited = scene.invited(9);
    scene.link_for(&invited, 9);
    for number in 2..=4 {
        scene.begin(&user, &session(number));
    }
    let forget = |before, most| {
        let forgotten = scene.store.forget_expired(before, most);
        forgotten.expect("the store answers")
    };
    assert_eq!(forget(minute(60), 10), 0, "nothing has expired before");
    assert_eq!(forget(minute(62), 10), 2, "a session and a link");
    let by_link = scene.store.look_at(&link_hash(9), minute(1));
    assert_eq!(by_link.expect("the store answers"), None);
    assert_eq!(scene.session(1), None);
    assert_eq!(forget(minute(65), 2), 2, "so many at the most");
    assert_eq!(forget(minute(65), 2), 1);
    let began = scene.store.begin(user.user_ref(), &mut |_| {
        Ok(Some(Beginning {
            session: session(5),
            password: None,
            replaces: None,
            entries: Vec::new(),
        }))
    });
    assert!(
        began.expect("the store answers").is_some(),
        "the user is not forgotten"
    );
}
