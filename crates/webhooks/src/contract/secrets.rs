//! There is one newest secret and at most one old one.

use org_kernel::WriteError;
use org_kernel::id::EndpointId;
use org_kernel::id_source::{IdSource, SystemIds};

use super::Ground;
use super::scene::{entry, find, plain, rotation, secrets, stored, trail};
use crate::endpoint_store::{NotRotated, Rotation, StoredSecret};

fn rotate(ground: &impl Ground, id: EndpointId, number: u8) -> Rotation {
    let rotation = rotation(number);
    let told = entry("webhook_endpoint.rotated", id, number);
    let rotated = ground.store().rotate(id.into(), &rotation, &told);
    rotated.expect("rotated");
    rotation
}

fn ended(secret: StoredSecret, by: &Rotation) -> StoredSecret {
    StoredSecret {
        expires_at: Some(by.old_until),
        ..secret
    }
}

/// The one before is given its end, and the trail has the rotation.
pub fn a_rotation_leaves_the_secret_before_it_for_its_time(ground: &impl Ground) {
    let [here, _] = ground.orgs();
    let endpoint = plain(here, 1);
    stored(ground, &endpoint);
    let [first] = secrets(ground, endpoint.id).try_into().expect("one secret");
    let second = rotate(ground, endpoint.id, 1);
    let expected = [second.secret.clone(), ended(first, &second)];
    assert_eq!(secrets(ground, endpoint.id), expected);
    let found = find(ground, endpoint.id);
    assert_eq!(found, Some(endpoint), "no field of it changes");
    let actions: Vec<_> = trail(ground, here)
        .into_iter()
        .map(|told| told.action)
        .collect();
    let expected = ["webhook_endpoint.created", "webhook_endpoint.rotated"];
    assert_eq!(actions, expected);
}

/// Also where its time was not over yet; and the newest is the last to come, whatever its clock said.
pub fn a_second_rotation_ends_the_oldest_secret(ground: &impl Ground) {
    let [here, _] = ground.orgs();
    let endpoint = plain(here, 1);
    stored(ground, &endpoint);
    let second = rotate(ground, endpoint.id, 9);
    let third = rotate(ground, endpoint.id, 8);
    let expected = [third.secret.clone(), ended(second.secret, &third)];
    assert_eq!(secrets(ground, endpoint.id), expected);
}

/// Whoever names the secret that is to be replaced means that one and no other.
pub fn a_rotation_that_names_another_secret_is_refused(ground: &impl Ground) {
    let [here, _] = ground.orgs();
    let (endpoint, other) = (plain(here, 1), plain(here, 2));
    stored(ground, &endpoint);
    stored(ground, &other);
    let first = secrets(ground, endpoint.id)[0].id;
    let elsewhere = secrets(ground, other.id)[0].id;
    rotate(ground, endpoint.id, 3);
    let before = (secrets(ground, endpoint.id), trail(ground, here));
    for replaces in [first, elsewhere, SystemIds.uuid()] {
        let rotation = Rotation {
            replaces: Some(replaces),
            ..rotation(4)
        };
        let told = entry("webhook_endpoint.rotated", endpoint.id, 4);
        let refused = ground.store().rotate(endpoint.id.into(), &rotation, &told);
        assert!(
            matches!(refused, Err(WriteError::Refused(NotRotated::Changed))),
            "{refused:?}"
        );
    }
    let after = (secrets(ground, endpoint.id), trail(ground, here));
    assert_eq!(after, before);
}

/// Secrets are an endpoint's own.
pub fn rotating_one_endpoint_leaves_the_others(ground: &impl Ground) {
    let [here, _] = ground.orgs();
    let (one, other) = (plain(here, 1), plain(here, 2));
    stored(ground, &one);
    stored(ground, &other);
    let before = secrets(ground, other.id);
    rotate(ground, one.id, 3);
    rotate(ground, one.id, 4);
    assert_eq!(secrets(ground, other.id), before);
}
