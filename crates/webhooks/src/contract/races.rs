//! Writes of one endpoint wait for one another.

use std::thread;

use org_kernel::WriteError;
use org_kernel::id::EndpointId;

use super::Ground;
use super::scene::{entry, find, minute, plain, rotation, sealed, secrets, stored, trail};
use crate::endpoint::{Description, Endpoint};
use crate::endpoint_store::{EndpointStore, NoSuchEndpoint, NotInserted, NotRotated, Rotation};

type Written<T> = Result<T, WriteError<NoSuchEndpoint>>;

/// Runs both at once, and answers what they came to.
pub(super) fn at_once<A: Send, B: Send>(
    one: impl FnOnce() -> A + Send,
    other: impl FnOnce() -> B + Send,
) -> (A, B) {
    thread::scope(|threads| {
        let one = threads.spawn(one);
        let other = other();
        (one.join().expect("it does not panic"), other)
    })
}

fn disable(store: &dyn EndpointStore, id: EndpointId, number: u8) -> Written<Endpoint> {
    store.edit(id.into(), &mut |before| {
        let after = Endpoint {
            enabled: false,
            updated_at: minute(number),
            ..before.clone()
        };
        let told = entry("webhook_endpoint.disabled", id, number);
        Ok(before.enabled.then_some((after, told)))
    })
}

fn describe(store: &dyn EndpointStore, id: EndpointId) -> Written<Endpoint> {
    store.edit(id.into(), &mut |before| {
        let after = Endpoint {
            description: Some(Description::stored("Described".to_owned())),
            ..before.clone()
        };
        Ok(Some((after, entry("webhook_endpoint.changed", id, 1))))
    })
}

fn rotate(
    store: &dyn EndpointStore,
    id: EndpointId,
    rotation: &Rotation,
    number: u8,
) -> Result<(), WriteError<NotRotated>> {
    let told = entry("webhook_endpoint.rotated", id, number);
    store.rotate(id.into(), rotation, &told)
}

/// Both are done, one after the other: the first secret ends, and those of the rotations are left.
pub fn of_two_rotations_at_once_each_has_its_turn(ground: &impl Ground) {
    let [here, _] = ground.orgs();
    let endpoint = plain(here, 1);
    stored(ground, &endpoint);
    let (store, id) = (ground.store(), endpoint.id);
    let (one, other) = at_once(
        || rotate(store, id, &rotation(1), 1),
        || rotate(store, id, &rotation(2), 2),
    );
    one.and(other).expect("both are done");
    let left = secrets(ground, id);
    let ends: Vec<_> = left.iter().map(|secret| secret.expires_at).collect();
    let newest = left[0].created_at;
    let by = if newest == minute(1) { 1 } else { 2 };
    assert_eq!(ends, [None, Some(rotation(by).old_until)]);
    let mut made: Vec<_> = left.iter().map(|secret| secret.created_at).collect();
    made.sort();
    assert_eq!(made, [minute(1), minute(2)]);
    assert_eq!(trail(ground, here).len(), 3);
}

/// Both have seen the same secret, and mean to replace that one: the second finds that it was replaced.
pub fn of_two_who_replace_one_secret_at_once_one_does(ground: &impl Ground) {
    let [here, _] = ground.orgs();
    let endpoint = plain(here, 1);
    stored(ground, &endpoint);
    let (store, id) = (ground.store(), endpoint.id);
    let first = secrets(ground, id)[0].id;
    let replacing = |number| Rotation {
        replaces: Some(first),
        ..rotation(number)
    };
    let (one, other) = at_once(
        || rotate(store, id, &replacing(1), 1),
        || rotate(store, id, &replacing(2), 2),
    );
    let (done, refused) = if one.is_ok() {
        (one, other)
    } else {
        (other, one)
    };
    done.expect("one of them is done");
    assert!(
        matches!(refused, Err(WriteError::Refused(NotRotated::Changed))),
        "{refused:?}"
    );
    assert_eq!(secrets(ground, id).len(), 2);
    assert_eq!(trail(ground, here).len(), 2);
}

