//! Endpoints are changed and deleted with their entries, or not at all.

use org_kernel::{StoreError, WriteError};

use super::Ground;
use super::scene::{entry, find, minute, plain, secrets, stored, trail};
use crate::endpoint::{Description, DisabledBecause, Endpoint, EndpointUrl, EventTypes};
use crate::endpoint_store::NoSuchEndpoint;

/// An edit sees the endpoint as it is, and is kept whole.
pub fn an_edit_is_kept_with_its_entry(ground: &impl Ground) {
    let [here, _] = ground.orgs();
    let (before, other) = (plain(here, 1), plain(here, 2));
    let made = [stored(ground, &before), stored(ground, &other)];
    let after = Endpoint {
        url: EndpointUrl::stored("https://other.example/".to_owned()),
        description: Some(Description::stored("Box office".to_owned())),
        event_types: EventTypes::stored(["c.made", "b.made"].map(str::to_owned).into()),
        enabled: false,
        disabled_because: Some(DisabledBecause::Gone),
        failing_since: Some(minute(2)),
        updated_at: minute(3),
        ..before.clone()
    };
    let told = entry("webhook_endpoint.changed", before.id, 3);
    let edited = ground.store().edit(before.id.into(), &mut |seen| {
        assert_eq!(*seen, before);
        Ok(Some((after.clone(), told.clone())))
    });
    assert_eq!(edited.expect("edited"), after);
    assert_eq!(find(ground, after.id), Some(after));
    assert_eq!(find(ground, other.id), Some(other), "no other is touched");
    let [first, second] = made;
    assert_eq!(trail(ground, here), [first, second, told]);
}

/// Where there is nothing to change, nothing is written.
pub fn an_edit_that_makes_nothing_leaves_nothing(ground: &impl Ground) {
    let [here, _] = ground.orgs();
    let endpoint = plain(here, 1);
    let made = stored(ground, &endpoint);
    let edited = ground.store().edit(endpoint.id.into(), &mut |_| Ok(None));
    assert_eq!(edited.expect("left alone"), endpoint);
    assert_eq!(find(ground, endpoint.id), Some(endpoint));
    assert_eq!(trail(ground, here), [made]);
}

/// The failure of an edit is handed on.
pub fn an_edit_that_fails_leaves_nothing(ground: &impl Ground) {
    let [here, _] = ground.orgs();
    let endpoint = plain(here, 1);
    let made = stored(ground, &endpoint);
    let failed = ground.store().edit(endpoint.id.into(), &mut |_| {
        Err(StoreError::failed("the edit failed"))
    });
    assert!(
        matches!(failed, Err(WriteError::Store(StoreError::Failed(_)))),
        "{failed:?}"
    );
    assert_eq!(find(ground, endpoint.id), Some(endpoint));
    assert_eq!(trail(ground, here), [made]);
}

/// Nothing is left of it but what the trail tells.
pub fn a_deleted_endpoint_is_gone_with_its_secrets(ground: &impl Ground) {
    let [here, _] = ground.orgs();
    let (gone, other) = (plain(here, 1), plain(here, 2));
    let made = [stored(ground, &gone), stored(ground, &other)];
    let told = entry("webhook_endpoint.deleted", gone.id, 3);
    let mut seen = None;
    let deleted = ground.store().delete(gone.id.into(), &mut |endpoint| {
        seen = Some(endpoint.clone());
        Ok(told.clone())
    });
    deleted.expect("deleted");
    assert_eq!(seen, Some(gone.clone()));
    assert_eq!(find(ground, gone.id), None);
    assert_eq!(secrets(ground, gone.id), []);
    assert_eq!(secrets(ground, other.id).len(), 1, "no other is touched");
    assert_eq!(
        ground.store().list(here).expect("the store answers"),
        [other]
    );
    let again = ground
        .store()
        .delete(gone.id.into(), &mut |_| Ok(told.clone()));
    assert!(
        matches!(again, Err(WriteError::Refused(NoSuchEndpoint))),
        "{again:?}"
    );
    let [first, second] = made;
    assert_eq!(trail(ground, here), [first, second, told]);
}

/// Without an entry, nothing is deleted.
pub fn a_deletion_that_fails_leaves_nothing(ground: &impl Ground) {
    let [here, _] = ground.orgs();
    let endpoint = plain(here, 1);
    let made = stored(ground, &endpoint);
    let failed = ground.store().delete(endpoint.id.into(), &mut |_| {
        Err(StoreError::failed("nothing could be told"))
    });
    assert!(matches!(failed, Err(WriteError::Store(_))), "{failed:?}");
    assert_eq!(secrets(ground, endpoint.id).len(), 1);
    assert_eq!(find(ground, endpoint.id), Some(endpoint));
    assert_eq!(trail(ground, here), [made]);
}
