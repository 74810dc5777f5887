//! A new key in the place of another.

use super::*;

const OVERLAP: RotateRequest = RotateRequest {
    id: None,
    overlap: Overlap::Day,
};

/// The use cases, with a key that was made for 90 days, ten days ago.
fn rotating() -> (Arc<HookedStore>, ApiKeys, IssuedKey) {
    let (store, keys, clock) = keys_and_clock();
    let request = KeyRequest {
        expires_at: now().checked_add(Duration::days(90)),
        ..request()
    };
    let old = keys.issue(request, &Origin::OPERATOR).expect("issued");
    clock.advance(Duration::days(10));
    (store, keys, old)
}

fn days(days: i64) -> Option<Instant> {
    now().checked_add(Duration::days(days))
}

fn stored(keys: &ApiKeys, key: &IssuedKey) -> ApiKey {
    let found = keys.find(key.key.org, key.key.id).expect("found");
    found.expect("a key")
}

#[test]
fn the_new_key_may_do_the_same_for_as_long_as_the_old_one_was_made_for() {
    let (_, keys, old) = rotating();
    let new = keys.rotate(old.key.id, OVERLAP, &Origin::OPERATOR);
    let new = new.expect("rotated");
    let expected = ApiKey {
        id: new.key.id,
        prefix: new.secret.prefix(),
        created_at: days(10).expect("in range"),
        expires_at: days(100),
        ..old.key.clone()
    };
    assert_eq!(new.key, expected);
    assert_ne!(new.secret.expose(), old.secret.expose());
    let old = stored(&keys, &old);
    assert_eq!(
        (old.expires_at, old.replaced_by),
        (days(11), Some(new.key.id))
    );
}

#[test]
fn the_old_key_ends_after_the_overlap_but_never_later_than_it_would_have() {
    for (overlap, expires_in, ends_in) in [
        (Overlap::Nothing, None, Duration::ZERO),
        (Overlap::Hour, None, Duration::HOUR),
        (Overlap::Week, None, Duration::WEEK),
        (Overlap::Week, Some(Duration::DAY), Duration::DAY),
        (Overlap::Day, Some(Duration::WEEK), Duration::DAY),
    ] {
        let (_, keys) = keys();
        let request = KeyRequest {
            expires_at: expires_in.and_then(|by| now().checked_add(by)),
            ..request()
        };
        let old = keys.issue(request, &Origin::OPERATOR).expect("issued");
        let request = RotateRequest { id: None, overlap };
        let new = keys.rotate(old.key.id, request, &Origin::OPERATOR);
        assert_eq!(
            stored(&keys, &old).expires_at,
            now().checked_add(ends_in),
            "{overlap}, expires in {expires_in:?}"
        );
        let new = new.expect("rotated");
        assert_eq!(new.key.expires_at, old.key.expires_at, "made at one time");
    }
}

#[test]
fn both_keys_are_told_of_in_one_place() {
    let (store, keys, old) = rotating();
    let new = keys.rotate(old.key.id, OVERLAP, &Origin::OPERATOR);
    let new = new.expect("rotated").key;
    let query = EntryQuery {
        org: Some(org(1)),
        limit: 10,
        ..EntryQuery::default()
    };
    let trail = store.inner().entries(&query).expect("the trail");
    let [_, rotated, created] = trail.as_slice() else {
        panic!("not three entries: {trail:?}");
    };
    assert_eq!(rotated.action, "api_key.rotated");
    assert_eq!(rotated.subject, Some(old.key.id.into()));
    let ended = json!({
        "expiresAt": { "old": old.key.expires_at, "new": days(11) },
        "replacedBy": { "old": null, "new": new.id },
    });
    assert_eq!(rotated.details["changes"], ended);
    assert_eq!(created.action, "api_key.created");
    assert_eq!(created.subject, Some(new.id.into()));
    assert_eq!(created.details["replaces"], json!(old.key.id));
    assert_eq!(created.details["changes"]["name"]["new"], "Box office");
}

#[test]
fn a_key_is_rotated_once_and_its_successor_again() {
    let (_, keys, old) = rotating();
    let rotate = |key| keys.rotate(key, OVERLAP, &Origin::OPERATOR);
    let new = rotate(old.key.id).expect("rotated").key.id;
    let twice = rotate(old.key.id);
    assert!(matches!(twice, Err(RotateError::AlreadyRotated { by }) if by == new));
    assert!(rotate(new).is_ok());
}

#[test]
fn a_request_that_is_sent_twice_is_done_once() {
    let (_, keys, old) = rotating();
    let wanted = RotateRequest {
        id: Some(key_id(7)),
        ..OVERLAP
    };
    let rotate = |key| keys.rotate(key, wanted, &Origin::OPERATOR);
    assert_eq!(rotate(old.key.id).expect("rotated").key.id, key_id(7));
    assert!(matches!(
        rotate(old.key.id),
        Err(RotateError::AlreadyIssued)
    ));
    let taken = rotate(key_id(7));
    assert!(
        matches!(taken, Err(RotateError::AlreadyIssued)),
        "{taken:?}"
    );
}

#[test]
fn what_may_not_be_used_is_not_rotated() {
    let (_, keys, clock) = keys_and_clock();
    let [revoked, expired] = [(); 2].map(|()| {
        keys.issue(request(), &Origin::OPERATOR)
            .expect("issued")
            .key
            .id
    });
    keys.revoke(revoked, &Origin::OPERATOR).expect("revoked");
    clock.advance(Duration::MILLISECOND);
    let rotate = |key: Target| keys.rotate(key, OVERLAP, &Origin::OPERATOR);
    assert!(matches!(rotate(revoked.into()), Err(RotateError::Revoked)));
    assert!(matches!(rotate(expired.into()), Err(RotateError::Expired)));
    for unknown in [key_id(99).into(), (org(2), revoked).into()] {
        assert!(matches!(rotate(unknown), Err(RotateError::NoSuchKey)));
    }
    assert_eq!(keys.list(org(1)).expect("listed").len(), 2);
}

#[test]
fn no_key_is_rotated_without_randomness_or_without_a_store() {
    let (store, keys, old) = rotating();
    let refused = keys_with(&store, Stuck).rotate(old.key.id, OVERLAP, &Origin::OPERATOR);
    assert!(matches!(refused, Err(RotateError::NoEntropy(_))));
    store.fail(true);
    let refused = keys.rotate(old.key.id, OVERLAP, &Origin::OPERATOR);
    assert!(matches!(refused, Err(RotateError::Store(_))));
    store.fail(false);
    assert_eq!(stored(&keys, &old), old.key);
}
