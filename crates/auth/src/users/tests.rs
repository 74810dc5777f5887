//! The use cases on the store in memory.

use std::slice;
use std::thread;

use org_kernel::actor::Actor;
use org_kernel::field::FromText;
use serde_json::json;
use time::Duration;

use super::*;
use crate::testing::{House, PASSWORD, caller, now, org, slug, visitor};
use crate::user_store::NotInserted;

fn name(text: &str) -> UserName {
    UserName::from_text(text).expect("a name")
}

#[test]
fn whoever_is_invited_has_a_link_and_nothing_else() {
    let house = House::new();
    let link = house.invited("ada", Role::Admin);
    let user = &link.user;
    assert_eq!((user.org, &user.org_slug), (org(1), &slug(1)));
    assert_eq!((user.role, user.created_at), (Role::Admin, now()));
    assert_eq!((user.joined_at, user.last_signed_in_at), (None, None));
    assert!(!user.has_password && !user.has_second_factor);
    assert_eq!(link.expires_at, now().saturating_add(Duration::hours(72)));
    assert_eq!(
        house.users.list(org(1)).expect("listed"),
        slice::from_ref(user)
    );
    assert_eq!(house.users.list(org(2)).expect("listed"), []);
    let looked_at = house.sign_in.look_at_link(link.secret.expose());
    assert_eq!(looked_at.expect("looked at").as_ref(), Some(user));
}

#[test]
fn the_trail_tells_of_an_invitation_without_the_address() {
    let house = House::new();
    house.invited("ada", Role::Admin);
    let trail = house.trail();
    let [entry] = trail.as_slice() else {
        panic!("not one entry: {trail:?}");
    };
    assert_eq!(entry.actor, Some(Actor::Operator));
    let made_as = |value: &str| json!({ "old": null, "new": value });
    let expected =
        json!({ "name": made_as("ada"), "email": made_as("***"), "role": made_as("ADMIN") });
    assert_eq!(entry.details["changes"], expected);
}

#[test]
fn an_invitation_is_carried_out_once_and_an_address_is_one_users() {
    let house = House::new();
    let invitation = house.invitation("ada", Role::Admin);
    let invite = |invitation: &Invitation| {
        let invited = house.users.invite(invitation.clone(), &Origin::OPERATOR);
        invited.map(|link| link.user.id)
    };
    let refused = |invitation: &Invitation| match invite(invitation) {
        Err(InviteError::Refused(refusal)) => refusal,
        other => panic!("{other:?}"),
    };
    invite(&invitation).expect("invited");
    assert_eq!(refused(&invitation), NotInserted::MadeAlready);
    let namesake = Invitation {
        email: Email::from_text("ADA@example.ORG").expect("an address"),
        ..house.invitation("ida", Role::Viewer)
    };
    assert_eq!(refused(&namesake), NotInserted::EmailTaken);
    let elsewhere = Invitation {
        org: org(2),
        ..namesake.clone()
    };
    invite(&elsewhere).expect("invited elsewhere");
    let nowhere = Invitation {
        org: org(3),
        ..house.invitation("eva", Role::Viewer)
    };
    assert_eq!(refused(&nowhere), NotInserted::NoSuchOrg);
}

#[test]
fn a_new_link_ends_the_one_before() {
    let house = House::new();
    let first = house.invited("ada", Role::Admin);
    let second = house
        .users
        .new_link(first.user.user_ref(), &Origin::OPERATOR);
    let second = second.expect("a link");
    let lets_in = |link: &IssuedLink| {
        let found = house.sign_in.look_at_link(link.secret.expose());
        found.expect("looked at").is_some()
    };
    assert!(!lets_in(&first) && lets_in(&second));
    assert_eq!(house.actions(), ["user.invited", "user.link_made"]);
    let foreign = UserRef {
        org: org(2),
        ..first.user.user_ref()
    };
    let refused = house.users.new_link(foreign, &Origin::OPERATOR);
    assert!(
        matches!(refused, Err(NewLinkError::NoSuchUser)),
        "{refused:?}"
    );
    assert!(lets_in(&second), "nobody elsewhere ends it");
}

#[test]
fn a_change_is_told_once_and_no_change_is_not() {
    let house = House::new();
    let user = house.invited("ada", Role::Admin).user;
    house.clock.advance(Duration::HOUR);
    let wanted = UserChanges {
        version: Some(user.updated_at),
        name: Some(name("Ada L.")),
        role: Some(Role::Viewer),
    };
    let change = |changes: &UserChanges| {
        let changed = house
            .users
            .change(user.user_ref(), changes, &Origin::OPERATOR);
        changed.expect("changed")
    };
    let changed = change(&wanted);
    assert_eq!(
        (&changed.name, changed.role),
        (&name("Ada L."), Role::Viewer)
    );
    assert_eq!(changed.updated_at, now().saturating_add(Duration::HOUR));
    house.clock.advance(Duration::HOUR);
    let same = UserChanges {
        version: None,
        ..wanted
    };
    assert_eq!(change(&same), changed);
    assert_eq!(house.actions(), ["user.invited", "user.changed"]);
}

