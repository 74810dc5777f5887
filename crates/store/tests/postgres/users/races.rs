//! Of two who do the same thing at once, one does.

use std::sync::Barrier;
use std::thread;

use org_auth::link_store::LinkStore;
use org_auth::second_factor_store::{Passed, Proof, SecondFactorStore};
use org_auth::session::SessionHash;
use org_auth::session_store::SessionStore;
use org_auth::user::Role::{Admin, Owner, Viewer};
use org_auth::user::{User, UserRef};
use org_auth::user_store::{NotChanged, Transfer, UserStore};
use org_kernel::WriteError;

use super::{House, beginning, code, entry, link_hash, minute, session, session_hash};
use crate::support::id;

/// How often two race: now and then one is done before the other has begun.
const ROUNDS: u8 = 20;

fn at_once<A: Send, B: Send>(
    one: impl FnOnce() -> A + Send,
    other: impl FnOnce() -> B + Send,
) -> (A, B) {
    let start = &Barrier::new(2);
    thread::scope(|threads| {
        let other = threads.spawn(move || {
            start.wait();
            other()
        });
        start.wait();
        (one(), other.join().expect("no panic"))
    })
}

#[test]
fn a_link_lets_one_of_two_in() {
    let house = House::new();
    for round in 0..ROUNDS {
        let user = house.invited(round, Viewer);
        let redeem = |number: u8| {
            let begun = house
                .pg
                .redeem(&link_hash(round), minute(2), &mut |account| {
                    assert_eq!(account.user.id, user.id);
                    Ok(Some(beginning(session(number, false))))
                });
            begun.expect("the store answers").is_some()
        };
        let (one, other) = at_once(|| redeem(100 + round), || redeem(200 + round));
        assert!(one != other, "{round}: {one} and {other}");
        let sessions = SessionStore::list(&house.pg, user, minute(3)).expect("answered");
        assert_eq!(sessions.len(), 1, "{round}");
    }
}

#[test]
fn a_new_link_and_the_use_of_the_old_one_do_not_both_stand() {
    let house = House::new();
    for round in 0..ROUNDS {
        let user = house.invited(round, Viewer);
        let redeem = || {
            let begun = house.pg.redeem(&link_hash(round), minute(2), &mut |_| {
                Ok(Some(beginning(session(round, false))))
            });
            begun.expect("the store answers").is_some()
        };
        let number = 100 + round;
        let replace = || {
            let told = entry("user.link_made", user.id);
            LinkStore::replace(&house.pg, user, &super::link(number), &told)
        };
        let (_, replaced) = at_once(redeem, replace);
        replaced.expect("there is a user");
        assert!(!redeem(), "{round}: the old link still lets in");
        let seen = house.pg.look_at(&link_hash(number), minute(3));
        let seen = seen.expect("answered").map(|user| user.id);
        assert_eq!(seen, Some(user.id), "{round}: the new link does not let in");
    }
}

fn passed(proof: Proof, number: u8, user: UserRef) -> Passed {
    Passed {
        proof,
        session: session(number, false),
        entry: entry("user.signed_in", user.id),
        password_entry: entry("user.signed_in", user.id),
    }
}

/// Shows one proof in two pending sessions at once, and says how many were let in.
fn let_in(house: &House, user: UserRef, round: u8, proof: &Proof) -> usize {
    let pending = [2 * round, 2 * round + 1].map(|number| house.pending(user, 100 + number));
    let pass = |place: u8, hash: SessionHash| {
        let number = 200 + 2 * round + place;
        let passed = passed(proof.clone(), number, user);
        let session = house.pg.pass(&hash, &passed).expect("the store answers");
        usize::from(session.is_some())
    };
    let [one, other] = pending;
    let (one, other) = at_once(|| pass(0, one), || pass(1, other));
    one + other
}

