//! Second factors.

use org_kernel::WriteError;

use super::scene::{
    Promise, Scene, at_once, begun, count, later, link_hash, password, pending, sealed, session,
    session_hash, told,
};
use crate::contract::minute;
use crate::second_factor::{RecoveryHash, SealedSecret, SecondFactor};
use crate::second_factor_store::{Confirmed, NotEnrolled, Passed, Proof};
use crate::session::{NewSession, Session};
use crate::session_store::Beginning;
use crate::user::{Role, User};

pub(super) const PROMISES: &[Promise] = &[
    a_secret_waits_until_it_is_confirmed,
    only_the_secret_that_waits_is_confirmed_and_once,
    all_secrets_are_sealed_under_one_key,
    a_step_is_good_once_and_never_after_a_later_one,
    a_recovery_code_is_good_once,
    a_proof_lets_nobody_past_who_does_not_wait,
    a_password_waits_with_its_session_until_the_proof,
    of_two_who_show_one_proof_at_once_one_passes,
    new_recovery_codes_take_the_place_of_all_that_are_left,
    what_is_switched_off_is_gone,
];

fn code(number: u8) -> RecoveryHash {
    RecoveryHash::stored([number; 32])
}

fn confirm(scene: &Scene<'_>, user: &User, sealed: SealedSecret) -> (bool, usize) {
    let confirmed = Confirmed {
        sealed,
        step: 100,
        codes: vec![code(1), code(2)],
        at: minute(2),
    };
    let entry = told(user.id);
    let (done, told) = scene.told_by(|| scene.store.confirm(user.user_ref(), &confirmed, &entry));
    (done.expect("the store answers"), told)
}

/// User `number`, with the second factor of their number in force since step 100.
fn protected(scene: &Scene<'_>, number: u8) -> User {
    let user = scene.joined(number, Role::Viewer);
    let secret = sealed(number);
    scene
        .store
        .enrol(user.user_ref(), &secret, begun())
        .expect("enrolled");
    assert_eq!(confirm(scene, &user, secret), (true, 1));
    scene.find(&user)
}

/// Shows a proof to pending session `number`, which session `number + 10` takes the place of.
fn pass(scene: &Scene<'_>, user: &User, number: u8, proof: Proof) -> Option<Session> {
    let passed = Passed {
        proof,
        session: NewSession {
            created_at: minute(20),
            expires_at: minute(80),
            ..session(number + 10)
        },
        entry: told(user.id),
        password_entry: told(user.id),
    };
    let done = scene.store.pass(&session_hash(number), &passed);
    done.expect("the store answers")
}

fn step(number: u8, step: u64) -> Proof {
    Proof::Step {
        sealed: sealed(number),
        step,
    }
}

fn a_secret_waits_until_it_is_confirmed(scene: &Scene<'_>) {
    let user = scene.joined(1, Role::Viewer);
    assert_eq!(scene.factor(&user), None);
    let foreign = scene.store.enrol(scene.foreign(&user), &sealed(1), begun());
    let refused = matches!(foreign, Err(WriteError::Refused(NotEnrolled::NoSuchUser)));
    assert!(refused, "{foreign:?}");
    for number in [1, 2] {
        scene
            .store
            .enrol(user.user_ref(), &sealed(number), begun())
            .expect("enrolled, or anew");
    }
    let waiting = SecondFactor {
        sealed: sealed(2),
        begun: Some(begun()),
        confirmed_at: None,
        recovery_codes_left: 0,
    };
    assert_eq!(scene.factor(&user), Some(waiting.clone()));
    assert!(!scene.find(&user).has_second_factor, "it is not in force");
    assert_eq!(confirm(scene, &user, sealed(2)), (true, 1));
    let in_force = SecondFactor {
        begun: None,
        confirmed_at: Some(minute(2)),
        recovery_codes_left: 2,
        ..waiting
    };
    assert_eq!(scene.factor(&user), Some(in_force.clone()));
    assert!(scene.find(&user).has_second_factor);
    let again = scene.store.enrol(user.user_ref(), &sealed(3), begun());
    let refused = matches!(again, Err(WriteError::Refused(NotEnrolled::InForce)));
    assert!(refused, "{again:?}");
    assert_eq!(scene.factor(&user), Some(in_force));
}