#[test]
fn two_changes_within_a_millisecond_are_of_two_versions() {
    let house = House::new();
    let user = house.invited("ada", Role::Admin).user;
    let change = |version, text| {
        let changes = UserChanges {
            version: Some(version),
            name: Some(name(text)),
            role: None,
        };
        house
            .users
            .change(user.user_ref(), &changes, &Origin::OPERATOR)
    };
    let first = change(user.updated_at, "One").expect("changed");
    assert!(first.updated_at > user.updated_at, "the clock stands still");
    let late = change(user.updated_at, "Two");
    assert!(matches!(late, Err(ChangeError::Stale(_))), "{late:?}");
    change(first.updated_at, "Two").expect("changed");
}

#[test]
fn what_somebody_else_has_changed_is_not_overwritten() {
    let house = House::new();
    let user = house.invited("ada", Role::Admin).user;
    house.clock.advance(Duration::SECOND);
    let seen = |name| UserChanges {
        version: Some(user.updated_at),
        name: Some(name),
        role: None,
    };
    let first = house
        .users
        .change(user.user_ref(), &seen(name("One")), &Origin::OPERATOR);
    let first = first.expect("changed");
    let second = house
        .users
        .change(user.user_ref(), &seen(name("Two")), &Origin::OPERATOR);
    match second {
        Err(ChangeError::Stale(there)) => assert_eq!(*there, first),
        other => panic!("{other:?}"),
    }
    assert_eq!(house.now(&user), first);
}

#[test]
fn the_last_owner_who_has_joined_stays_one() {
    let house = House::new();
    let (owner, _) = house.joined("ada", Role::Owner);
    let invited = house.invited("ida", Role::Owner).user;
    let to_viewer = UserChanges {
        role: Some(Role::Viewer),
        ..UserChanges::default()
    };
    let demote = |user: &User| {
        house
            .users
            .change(user.user_ref(), &to_viewer, &Origin::OPERATOR)
    };
    let refused = demote(&owner);
    assert!(
        matches!(refused, Err(ChangeError::Refused(NotChanged::LastOwner))),
        "{refused:?}"
    );
    let refused = house.users.remove(owner.user_ref(), &Origin::OPERATOR);
    assert!(
        matches!(refused, Err(WriteError::Refused(NotChanged::LastOwner))),
        "{refused:?}"
    );
    demote(&invited).expect("who has not joined may be anything");
    let (other, _) = house.joined("eva", Role::Owner);
    house
        .users
        .remove(owner.user_ref(), &Origin::OPERATOR)
        .expect("there is another");
    assert!(demote(&other).is_err());
}

#[test]
fn of_two_owners_who_leave_at_once_one_stays() {
    let house = House::new();
    let owners = ["ada", "ida"].map(|name| house.joined(name, Role::Owner).0);
    let leave = |owner: &User| {
        let left = house.users.remove(owner.user_ref(), &Origin::OPERATOR);
        left.is_ok()
    };
    let left = thread::scope(|threads| {
        let both = owners
            .each_ref()
            .map(|owner| threads.spawn(|| leave(owner)));
        both.map(|one| one.join().expect("no panic"))
    });
    assert_eq!(left.iter().filter(|left| **left).count(), 1);
    assert_eq!(house.users.list(org(1)).expect("listed").len(), 1);
}

#[test]
fn nothing_lets_in_who_was_removed_and_their_name_stays() {
    let house = House::new();
    house.joined("eva", Role::Owner);
    let (user, signed_in) = house.joined("ada", Role::Admin);
    let link = house
        .users
        .new_link(user.user_ref(), &Origin::OPERATOR)
        .expect("a link");
    house
        .users
        .remove(user.user_ref(), &Origin::OPERATOR)
        .expect("removed");
    assert_eq!(house.session(&signed_in), None);
    assert!(house.with_password(&user, PASSWORD, 2).is_err());
    let by_link = house
        .sign_in
        .with_link(link.secret.expose(), None, caller(&visitor(3)));
    assert!(by_link.is_err());
    assert_eq!(house.users.find(user.user_ref()).expect("an answer"), None);
    let names = house.users.names(org(1)).expect("names");
    assert!(names.contains(&(user.id, user.name.clone())), "{names:?}");
    house.invited("ada", Role::Viewer);
}

#[test]
fn ownership_goes_from_an_owner_to_somebody_who_has_joined() {
    let house = House::new();
    let (owner, _) = house.joined("ada", Role::Owner);
    let (admin, _) = house.joined("ida", Role::Admin);
    let invited = house.invited("eva", Role::Viewer).user;
    let transfer = |giver: &User, taker: &User| {
        let done = house
            .users
            .transfer(giver.user_ref(), taker.id, &Origin::OPERATOR);
        done.map_err(|error| match error {
            WriteError::Refused(refusal) => refusal,
            WriteError::Store(error) => panic!("{error}"),
        })
    };
    assert_eq!(transfer(&owner, &invited), Err(NotTransferred::NotJoined));
    assert_eq!(transfer(&admin, &owner), Err(NotTransferred::NotAnOwner));
    assert_eq!(transfer(&owner, &owner), Err(NotTransferred::NoSuchUser));
    assert_eq!(
        transfer(&owner, &crate::testing::user(99)),
        Err(NotTransferred::NoSuchUser)
    );
    let done = transfer(&owner, &admin).expect("transferred");
    assert_eq!((done.from.role, done.to.role), (Role::Admin, Role::Owner));
    assert_eq!(
        (&done.from, &done.to),
        (&house.now(&owner), &house.now(&admin))
    );
    let trail = house.trail();
    let told = trail.last().expect("an entry");
    assert_eq!(told.action, "ownership.transferred");
    assert_eq!(told.details["from"], json!(owner.id.to_string()));
}
