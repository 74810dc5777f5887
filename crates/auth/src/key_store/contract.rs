//! The promises of [`KeyStore`](super::KeyStore).

mod audited;
mod replaced;

use std::thread;

use org_kernel::actor::Actor;
use org_kernel::id::KeyId;
use org_kernel::instant::Instant;
use time::Duration;

use super::{InsertError, KeyUse, RevokeError};
use crate::api_key::{ApiKey, KeyName, NewKey};
use crate::contract::{ExistingOrg, Promise, Scene, minute, new_id, plain_key, touched};
use crate::key::KeyHash;
use crate::rate::{OwnLimits, PerMinute};
use crate::scope::{Scope, ScopeSet};

pub(crate) const PROMISES: &[Promise] = &[
    a_key_is_found_as_it_was_stored,
    an_unknown_hash_finds_nothing,
    an_unknown_organization_gets_no_key,
    a_hash_or_an_id_is_stored_once,
    a_list_has_the_keys_of_one_organization_in_the_order_of_their_making,
    some_keys_of_one_organization_are_found_by_their_ids,
    the_latest_keys_of_one_organization_come_first,
    a_revoked_key_keeps_its_first_time,
    two_who_revoke_at_once_agree_on_the_time,
    an_unknown_key_is_not_revoked,
    uses_move_forward_alone,
    audited::the_trail_has_each_change_once,
    audited::what_was_not_done_is_not_in_the_trail,
    audited::of_two_who_revoke_at_once_the_trail_has_one,
    replaced::a_key_is_replaced_once_and_both_are_told_of,
    replaced::a_refused_replacement_leaves_everything_as_it_was,
    replaced::another_organizations_key_does_not_exist,
    replaced::of_two_who_replace_at_once_one_does,
];

fn find(scene: &Scene<'_>, hash: &KeyHash) -> Option<ApiKey> {
    scene.store.find(hash).expect("the store answers")
}

fn list(scene: &Scene<'_>, org: &ExistingOrg) -> Vec<ApiKey> {
    scene.store.list(org.id).expect("the store answers")
}

fn revoke(scene: &Scene<'_>, key: KeyId, at: Instant) -> ApiKey {
    let revoked = scene.store.revoke(key.into(), at, &touched(key));
    revoked.expect("revoked")
}

fn a_key_is_found_as_it_was_stored(scene: &Scene<'_>) {
    let plain = plain_key(&scene.here, 1);
    let full = NewKey {
        name: KeyName::stored("Dvořák's \u{1F3BB} 'quoted' \\ key".to_owned()),
        scopes: ScopeSet::all(),
        limits: OwnLimits {
            reads: PerMinute::new(1).ok(),
            writes: PerMinute::new(PerMinute::MAX).ok(),
        },
        expires_at: minute(9).checked_add(Duration::milliseconds(123)),
        created_by: Actor::User(new_id()),
        ..plain_key(&scene.there, 2)
    };
    let by_key = NewKey {
        scopes: ScopeSet::from_iter([Scope::ReadPersonnel]),
        created_by: Actor::Key(plain.id),
        ..plain_key(&scene.here, 3)
    };
    for (key, org) in [
        (plain, &scene.here),
        (full, &scene.there),
        (by_key, &scene.here),
    ] {
        let expected = key.clone().into_stored(org.slug.clone());
        let hash = key.hash;
        assert_eq!(scene.insert(key), expected, "insert answers what it stored");
        assert_eq!(
            find(scene, &hash),
            Some(expected),
            "find answers what was stored"
        );
    }
}

fn an_unknown_hash_finds_nothing(scene: &Scene<'_>) {
    scene.insert(plain_key(&scene.here, 1));
    assert_eq!(find(scene, &KeyHash::stored([2; 32])), None);
}

fn an_unknown_organization_gets_no_key(scene: &Scene<'_>) {
    let nowhere = ExistingOrg {
        id: new_id(),
        slug: String::new(),
    };
    let key = plain_key(&nowhere, 1);
    let entry = touched(key.id);
    let refused = scene.store.insert(key, &entry);
    assert!(
        matches!(refused, Err(InsertError::NoSuchOrg)),
        "{refused:?}"
    );
    assert_eq!(list(scene, &nowhere), [], "it has no keys to list either");
    assert_eq!(find(scene, &KeyHash::stored([1; 32])), None);
}

fn a_hash_or_an_id_is_stored_once(scene: &Scene<'_>) {
    let first = scene.insert(plain_key(&scene.here, 1));
    let same_hash = plain_key(&scene.there, 1);
    let refused = scene.store.insert(same_hash, &touched(first.id));
    assert!(matches!(refused, Err(InsertError::Store(_))), "{refused:?}");
    for org in [&scene.here, &scene.there] {
        let same_id = NewKey {
            id: first.id,
            ..plain_key(org, 2)
        };
        let refused = scene.store.insert(same_id, &touched(first.id));
        assert!(matches!(refused, Err(InsertError::IdTaken)), "{refused:?}");
    }
    assert_eq!(
        list(scene, &scene.here),
        [first],
        "the first stays as it was"
    );
    assert_eq!(list(scene, &scene.there), []);
}

