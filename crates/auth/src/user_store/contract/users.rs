//! Users.

use org_kernel::WriteError;
use org_kernel::field::FromText;
use org_kernel::id::{OrgId, UserId};

use super::scene::{
    Promise, Scene, at_once, count, failure, later, link, link_hash, plain_user, told,
};
use crate::contract::{ExistingOrg, minute, new_id};
use crate::user::{Email, NewUser, Role, User, UserName};
use crate::user_store::{NotChanged, NotInserted, UserStore};

pub(super) const PROMISES: &[Promise] = &[
    a_user_is_found_as_they_were_stored,
    an_account_is_found_by_slug_and_address_in_any_case,
    a_list_has_the_users_of_one_organization_in_the_order_of_their_making,
    an_id_and_an_address_are_one_users,
    of_two_who_take_one_address_at_once_one_gets_it,
    a_change_is_stored_with_its_entry_or_not_at_all,
    a_removed_user_is_nobody_but_a_name,
];

fn refusal<T: std::fmt::Debug, R>(done: Result<T, WriteError<R>>) -> R {
    match done {
        Err(WriteError::Refused(refusal)) => refusal,
        Err(WriteError::Store(error)) => panic!("{error}"),
        Ok(done) => panic!("{done:?}"),
    }
}

fn list(scene: &Scene<'_>, org: OrgId) -> Vec<User> {
    UserStore::list(scene.store, org).expect("the store answers")
}

fn a_user_is_found_as_they_were_stored(scene: &Scene<'_>) {
    let user = NewUser {
        email: Email::stored("Dvořák+'x'@exämple.org".to_owned()),
        name: UserName::stored("Dvořák's \u{1F3BB} 'quoted' \\ name".to_owned()),
        role: Role::Owner,
        ..plain_user(&scene.here, 1)
    };
    let entry = told(user.id);
    let expected = user.clone().into_stored(scene.here.slug.clone());
    let stored = scene.store.insert(&user, &link(1), &entry).expect("stored");
    assert_eq!(stored, expected, "insert answers what it stored");
    assert_eq!(scene.find(&stored), expected);
    assert_eq!(
        scene.user(scene.foreign(&stored)),
        None,
        "nobody's elsewhere"
    );
    let invited = scene.store.look_at(&link_hash(1), minute(1));
    assert_eq!(
        invited.expect("the store answers"),
        Some(expected),
        "by the link"
    );
    assert_eq!(scene.trail(&scene.here), [entry]);
    assert_eq!(scene.trail(&scene.there), []);
}

fn an_account_is_found_by_slug_and_address_in_any_case(scene: &Scene<'_>) {
    let here = scene.invited(1);
    let there = scene.insert(&NewUser {
        email: here.email.clone(),
        ..plain_user(&scene.there, 2)
    });
    let found = |org: &ExistingOrg, email: &str| {
        let email = Email::from_text(email).expect("an address");
        let account = scene.store.account(&org.slug, &email);
        let account = account.expect("the store answers");
        assert!(account.iter().all(|account| account.password.is_none()));
        account.map(|account| account.user)
    };
    for email in [
        "User.1@example.org",
        "USER.1@EXAMPLE.ORG",
        "user.1@example.org",
    ] {
        assert_eq!(found(&scene.here, email), Some(here.clone()), "{email}");
        assert_eq!(found(&scene.there, email), Some(there.clone()), "{email}");
    }
    let nowhere = ExistingOrg {
        slug: "nowhere".to_owned(),
        ..scene.here.clone()
    };
    assert_eq!(found(&nowhere, "user.1@example.org"), None);
    assert_eq!(found(&scene.here, "user.9@example.org"), None);
}

fn a_list_has_the_users_of_one_organization_in_the_order_of_their_making(scene: &Scene<'_>) {
    let same_time = |number| NewUser {
        created_at: minute(5),
        ..plain_user(&scene.here, number)
    };
    let (earlier_id, later_id) = (same_time(6), same_time(7));
    let late = scene.invited(9);
    let later_id = scene.insert(&later_id);
    let earlier_id = scene.insert(&earlier_id);
    let early = scene.invited(3);
    let elsewhere = scene.insert(&plain_user(&scene.there, 4));
    assert_eq!(
        list(scene, scene.here.id),
        [early, earlier_id, later_id, late]
    );
    assert_eq!(list(scene, scene.there.id), [elsewhere]);
    assert_eq!(list(scene, new_id()), [], "nobody is nowhere");
}

fn an_id_and_an_address_are_one_users(scene: &Scene<'_>) {
    let first = plain_user(&scene.here, 1);
    let stored = scene.insert(&first);
    let insert = |user: &NewUser| {
        let entry = told(user.id);
        scene.told_by(|| refusal(scene.store.insert(user, &link(2), &entry)))
    };
    assert_eq!(insert(&first), (NotInserted::MadeAlready, 0));
    let same_id = NewUser {
        id: first.id,
        ..plain_user(&scene.there, 2)
    };
    assert_eq!(
        insert(&same_id),
        (NotInserted::MadeAlready, 0),
        "elsewhere too"
    );
    let same_address = NewUser {
        email: Email::stored("USER.1@example.ORG".to_owned()),
        ..plain_user(&scene.here, 2)
    };
    assert_eq!(insert(&same_address), (NotInserted::EmailTaken, 0));
    let nowhere = NewUser {
        org: new_id(),
        ..plain_user(&scene.here, 2)
    };
    assert_eq!(insert(&nowhere), (NotInserted::NoSuchOrg, 0));
    assert_eq!(list(scene, scene.here.id), [stored]);
    let link_of_none = scene.store.look_at(&link_hash(2), minute(1));
    assert_eq!(link_of_none.expect("the store answers"), None);
}

