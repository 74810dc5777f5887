//! Passwords.

use org_kernel::WriteError;

use super::scene::{Promise, Scene, at_once, count, link_hash, password, session, told};
use crate::contract::minute;
use crate::user::{Role, User};
use crate::user_store::{PasswordChange, PasswordIsAnother};

pub(super) const PROMISES: &[Promise] = &[
    a_new_password_takes_the_place_of_the_one_that_was_looked_at,
    of_two_who_change_a_password_at_once_one_does,
];

fn stored(scene: &Scene<'_>, user: &User) -> Option<crate::password::PasswordHash> {
    let stored = scene.store.password(user.user_ref());
    stored.expect("the store answers")
}

fn a_new_password_takes_the_place_of_the_one_that_was_looked_at(scene: &Scene<'_>) {
    let invited = scene.invited(9);
    assert_eq!(stored(scene, &invited), None);
    let user = scene.joined(1, Role::Viewer);
    let other = scene.joined(2, Role::Viewer);
    let kept = scene.begin(&user, &session(3));
    scene.link_for(&user, 5);
    scene.link_for(&other, 6);
    let may_come = |number| {
        let may_come = scene.store.look_at(&link_hash(number), minute(5));
        may_come.expect("the store answers").is_some()
    };
    assert_eq!(stored(scene, &user), Some(password(1)));
    let change = PasswordChange {
        expected: password(1),
        new: password(4),
        kept: Some(kept.id),
    };
    let entry = told(user.id);
    let foreign = scene
        .store
        .change_password(scene.foreign(&user), &change, &entry);
    assert!(
        matches!(foreign, Err(WriteError::Refused(PasswordIsAnother))),
        "{foreign:?}"
    );
    let done = scene
        .store
        .change_password(user.user_ref(), &change, &entry);
    done.expect("changed");
    assert_eq!(stored(scene, &user), Some(password(4)));
    assert_eq!(scene.session(1), None, "the user's others end");
    assert_eq!([may_come(5), may_come(6)], [false, true], "and links");
    assert_eq!(scene.session(3), Some(kept));
    assert!(scene.session(2).is_some(), "those of others do not");
    assert_eq!(stored(scene, &other), Some(password(2)));
    assert_eq!(scene.trail(&scene.here).last(), Some(&entry));
    let (again, told) = scene.told_by(|| {
        scene
            .store
            .change_password(user.user_ref(), &change, &entry)
    });
    assert!(
        matches!(again, Err(WriteError::Refused(PasswordIsAnother))),
        "{again:?}"
    );
    assert_eq!(told, 0);
}

fn of_two_who_change_a_password_at_once_one_does(scene: &Scene<'_>) {
    let user = scene.joined(1, Role::Viewer);
    let change = |number| {
        let change = PasswordChange {
            expected: password(1),
            new: password(number),
            kept: None,
        };
        let done = scene
            .store
            .change_password(user.user_ref(), &change, &told(user.id));
        done.is_ok()
    };
    let done = at_once(|| change(2), || change(3));
    assert_eq!(count(done), 1);
    let winner = if done[0] { 2 } else { 3 };
    assert_eq!(stored(scene, &user), Some(password(winner)));
}
