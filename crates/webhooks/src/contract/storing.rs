//! Endpoints are stored as they are given, and found by whom they belong to.

use org_kernel::WriteError;
use org_kernel::id::OrgId;
use org_kernel::id_source::{IdSource, SystemIds};

use super::Ground;
use super::scene::{entry, find, minute, plain, rotation, sealed, secrets, stored, trail};
use crate::endpoint::{Description, DisabledBecause, Endpoint, EndpointUrl, EventTypes};
use crate::endpoint_store::{NotInserted, Target};

/// What is read is what was written, however people write.
pub fn an_endpoint_is_found_as_it_was_stored(ground: &impl Ground) {
    let [here, there] = ground.orgs();
    let full = Endpoint {
        url: EndpointUrl::stored(format!("https://hooks.example/{}", "a".repeat(1978))),
        description: Some(Description::stored(
            "Dvořák's \u{1F3BB} \"hook\" \\ {1,NULL}".to_owned(),
        )),
        event_types: EventTypes::stored(
            ["b.made", "a.made", "NULL", "a,\"b\\"]
                .map(str::to_owned)
                .into(),
        ),
        enabled: false,
        disabled_because: Some(DisabledBecause::Failing),
        failing_since: Some(minute(3)),
        updated_at: minute(9),
        ..plain(there, 2)
    };
    for endpoint in [plain(here, 1), full] {
        let entry = stored(ground, &endpoint);
        let kept = secrets(ground, endpoint.id);
        let [secret] = kept.as_slice() else {
            panic!("an endpoint begins with one secret: {kept:?}");
        };
        assert_eq!(secret.sealed, sealed(0).sealed);
        assert_eq!((secret.created_at, secret.expires_at), (minute(0), None));
        assert_eq!(trail(ground, endpoint.org), [entry]);
        assert_eq!(find(ground, endpoint.id), Some(endpoint));
    }
}

/// An endpoint belongs to an organization that exists.
pub fn an_unknown_organization_gets_no_endpoint(ground: &impl Ground) {
    let nowhere = OrgId::new(SystemIds.uuid());
    let endpoint = plain(nowhere, 1);
    let made = entry("webhook_endpoint.created", endpoint.id, 1);
    let refused = ground.store().insert(&endpoint, &sealed(1), &made);
    assert!(
        matches!(refused, Err(WriteError::Refused(NotInserted::NoSuchOrg))),
        "{refused:?}"
    );
    assert_eq!(find(ground, endpoint.id), None);
    assert_eq!(secrets(ground, endpoint.id), []);
    assert_eq!(ground.store().list(nowhere).expect("the store answers"), []);
    assert_eq!(trail(ground, nowhere), []);
}

/// An id that is stored stays what it is, whoever brings it again.
pub fn an_endpoint_is_stored_once(ground: &impl Ground) {
    let [here, there] = ground.orgs();
    let first = plain(here, 1);
    let made = stored(ground, &first);
    let kept = secrets(ground, first.id);
    for org in [here, there] {
        let twice = Endpoint {
            id: first.id,
            ..plain(org, 2)
        };
        let again = entry("webhook_endpoint.created", twice.id, 2);
        let refused = ground.store().insert(&twice, &sealed(2), &again);
        assert!(
            matches!(refused, Err(WriteError::Refused(NotInserted::Exists))),
            "{refused:?}"
        );
    }
    assert_eq!(trail(ground, there), []);
    assert_eq!(secrets(ground, first.id), kept);
    assert_eq!(find(ground, first.id), Some(first));
    assert_eq!(trail(ground, here), [made]);
}

/// A list is of one organization, by time and then by id.
pub fn endpoints_are_listed_in_the_order_of_their_making(ground: &impl Ground) {
    let [here, there] = ground.orgs();
    let [late, early, also_early, foreign] = [
        plain(here, 2),
        plain(here, 1),
        plain(here, 1),
        plain(there, 1),
    ];
    for endpoint in [&late, &also_early, &early, &foreign] {
        stored(ground, endpoint);
    }
    let list = |org| ground.store().list(org).expect("the store answers");
    assert_eq!(list(here), [early, also_early, late]);
    assert_eq!(list(there), [foreign]);
}

/// To an organization, another's endpoint does not exist.
pub fn only_ones_own_endpoints_are_met(ground: &impl Ground) {
    let [here, there] = ground.orgs();
    let own = plain(here, 1);
    let made = stored(ground, &own);
    let kept = secrets(ground, own.id);
    let by = |org| Target {
        org: Some(org),
        id: own.id,
    };
    let (store, foreign) = (ground.store(), by(there));
    assert_eq!(store.find(foreign).expect("the store answers"), None);
    assert_eq!(store.secrets(foreign).expect("the store answers"), []);
    let edited = store.edit(foreign, &mut |_| panic!("it is not asked about another's"));
    assert!(matches!(edited, Err(WriteError::Refused(_))), "{edited:?}");
    let deleted = store.delete(foreign, &mut |_| panic!("it is not told of another's"));
    assert!(
        matches!(deleted, Err(WriteError::Refused(_))),
        "{deleted:?}"
    );
    let rotated = entry("webhook_endpoint.rotated", own.id, 2);
    let rotated = store.rotate(foreign, &rotation(2), &rotated);
    assert!(
        matches!(rotated, Err(WriteError::Refused(_))),
        "{rotated:?}"
    );
    let met = store.find(by(here)).expect("the store answers");
    assert_eq!(store.secrets(by(here)).expect("the store answers"), kept);
    assert_eq!(met, Some(own));
    assert_eq!(trail(ground, here), [made]);
    assert_eq!(trail(ground, there), []);
}
