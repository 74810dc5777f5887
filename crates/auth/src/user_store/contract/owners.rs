//! There is always an owner who has joined.

use org_kernel::WriteError;

use super::scene::{Promise, Scene, at_once, count, plain_user, told};
use crate::contract::{minute, new_id};
use crate::user::{NewUser, Role, User};
use crate::user_store::{NotChanged, NotTransferred, Transfer, Transferred, UserStore};

pub(super) const PROMISES: &[Promise] = &[
    the_last_owner_who_has_joined_stays,
    where_none_has_joined_an_invited_one_stays_while_others_are_there,
    of_two_owners_who_leave_at_once_one_stays,
    of_two_owners_who_step_down_at_once_one_stays,
    ownership_is_transferred_in_one_step,
    ownership_is_transferred_once,
];

fn remove(scene: &Scene<'_>, user: &User) -> Result<User, WriteError<NotChanged>> {
    scene
        .store
        .remove(user.user_ref(), &mut |user| Ok(told(user.id)))
}

fn demote(scene: &Scene<'_>, user: &User) -> Result<User, WriteError<NotChanged>> {
    scene.store.edit(user.user_ref(), &mut |before| {
        let after = User {
            role: Role::Admin,
            ..before.clone()
        };
        Ok(Some((after, told(before.id))))
    })
}

fn is_last_owner(done: &Result<User, WriteError<NotChanged>>) -> bool {
    matches!(done, Err(WriteError::Refused(NotChanged::LastOwner)))
}

fn owners(scene: &Scene<'_>) -> usize {
    let users = UserStore::list(scene.store, scene.here.id).expect("the store answers");
    users.iter().filter(|user| user.is_joined_owner()).count()
}

fn the_last_owner_who_has_joined_stays(scene: &Scene<'_>) {
    let owner = scene.joined(1, Role::Owner);
    scene.joined(2, Role::Admin);
    scene.insert(&NewUser {
        role: Role::Owner,
        ..plain_user(&scene.here, 3)
    });
    let (done, told) = scene.told_by(|| [remove(scene, &owner), demote(scene, &owner)]);
    assert!(done.iter().all(is_last_owner), "{done:?}");
    assert_eq!(told, 0, "what was refused is not told");
    assert_eq!(scene.find(&owner), owner);
    assert!(scene.session(1).is_some(), "and nothing of it was done");
}

fn where_none_has_joined_an_invited_one_stays_while_others_are_there(scene: &Scene<'_>) {
    let admin = scene.joined(1, Role::Admin);
    let [one, other] = [2, 3].map(|number| {
        scene.insert(&NewUser {
            role: Role::Owner,
            ..plain_user(&scene.here, number)
        })
    });
    demote(scene, &one).expect("there is another who is invited");
    let refused = [remove(scene, &other), demote(scene, &other)];
    assert!(refused.iter().all(is_last_owner), "{refused:?}");
    for user in [&one, &admin, &other] {
        remove(scene, user).expect("an owner is left, or nobody");
    }
}

fn of_two_owners_who_leave_at_once_one_stays(scene: &Scene<'_>) {
    let [one, other] = [1, 2].map(|number| scene.joined(number, Role::Owner));
    let done = at_once(|| remove(scene, &one), || remove(scene, &other));
    assert_eq!(count([done[0].is_ok(), done[1].is_ok()]), 1, "{done:?}");
    assert!(done.iter().any(is_last_owner), "{done:?}");
    assert_eq!(owners(scene), 1);
}

fn of_two_owners_who_step_down_at_once_one_stays(scene: &Scene<'_>) {
    let [one, other] = [1, 2].map(|number| scene.joined(number, Role::Owner));
    let done = at_once(|| demote(scene, &one), || remove(scene, &other));
    assert_eq!(count([done[0].is_ok(), done[1].is_ok()]), 1, "{done:?}");
    assert!(done.iter().any(is_last_owner), "{done:?}");
    assert_eq!(owners(scene), 1);
}

fn transfer(
    scene: &Scene<'_>,
    from: &User,
    to: &User,
) -> Result<Transferred, WriteError<NotTransferred>> {
    let transfer = Transfer {
        org: scene.here.id,
        from: from.id,
        to: to.id,
        at: minute(30),
    };
    scene.store.transfer(&transfer, &told(to.id))
}

fn ownership_is_transferred_in_one_step(scene: &Scene<'_>) {
    let owner = scene.joined(1, Role::Owner);
    let taker = scene.joined(2, Role::Viewer);
    let invited = scene.invited(3);
    let elsewhere = scene.insert(&plain_user(&scene.there, 4));
    let nobody = User {
        id: new_id(),
        ..taker.clone()
    };
    for (from, to, expected) in [
        (&owner, &invited, NotTransferred::NotJoined),
        (&taker, &owner, NotTransferred::NotAnOwner),
        (&owner, &owner, NotTransferred::NoSuchUser),
        (&owner, &elsewhere, NotTransferred::NoSuchUser),
        (&owner, &nobody, NotTransferred::NoSuchUser),
        (&nobody, &taker, NotTransferred::NoSuchUser),
    ] {
        let (refused, told) = scene.told_by(|| transfer(scene, from, to));
        let refusal = match refused {
            Err(WriteError::Refused(refusal)) => refusal,
            other => panic!("{other:?}"),
        };
        assert_eq!((refusal, told), (expected, 0));
    }
    let (done, told) = scene.told_by(|| transfer(scene, &owner, &taker));
    let expected = Transferred {
        from: User {
            role: Role::Admin,
            updated_at: minute(30),
            ..owner.clone()
        },
        to: User {
            role: Role::Owner,
            updated_at: minute(30),
            ..taker.clone()
        },
    };
    assert_eq!((done.expect("transferred"), told), (expected.clone(), 1));
    assert_eq!(scene.find(&owner), expected.from);
    assert_eq!(scene.find(&taker), expected.to);
}

fn ownership_is_transferred_once(scene: &Scene<'_>) {
    let owner = scene.joined(1, Role::Owner);
    let [one, other] = [2, 3].map(|number| scene.joined(number, Role::Admin));
    let done = at_once(
        || transfer(scene, &owner, &one),
        || transfer(scene, &owner, &other),
    );
    assert_eq!(count([done[0].is_ok(), done[1].is_ok()]), 1, "{done:?}");
    assert_eq!(owners(scene), 1);
}
