//! What the audit trail has of keys: all that was done to them, and nothing that was not.

use std::thread;

use org_kernel::actor::Actor;
use org_kernel::audit::{Change, Entry, Origin, Request};
use org_kernel::id::KeyId;

use super::super::InsertError;
use crate::contract::{ExistingOrg, Scene, minute, new_id, new_uuid, plain_key, touched};

/// An entry in which everything is said that can be.
fn full(action: &'static str, at: i64) -> Entry {
    let origin = Origin {
        actor: Actor::User(new_id()),
        request: Some(Request {
            id: "request-7".to_owned(),
            address: "2001:db8::7".parse().expect("an address"),
            method: "POST".to_owned(),
            route: "/settings/keys/{id}".to_owned(),
            status: 201,
        }),
    };
    let subject = new_id::<org_kernel::id::kind::Key>();
    let change = Change::new(new_uuid(), minute(at), action, subject);
    Entry::of(
        change.with("note", "Dvořák's \"key\" \\ \u{1F3BB}"),
        &origin,
    )
}

pub(super) fn the_trail_has_each_change_once(scene: &Scene<'_>) {
    let key = plain_key(&scene.here, 1);
    let (id, made, revoked) = (
        key.id,
        full("api_key.created", 1),
        full("api_key.revoked", 2),
    );
    scene.store.insert(key, &made).expect("stored");
    scene
        .store
        .revoke(id.into(), minute(2), &revoked)
        .expect("revoked");
    let again = scene.store.revoke(id.into(), minute(3), &touched(id));
    again.expect("it is revoked already");
    assert_eq!(scene.trail(Some(&scene.here)), [made, revoked]);
    assert_eq!(scene.trail(Some(&scene.there)), []);
    assert_eq!(scene.trail(None), []);
}

pub(super) fn what_was_not_done_is_not_in_the_trail(scene: &Scene<'_>) {
    let first = plain_key(&scene.here, 1);
    let made = touched(first.id);
    scene.store.insert(first, &made).expect("stored");
    let twice = plain_key(&scene.here, 1);
    let refused = scene.store.insert(twice, &touched(new_id()));
    assert!(refused.is_err(), "the hash is stored already");
    let nowhere = ExistingOrg {
        id: new_id(),
        slug: String::new(),
    };
    let refused = scene
        .store
        .insert(plain_key(&nowhere, 2), &touched(new_id()));
    assert!(
        matches!(refused, Err(InsertError::NoSuchOrg)),
        "{refused:?}"
    );
    let unknown: KeyId = new_id();
    let refused = scene
        .store
        .revoke(unknown.into(), minute(5), &touched(unknown));
    assert!(refused.is_err(), "the key is unknown");
    assert_eq!(scene.trail(Some(&scene.here)), [made]);
}

pub(super) fn of_two_who_revoke_at_once_the_trail_has_one(scene: &Scene<'_>) {
    let id = scene.insert(plain_key(&scene.here, 1)).id;
    let entries = [1, 2].map(|at| full("api_key.revoked", at));
    let revoked_at = thread::scope(|threads| {
        let both = entries.each_ref().map(|entry| {
            threads.spawn(|| {
                scene
                    .store
                    .revoke(id.into(), entry.at, entry)
                    .expect("revoked")
            })
        });
        both.map(|one| one.join().expect("revoking does not panic").revoked_at)
    });
    let trail = scene.trail(Some(&scene.here));
    let told: Vec<_> = trail
        .iter()
        .filter(|entry| entry.action == "api_key.revoked")
        .map(|entry| Some(entry.at))
        .collect();
    assert_eq!(told, revoked_at[..1], "the trail has the first time");
}