fn only_the_secret_that_waits_is_confirmed_and_once(scene: &Scene<'_>) {
    let user = scene.joined(1, Role::Viewer);
    assert_eq!(confirm(scene, &user, sealed(1)), (false, 0), "none waits");
    scene
        .store
        .enrol(user.user_ref(), &sealed(2), begun())
        .expect("enrolled");
    assert_eq!(
        confirm(scene, &user, sealed(1)),
        (false, 0),
        "another waits"
    );
    assert_eq!(confirm(scene, &user, sealed(2)), (true, 1));
    assert_eq!(
        confirm(scene, &user, sealed(2)),
        (false, 0),
        "none waits any more"
    );
}

fn all_secrets_are_sealed_under_one_key(scene: &Scene<'_>) {
    protected(scene, 1);
    let other = scene.joined(2, Role::Viewer);
    let under_another = SealedSecret {
        key_id: "key-2".to_owned(),
        ..sealed(2)
    };
    let refused = scene.store.enrol(other.user_ref(), &under_another, begun());
    assert!(matches!(refused, Err(WriteError::Store(_))), "{refused:?}");
    assert_eq!(scene.factor(&other), None);
}

fn a_step_is_good_once_and_never_after_a_later_one(scene: &Scene<'_>) {
    let user = protected(scene, 1);
    for number in [2, 3] {
        scene.begin(&user, &pending(number));
    }
    for used in [99, 100] {
        assert_eq!(
            pass(scene, &user, 2, step(1, used)),
            None,
            "used to confirm"
        );
    }
    let (passed, told) = scene.told_by(|| pass(scene, &user, 2, step(1, 102)));
    let passed = passed.expect("a later step");
    assert_eq!((passed.pending, passed.user, told), (false, user.id, 1));
    assert_eq!(scene.session(12), Some(passed));
    assert_eq!(scene.session(2), None, "the pending one is over");
    assert_eq!(scene.find(&user).last_signed_in_at, Some(minute(20)));
    for used in [101, 102] {
        let (refused, told) = scene.told_by(|| pass(scene, &user, 3, step(1, used)));
        assert_eq!((refused, told), (None, 0), "step {used}");
    }
    assert_eq!(
        pass(scene, &user, 3, step(2, 103)),
        None,
        "of another secret"
    );
    assert!(scene.session(3).is_some(), "it still waits");
    assert!(pass(scene, &user, 3, step(1, 103)).is_some());
}

fn a_recovery_code_is_good_once(scene: &Scene<'_>) {
    let user = protected(scene, 1);
    let other = protected(scene, 4);
    for number in [2, 3] {
        scene.begin(&user, &pending(number));
    }
    let show = |number, code| pass(scene, &user, number, Proof::RecoveryCode(code));
    assert_eq!(show(2, code(9)), None);
    assert!(show(2, code(1)).is_some());
    assert_eq!(show(3, code(1)), None, "it was used");
    let left = |user| scene.factor(user).map(|factor| factor.recovery_codes_left);
    assert_eq!((left(&user), left(&other)), (Some(1), Some(2)));
    assert!(show(3, code(2)).is_some());
}

fn a_proof_lets_nobody_past_who_does_not_wait(scene: &Scene<'_>) {
    let user = protected(scene, 1);
    let fresh = || Proof::RecoveryCode(code(1));
    assert_eq!(pass(scene, &user, 9, fresh()), None, "no session");
    assert_eq!(pass(scene, &user, 1, fresh()), None, "a full session");
    let over = NewSession {
        expires_at: later(minute(20), 0),
        ..pending(2)
    };
    scene.begin(&user, &over);
    assert_eq!(pass(scene, &user, 2, fresh()), None, "one that is over");
    let bare = scene.joined(3, Role::Viewer);
    scene.begin(&bare, &pending(4));
    assert_eq!(pass(scene, &bare, 4, fresh()), None, "nothing in force");
    scene
        .store
        .enrol(bare.user_ref(), &sealed(3), begun())
        .expect("enrolled");
    assert_eq!(
        pass(scene, &bare, 4, step(3, 101)),
        None,
        "nothing in force yet"
    );
    let left = scene.factor(&user).map(|factor| factor.recovery_codes_left);
    assert_eq!(left, Some(2), "nothing was used up");
    assert_eq!(scene.session(11), None);
}

/// Begins pending session `number` by a link, with password `number`.
fn begin_with_password(scene: &Scene<'_>, user: &User, number: u8) {
    let hash = scene.link_for(user, number).hash;
    let began = scene.store.redeem(&hash, minute(10), &mut |_| {
        Ok(Some(Beginning {
            session: pending(number),
            password: Some(password(number)),
            replaces: None,
            entries: Vec::new(),
        }))
    });
    assert!(began.expect("the store answers").is_some());
}