#[test]
fn a_code_lets_one_of_two_in() {
    let house = House::new();
    let user = house.joined(1, Owner);
    let sealed = house.second_factor(user);
    for round in 0..ROUNDS {
        let sealed = sealed.clone();
        let step = 101 + u64::from(round);
        let proof = Proof::Step { sealed, step };
        assert_eq!(let_in(&house, user, round, &proof), 1, "{round}");
    }
}

#[test]
fn a_recovery_code_lets_one_of_two_in() {
    let house = House::new();
    let user = house.joined(1, Owner);
    house.second_factor(user);
    for round in 0..ROUNDS {
        let told = entry("user.recovery_codes_made", user.id);
        let replaced = house.pg.replace_codes(user, &[code(round)], &told);
        assert!(replaced.expect("answered"), "{round}");
        let proof = Proof::RecoveryCode(code(round));
        assert_eq!(let_in(&house, user, round, &proof), 1, "{round}");
    }
}

/// Two tabs, one pending session, two good codes.
#[test]
fn a_pending_session_becomes_one_session() {
    let house = House::new();
    let user = house.joined(1, Owner);
    let sealed = house.second_factor(user);
    for round in 0..ROUNDS {
        house.pending(user, 50);
        let pass = |place: u8| {
            let step = 101 + 2 * u64::from(round) + u64::from(place);
            let sealed = sealed.clone();
            let proof = Proof::Step { sealed, step };
            let passed = passed(proof, 100 + 2 * round + place, user);
            let session = house.pg.pass(&session_hash(50), &passed);
            usize::from(session.expect("the store answers").is_some())
        };
        let (one, other) = at_once(|| pass(0), || pass(1));
        assert_eq!(one + other, 1, "{round}");
    }
}

fn demoted(house: &House, user: UserRef) -> Result<User, WriteError<NotChanged>> {
    UserStore::edit(&house.pg, user, &mut |user| {
        let after = User {
            role: Admin,
            ..user.clone()
        };
        Ok(Some((after, entry("user.edited", user.id))))
    })
}

fn removed(house: &House, user: UserRef) -> Result<User, WriteError<NotChanged>> {
    UserStore::remove(&house.pg, user, &mut |user| {
        Ok(entry("user.removed", user.id))
    })
}

fn owners(house: &House) -> usize {
    let users = UserStore::list(&house.pg, id(1)).expect("answered");
    users.iter().filter(|user| user.is_joined_owner()).count()
}

#[test]
fn of_two_owners_who_leave_at_once_one_stays() {
    type Leave = fn(&House, UserRef) -> Result<User, WriteError<NotChanged>>;
    let both: [[Leave; 2]; 3] = [[removed, removed], [demoted, demoted], [removed, demoted]];
    for leave in both {
        for round in 0..5 {
            let house = House::new();
            let [one, other] = [1, 2].map(|number| house.joined(number, Owner));
            let (done, undone) = match at_once(|| leave[0](&house, one), || leave[1](&house, other))
            {
                (Ok(done), Err(undone)) | (Err(undone), Ok(done)) => (done, undone),
                both => panic!("{round}: {both:?}"),
            };
            let refused = matches!(undone, WriteError::Refused(NotChanged::LastOwner));
            assert!(refused, "{round}: {undone:?}");
            assert_eq!(owners(&house), 1, "{round}: {done:?} has left");
        }
    }
}

/// Whoever is given the organization while leaving it has it, or has left; the giver does not lose it to
/// nobody.
#[test]
fn an_organization_that_is_given_to_one_who_leaves_keeps_an_owner() {
    for round in 0..ROUNDS {
        let house = House::new();
        let (from, to) = (house.joined(1, Owner), house.joined(2, Viewer));
        let transfer = Transfer {
            org: id(1),
            from: from.id,
            to: to.id,
            at: minute(2),
        };
        let told = entry("organization.transferred", from.id);
        let (given, left) = at_once(
            || UserStore::transfer(&house.pg, &transfer, &told),
            || removed(&house, to),
        );
        assert!(given.is_ok() != left.is_ok(), "{round}: {given:?} {left:?}");
        assert_eq!(owners(&house), 1, "{round}");
    }
}