/// Both bring the same id: the second finds that it was made.
pub fn of_two_who_make_one_endpoint_at_once_one_does(ground: &impl Ground) {
    let [here, _] = ground.orgs();
    let (one, store) = (plain(here, 1), ground.store());
    let other = Endpoint {
        id: one.id,
        ..plain(here, 2)
    };
    let insert = |endpoint: &Endpoint, number| {
        let told = entry("webhook_endpoint.created", endpoint.id, number);
        store.insert(endpoint, &sealed(number), &told)
    };
    let (first, second) = at_once(|| insert(&one, 1), || insert(&other, 2));
    let (made, refused) = if first.is_ok() {
        (one, second)
    } else {
        (other, first)
    };
    assert!(
        matches!(refused, Err(WriteError::Refused(NotInserted::Exists))),
        "{refused:?}"
    );
    assert_eq!(secrets(ground, made.id).len(), 1);
    assert_eq!(find(ground, made.id), Some(made));
    assert_eq!(trail(ground, here).len(), 1);
}

/// The other finds it done, and leaves it at that.
pub fn of_two_who_disable_at_once_one_does(ground: &impl Ground) {
    let [here, _] = ground.orgs();
    let endpoint = plain(here, 1);
    stored(ground, &endpoint);
    let (store, id) = (ground.store(), endpoint.id);
    let (one, other) = at_once(|| disable(store, id, 1), || disable(store, id, 2));
    let (one, other) = (one.expect("answered"), other.expect("answered"));
    assert_eq!(one, other, "both see what the first did");
    let told = trail(ground, here);
    let times: Vec<_> = told.iter().skip(1).map(|entry| entry.at).collect();
    assert_eq!(times, [one.updated_at]);
}

/// Each is made of what the other left.
pub fn edits_at_once_do_not_undo_one_another(ground: &impl Ground) {
    let [here, _] = ground.orgs();
    let endpoint = plain(here, 1);
    stored(ground, &endpoint);
    let (store, id) = (ground.store(), endpoint.id);
    let (one, other) = at_once(|| disable(store, id, 1), || describe(store, id));
    one.and(other).expect("both are done");
    let found = find(ground, id).expect("it is there");
    assert!(!found.enabled);
    assert!(found.description.is_some());
}

/// They come before it and are told, or after it and are not done.
pub fn no_edit_and_no_rotation_outlives_a_deletion(ground: &impl Ground) {
    let [here, _] = ground.orgs();
    let endpoint = plain(here, 1);
    stored(ground, &endpoint);
    let (store, id) = (ground.store(), endpoint.id);
    let delete = || {
        let told = entry("webhook_endpoint.deleted", id, 9);
        store.delete(id.into(), &mut |_| Ok(told.clone()))
    };
    let writes = || {
        at_once(
            || disable(store, id, 1).map(drop),
            || rotate(store, id, &rotation(2), 2),
        )
    };
    let ((edited, rotated), deleted) = at_once(writes, delete);
    deleted.expect("deleted");
    let mut expected = vec!["webhook_endpoint.created"];
    for (written, action) in [
        (
            edited.map_err(WriteError::refused_as),
            "webhook_endpoint.disabled",
        ),
        (rotated, "webhook_endpoint.rotated"),
    ] {
        match written {
            Ok(()) => expected.push(action),
            Err(WriteError::Refused(NotRotated::NoSuchEndpoint)) => {}
            Err(WriteError::Refused(NotRotated::Changed)) => panic!("it named no secret"),
            Err(WriteError::Store(error)) => panic!("the store failed: {error:?}"),
        }
    }
    expected.push("webhook_endpoint.deleted");
    let told = trail(ground, here);
    let actions: Vec<_> = told.iter().map(|entry| entry.action.as_str()).collect();
    assert_eq!(actions, expected);
    assert_eq!(find(ground, id), None);
    assert_eq!(secrets(ground, id), []);
}
