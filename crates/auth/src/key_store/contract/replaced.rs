//! One key in the place of another: once, whole, and not across organizations.

use std::cell::Cell;
use std::thread;

use org_kernel::id::KeyId;

use super::super::{ReplaceError, Replacement, Target};
use super::find;
use crate::api_key::{ApiKey, NewKey};
use crate::contract::{Scene, minute, new_id, plain_key, touched};
use crate::key::KeyHash;

/// `key` in the place of whatever key it is asked for, which ends at minute 7.
fn replacement(old: &ApiKey, key: NewKey) -> Replacement {
    Replacement {
        old_until: minute(7),
        entries: [touched(old.id), touched(key.id)],
        key,
    }
}

fn replace(
    scene: &Scene<'_>,
    target: impl Into<Target>,
    key: &NewKey,
) -> Result<ApiKey, ReplaceError> {
    let make = &mut |old: &ApiKey| Ok(replacement(old, key.clone()));
    scene.store.replace(target.into(), make)
}

pub(super) fn a_key_is_replaced_once_and_both_are_told_of(scene: &Scene<'_>) {
    let old = scene.insert(plain_key(&scene.here, 1));
    let (new, later) = (plain_key(&scene.here, 2), plain_key(&scene.here, 3));
    let mut told = scene.trail(Some(&scene.here));
    let made = scene.store.replace(old.id.into(), &mut |shown| {
        assert_eq!(*shown, old, "what is replaced is shown as it is stored");
        let replacement = replacement(shown, new.clone());
        told.extend(replacement.entries.clone());
        Ok(replacement)
    });
    let expected = new.clone().into_stored(scene.here.slug.clone());
    assert_eq!(made.expect("replaced"), expected);
    assert_eq!(find(scene, &new.hash), Some(expected));
    let ended = ApiKey {
        expires_at: Some(minute(7)),
        replaced_by: Some(new.id),
        ..old.clone()
    };
    let stored = scene.store.get(scene.here.id, old.id);
    assert_eq!(stored.expect("the store answers"), Some(ended));
    let twice = replace(scene, old.id, &later);
    assert!(matches!(twice, Err(ReplaceError::Replaced { by }) if by == new.id));
    assert_eq!(find(scene, &later.hash), None);
    let mut trail = scene.trail(Some(&scene.here));
    trail.sort_by_key(|entry| entry.id);
    told.sort_by_key(|entry| entry.id);
    assert_eq!(trail, told);
}

pub(super) fn a_refused_replacement_leaves_everything_as_it_was(scene: &Scene<'_>) {
    let old = scene.insert(plain_key(&scene.here, 1));
    let other = scene.insert(plain_key(&scene.there, 2));
    let told = scene.trail(Some(&scene.here));
    let same_id = NewKey {
        id: other.id,
        ..plain_key(&scene.here, 3)
    };
    let same_hash = plain_key(&scene.here, 2);
    let refused = scene
        .store
        .replace(old.id.into(), &mut |_| Err(ReplaceError::Expired));
    assert!(matches!(refused, Err(ReplaceError::Expired)), "{refused:?}");
    let refused = replace(scene, old.id, &same_id);
    assert!(matches!(refused, Err(ReplaceError::IdTaken)), "{refused:?}");
    let refused = replace(scene, old.id, &same_hash);
    assert!(
        matches!(refused, Err(ReplaceError::Store(_))),
        "{refused:?}"
    );
    let stored = scene.store.list(scene.here.id);
    assert_eq!(stored.expect("the store answers"), [old]);
    assert_eq!(find(scene, &KeyHash::stored([2; 32])), Some(other));
    assert_eq!(scene.trail(Some(&scene.here)), told);
}

pub(super) fn another_organizations_key_does_not_exist(scene: &Scene<'_>) {
    let key = scene.insert(plain_key(&scene.here, 1));
    let theirs = scene.there.id;
    let found = |org| scene.store.get(org, key.id).expect("the store answers");
    assert_eq!(found(scene.here.id), Some(key.clone()));
    assert_eq!(found(theirs), None);
    for target in [(theirs, key.id).into(), Target::from(new_id::<_>())] {
        let asked = Cell::new(false);
        let refused = scene.store.replace(target, &mut |old| {
            asked.set(true);
            Ok(replacement(old, plain_key(&scene.there, 2)))
        });
        assert!(matches!(refused, Err(ReplaceError::NoSuchKey)));
        assert!(!asked.get(), "nobody is shown the key");
    }
    let refused = scene
        .store
        .revoke((theirs, key.id).into(), minute(5), &touched(key.id));
    assert!(refused.is_err(), "it is not theirs to revoke");
    assert_eq!(found(scene.here.id), Some(key.clone()));
    let ours = scene
        .store
        .revoke((scene.here.id, key.id).into(), minute(5), &touched(key.id));
    assert_eq!(ours.expect("revoked").revoked_at, Some(minute(5)));
}

pub(super) fn of_two_who_replace_at_once_one_does(scene: &Scene<'_>) {
    let old = scene.insert(plain_key(&scene.here, 1)).id;
    let new = [2, 3].map(|number| plain_key(&scene.here, number));
    let outcomes = thread::scope(|threads| {
        let both = new
            .each_ref()
            .map(|new| threads.spawn(move || replace(scene, old, new)));
        both.map(|one| one.join().expect("replacing does not panic"))
    });
    let made: Vec<KeyId> = outcomes.iter().flatten().map(|key| key.id).collect();
    let [winner] = made[..] else {
        panic!("not one replacement: {outcomes:?}");
    };
    let lost = |outcome: &_| matches!(outcome, Err(ReplaceError::Replaced { by }) if *by == winner);
    assert!(outcomes.iter().any(lost), "{outcomes:?}");
    let keys = scene.store.list(scene.here.id).expect("the store answers");
    assert_eq!(keys.len(), 2, "the loser's key is not stored");
}