fn a_list_has_the_keys_of_one_organization_in_the_order_of_their_making(scene: &Scene<'_>) {
    let same_time = |number| NewKey {
        created_at: minute(5),
        ..plain_key(&scene.here, number)
    };
    let (earlier_id, later_id) = (same_time(6), same_time(7));
    let late = scene.insert(plain_key(&scene.here, 9));
    let later_id = scene.insert(later_id);
    let earlier_id = scene.insert(earlier_id);
    let expired = scene.insert(NewKey {
        expires_at: Some(minute(0)),
        ..plain_key(&scene.here, 3)
    });
    let elsewhere = scene.insert(plain_key(&scene.there, 4));
    let revoked = revoke(scene, later_id.id, minute(8));
    let expected = [expired, earlier_id, revoked, late];
    assert_eq!(list(scene, &scene.here), expected);
    assert_eq!(list(scene, &scene.there), [elsewhere]);
}

fn some_keys_of_one_organization_are_found_by_their_ids(scene: &Scene<'_>) {
    let [one, other, _] = [1, 2, 3].map(|number| scene.insert(plain_key(&scene.here, number)));
    let foreign = scene.insert(plain_key(&scene.there, 4));
    let some = |keys: &[KeyId]| {
        let found = scene.store.some(scene.here.id, keys);
        let mut found = found.expect("the store answers");
        found.sort_by_key(|key| (key.created_at, key.id));
        found
    };
    assert_eq!(some(&[]), []);
    assert_eq!(some(&[foreign.id, new_id()]), []);
    let both = [foreign.id, other.id, one.id, one.id];
    assert_eq!(some(&both), [one, other]);
}

fn the_latest_keys_of_one_organization_come_first(scene: &Scene<'_>) {
    for number in [3, 1, 2] {
        scene.insert(plain_key(&scene.here, number));
    }
    scene.insert(plain_key(&scene.there, 4));
    let mut all = list(scene, &scene.here);
    all.reverse();
    for most in [0, 2, 3, 9] {
        let latest = scene.store.latest(scene.here.id, most);
        let expected = all.iter().take(usize::try_from(most).expect("small"));
        assert_eq!(
            latest.expect("the store answers"),
            expected.cloned().collect::<Vec<_>>(),
            "{most} at the most"
        );
    }
}

fn a_revoked_key_keeps_its_first_time(scene: &Scene<'_>) {
    let key = plain_key(&scene.here, 1);
    let (id, hash) = (key.id, key.hash);
    let stored = scene.insert(key);
    let untouched = scene.insert(plain_key(&scene.here, 2));
    let expected = ApiKey {
        revoked_at: Some(minute(5)),
        ..stored
    };
    for at in [minute(5), minute(7), minute(3)] {
        let answer = revoke(scene, id, at);
        assert_eq!(
            answer, expected,
            "revoke answers the key with its first time"
        );
    }
    assert_eq!(find(scene, &hash), Some(expected), "find knows of it");
    assert_eq!(find(scene, &KeyHash::stored([2; 32])), Some(untouched));
}

fn two_who_revoke_at_once_agree_on_the_time(scene: &Scene<'_>) {
    let id = scene.insert(plain_key(&scene.here, 1)).id;
    let revoke_at = |at| revoke(scene, id, at).revoked_at;
    let times = thread::scope(|threads| {
        let both = [1, 2].map(|number| threads.spawn(move || revoke_at(minute(number))));
        both.map(|one| one.join().expect("revoking does not panic"))
    });
    assert!(times[0].is_some(), "the key is revoked");
    assert_eq!(times[0], times[1], "both tell the same time");
}

fn an_unknown_key_is_not_revoked(scene: &Scene<'_>) {
    let key = scene.insert(plain_key(&scene.here, 1));
    let unknown: KeyId = new_id();
    let refused = scene
        .store
        .revoke(unknown.into(), minute(5), &touched(unknown));
    assert!(
        matches!(refused, Err(RevokeError::NoSuchKey)),
        "{refused:?}"
    );
    assert_eq!(list(scene, &scene.here), [key], "no other key is touched");
}

fn uses_move_forward_alone(scene: &Scene<'_>) {
    let [here, there, unused] = [
        scene.insert(plain_key(&scene.here, 1)),
        scene.insert(plain_key(&scene.there, 2)),
        scene.insert(plain_key(&scene.here, 3)),
    ];
    let record = |uses: &[(KeyId, i64)]| {
        let uses: Vec<_> = uses
            .iter()
            .map(|(key, at)| KeyUse {
                key: *key,
                minute: minute(*at),
            })
            .collect();
        scene.store.record_uses(&uses).expect("recorded");
    };
    record(&[]);
    record(&[(here.id, 5), (new_id(), 6), (there.id, 7)]);
    record(&[(there.id, 8), (here.id, 4)]);
    let last_use = |key: u8| find(scene, &KeyHash::stored([key; 32])).map(|key| key.last_used_at);
    assert_eq!(
        last_use(1),
        Some(Some(minute(5))),
        "an earlier use changes nothing"
    );
    assert_eq!(last_use(2), Some(Some(minute(8))), "a later use counts");
    assert_eq!(
        last_use(3),
        Some(unused.last_used_at),
        "an unused key is unused"
    );
}