fn a_password_waits_with_its_session_until_the_proof(scene: &Scene<'_>) {
    let [user, other] = [1, 9].map(|number| protected(scene, number));
    let stored = || {
        let stored = scene.store.password(user.user_ref());
        stored.expect("the store answers")
    };
    begin_with_password(scene, &user, 2);
    begin_with_password(scene, &user, 3);
    scene.begin(&user, &pending(4));
    assert!(scene.session(1).is_some(), "nothing ends");
    assert_eq!(stored(), Some(password(1)), "nothing is set");
    assert_eq!(pass(scene, &user, 2, step(1, 100)), None);
    assert_eq!(stored(), Some(password(1)), "nor without a proof");
    let (passed, told) = scene.told_by(|| pass(scene, &user, 4, step(1, 101)));
    assert_eq!((passed.is_some(), told), (true, 1), "without a password");
    assert_eq!(stored(), Some(password(1)), "none waits with another");
    scene.link_for(&user, 5);
    let (passed, told) = scene.told_by(|| pass(scene, &user, 3, step(1, 102)));
    assert_eq!((passed.is_some(), told), (true, 2));
    assert_eq!(stored(), Some(password(3)));
    let left = [1, 2, 3, 13, 14, 9].map(|number| scene.session(number).is_some());
    assert_eq!(left, [false, false, false, true, false, true]);
    let by_link = scene.store.look_at(&link_hash(5), minute(20));
    assert_eq!(by_link.expect("the store answers"), None);
    let of_other = scene.store.password(other.user_ref());
    assert_eq!(of_other.expect("the store answers"), Some(password(9)));
}

fn of_two_who_show_one_proof_at_once_one_passes(scene: &Scene<'_>) {
    let user = protected(scene, 1);
    let at_once_with = |first: u8, proof: &Proof| {
        for number in [first, first + 1] {
            scene.begin(&user, &pending(number));
        }
        let show = |number| pass(scene, &user, number, proof.clone()).is_some();
        count(at_once(|| show(first), || show(first + 1)))
    };
    assert_eq!(at_once_with(2, &step(1, 101)), 1);
    assert_eq!(at_once_with(4, &Proof::RecoveryCode(code(1))), 1);
}

fn new_recovery_codes_take_the_place_of_all_that_are_left(scene: &Scene<'_>) {
    let user = scene.joined(3, Role::Viewer);
    let replace = |user: &User, codes: &[RecoveryHash]| {
        let entry = told(user.id);
        let (done, told) =
            scene.told_by(|| scene.store.replace_codes(user.user_ref(), codes, &entry));
        (done.expect("the store answers"), told)
    };
    assert_eq!(
        replace(&user, &[code(5)]),
        (false, 0),
        "nothing is in force"
    );
    let user = protected(scene, 1);
    scene.begin(&user, &pending(2));
    assert_eq!(replace(&user, &[code(5), code(6), code(7)]), (true, 1));
    let left = scene.factor(&user).map(|factor| factor.recovery_codes_left);
    assert_eq!(left, Some(3));
    assert_eq!(pass(scene, &user, 2, Proof::RecoveryCode(code(1))), None);
    assert!(pass(scene, &user, 2, Proof::RecoveryCode(code(6))).is_some());
}

fn what_is_switched_off_is_gone(scene: &Scene<'_>) {
    let user = protected(scene, 1);
    let other = protected(scene, 3);
    scene.begin(&user, &pending(2));
    let switch_off = |user| {
        let (done, told) = scene.told_by(|| scene.store.switch_off(user, &told(other.id)));
        (done.expect("the store answers"), told)
    };
    assert_eq!(switch_off(scene.foreign(&user)), (false, 0));
    assert!(scene.factor(&user).is_some());
    assert_eq!(switch_off(user.user_ref()), (true, 1));
    assert_eq!(switch_off(user.user_ref()), (false, 0));
    assert_eq!(scene.factor(&user), None);
    assert!(!scene.find(&user).has_second_factor);
    assert_eq!(pass(scene, &user, 2, Proof::RecoveryCode(code(1))), None);
    assert!(scene.factor(&other).is_some());
    scene
        .store
        .enrol(user.user_ref(), &sealed(2), begun())
        .expect("enrolled anew");
    assert_eq!(
        switch_off(user.user_ref()),
        (false, 0),
        "it was not in force"
    );
    assert_eq!(scene.factor(&user), None, "and is gone all the same");
}