fn of_two_who_take_one_address_at_once_one_gets_it(scene: &Scene<'_>) {
    let [one, other] = [1, 2].map(|number| NewUser {
        email: Email::stored("ada@example.org".to_owned()),
        ..plain_user(&scene.here, number)
    });
    let insert = |user: &NewUser, number| scene.store.insert(user, &link(number), &told(user.id));
    let done = at_once(|| insert(&one, 1), || insert(&other, 2));
    assert_eq!(count([done[0].is_ok(), done[1].is_ok()]), 1, "{done:?}");
    let refused = done.into_iter().find(Result::is_err);
    assert_eq!(refused.map(refusal), Some(NotInserted::EmailTaken));
}

fn a_change_is_stored_with_its_entry_or_not_at_all(scene: &Scene<'_>) {
    let user = scene.invited(1);
    let entry = told(user.id);
    let after = User {
        name: UserName::stored("Another".to_owned()),
        role: Role::Admin,
        updated_at: later(user.updated_at, 5),
        ..user.clone()
    };
    let changed = scene.store.edit(user.user_ref(), &mut |before| {
        assert_eq!(*before, user);
        Ok(Some((after.clone(), entry.clone())))
    });
    assert_eq!(changed.expect("changed"), after);
    assert_eq!(scene.find(&user), after);
    assert_eq!(scene.trail(&scene.here).last(), Some(&entry));
    let (unchanged, told) = scene.told_by(|| scene.store.edit(user.user_ref(), &mut |_| Ok(None)));
    assert_eq!((unchanged.expect("an answer"), told), (after.clone(), 0));
    let failed = scene.store.edit(user.user_ref(), &mut |_| Err(failure()));
    assert!(matches!(failed, Err(WriteError::Store(_))), "{failed:?}");
    let nobody = scene
        .store
        .edit(scene.foreign(&user), &mut |_| Err(failure()));
    assert_eq!(refusal(nobody), NotChanged::NoSuchUser);
    assert_eq!(scene.find(&user), after);
}

fn a_removed_user_is_nobody_but_a_name(scene: &Scene<'_>) {
    scene.joined(1, Role::Owner);
    let user = scene.joined(2, Role::Owner);
    scene.link_for(&user, 3);
    let sealed = super::scene::sealed(2);
    scene
        .store
        .enrol(user.user_ref(), &sealed, super::scene::begun())
        .expect("enrolled");
    let entry = told(user.id);
    let failed = scene.store.remove(user.user_ref(), &mut |_| Err(failure()));
    assert!(failed.is_err());
    let removed = scene.store.remove(user.user_ref(), &mut |before| {
        assert_eq!(*before, user);
        Ok(entry.clone())
    });
    assert_eq!(removed.expect("removed"), user, "as they were");
    assert_eq!(scene.trail(&scene.here).last(), Some(&entry));
    assert_eq!(scene.user(user.user_ref()), None);
    assert_eq!(list(scene, scene.here.id).len(), 1);
    let account = scene.store.account(&scene.here.slug, &user.email);
    assert!(account.expect("the store answers").is_none());
    assert_eq!(
        scene.store.password(user.user_ref()).expect("an answer"),
        None
    );
    assert_eq!(scene.session(2), None);
    let by_link = scene.store.look_at(&link_hash(3), minute(1));
    assert_eq!(by_link.expect("the store answers"), None);
    assert_eq!(scene.factor(&user), None);
    let began = scene.store.begin(user.user_ref(), &mut |_| Err(failure()));
    assert_eq!(began.expect("nobody begins nothing"), None);
    let again = scene.store.remove(user.user_ref(), &mut |_| Err(failure()));
    assert_eq!(refusal(again), NotChanged::NoSuchUser);
    let names: Vec<(UserId, UserName)> = scene.store.names(scene.here.id).expect("names");
    let name = (user.id, user.name.clone());
    assert!(names.contains(&name), "{names:?}");
    for (org, asked, expected) in [
        (&scene.here, vec![user.id, new_id()], vec![name]),
        (&scene.here, vec![], vec![]),
        (&scene.there, vec![user.id], vec![]),
    ] {
        let found = scene.store.names_of(org.id, &asked);
        assert_eq!(found.expect("names"), expected);
    }
    let successor = NewUser {
        email: user.email.clone(),
        ..plain_user(&scene.here, 4)
    };
    scene.insert(&successor);
    let same_id = NewUser {
        id: user.id,
        ..plain_user(&scene.here, 5)
    };
    let refused = scene.store.insert(&same_id, &link(5), &told(user.id));
    assert_eq!(refusal(refused), NotInserted::MadeAlready);
}
