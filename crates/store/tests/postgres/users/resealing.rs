//! The master key is one for endpoints and second factors.

use std::sync::Arc;

use org_auth::entropy::SystemEntropy;
use org_auth::second_factor::SealedSecret;
use org_auth::second_factor_store::SecondFactorStore;
use org_auth::user::Role::{Owner, Viewer};
use org_auth::user::UserRef;
use org_kernel::WriteError;
use org_kernel::audit::{AuditTrail, EntryQuery, Origin};
use org_kernel::clock::SystemClock;
use org_kernel::id::EndpointId;
use org_kernel::id_source::SystemIds;
use org_webhooks::egress::EgressPolicy;
use org_webhooks::endpoints::{EndpointRequest, Endpoints, Rules};
use org_webhooks::master_keys::{CheckError, MasterKeys};
use org_webhooks::sealed_secrets::NotResealed;
use org_webhooks::sealing::{Holder, MasterKey, NotOpened, Sealed};

use super::{House, begun, minute};
use crate::support::id;

const SECRET: &[u8] = b"twenty bytes of data";

fn new_key() -> MasterKey {
    let text = MasterKey::generate(&SystemEntropy::new()).expect("randomness");
    MasterKey::parse(&text).expect("a key")
}

fn keys(house: &House) -> MasterKeys {
    MasterKeys::new(
        Arc::new(house.pg.clone()),
        Arc::new(SystemClock),
        Arc::new(SystemIds),
        Arc::new(SystemEntropy::new()),
    )
}

fn endpoints(house: &House, key: &Arc<MasterKey>) -> Endpoints {
    let rules = Rules {
        egress: EgressPolicy::default(),
        event_types: vec!["a.made"],
    };
    let (clock, ids) = (Arc::new(SystemClock), Arc::new(SystemIds));
    let (store, entropy) = (Arc::new(house.pg.clone()), Arc::new(SystemEntropy::new()));
    Endpoints::new(store, clock, ids, entropy, Some(Arc::clone(key)), rules)
}

/// An endpoint, and its secret.
fn endpoint(house: &House, key: &Arc<MasterKey>) -> (EndpointId, String) {
    let request = EndpointRequest {
        org: id(1),
        id: None,
        url: "https://hooks.example/".to_owned(),
        description: None,
        event_types: vec!["a.made".to_owned()],
    };
    let created = endpoints(house, key).create(&request, &Origin::OPERATOR);
    let (endpoint, secret) = created.expect("created");
    (endpoint.id, secret.expose().to_owned())
}

/// The secret of a user's second factor, sealed for `holder`.
fn enrol(house: &House, key: &MasterKey, user: UserRef, holder: Holder) {
    let sealed = key.seal_bytes(&SystemEntropy::new(), holder, SECRET);
    let Sealed {
        key_id,
        nonce,
        ciphertext,
    } = sealed.expect("randomness");
    let sealed = SealedSecret {
        key_id,
        nonce,
        ciphertext,
    };
    house.pg.enrol(user, &sealed, begun()).expect("enrolled");
}

fn stored(house: &House, user: UserRef) -> Sealed {
    let found = SecondFactorStore::find(&house.pg, user).expect("answered");
    let sealed = found.expect("a second factor").sealed;
    Sealed {
        key_id: sealed.key_id,
        nonce: sealed.nonce,
        ciphertext: sealed.ciphertext,
    }
}

fn told(house: &House) -> Vec<String> {
    let query = EntryQuery {
        org: Some(id(1)),
        limit: 1000,
        ..EntryQuery::default()
    };
    let entries = house.pg.entries(&query).expect("the trail answers");
    let mut actions: Vec<_> = entries
        .into_iter()
        .filter(|entry| entry.action.contains("resealed"))
        .map(|entry| entry.action)
        .collect();
    actions.sort_unstable();
    actions
}

#[test]
fn a_rotation_seals_what_endpoints_and_users_have_anew() {
    let house = House::new();
    let (old, new) = (Arc::new(new_key()), Arc::new(new_key()));
    let (endpoint, secret) = endpoint(&house, &old);
    let users = [house.joined(1, Owner), house.invited(2, Viewer)];
    for user in users {
        enrol(&house, &old, user, user.id.into());
    }
    let resealed = keys(&house).rotate(&old, &new, &Origin::OPERATOR);
    assert_eq!(resealed.expect("resealed"), 3);
    keys(&house).check(Some(&new)).expect("it is their key now");
    for user in users {
        let opened = new.open_bytes(user.id.into(), &stored(&house, user));
        assert_eq!(opened.expect("opened").as_slice(), SECRET);
    }
    let opened = endpoints(&house, &new).secrets(endpoint, minute(1));
    assert_eq!(opened.expect("opened")[0].expose(), secret);
    let of_user = "user.second_factor_resealed";
    assert_eq!(
        told(&house),
        [of_user, of_user, "webhook_endpoint.resealed"]
    );
}

#[test]
fn second_factors_alone_need_their_key_too_and_take_another() {
    let house = House::new();
    let (old, new) = (new_key(), new_key());
    let keys = keys(&house);
    keys.check(None).expect("nothing is sealed");
    let user = house.joined(1, Owner);
    enrol(&house, &old, user, user.id.into());
    let at_rest = keys.sealed_under_at_rest().expect("answered");
    assert_eq!(at_rest.as_deref(), Some(old.id()));
    assert!(matches!(keys.check(None), Err(CheckError::NoKey { .. })));
    let other = keys.check(Some(&new));
    assert!(
        matches!(other, Err(CheckError::OtherKey { .. })),
        "{other:?}"
    );
    let resealed = keys.rotate(&old, &new, &Origin::OPERATOR);
    assert_eq!(resealed.expect("resealed"), 1);
    keys.check(Some(&new)).expect("it is their key now");
    let opened = new.open_bytes(user.id.into(), &stored(&house, user));
    assert_eq!(opened.expect("opened").as_slice(), SECRET);
}

/// Of a user as of an endpoint: nobody's secret is left under the old key.
#[test]
fn one_second_factor_that_does_not_open_leaves_all_as_they_were() {
    let house = House::new();
    let (old, new) = (Arc::new(new_key()), new_key());
    let (endpoint, secret) = endpoint(&house, &old);
    let [one, other] = [1, 2].map(|number| house.joined(number, Owner));
    enrol(&house, &old, one, one.id.into());
    // Sealed for somebody else.
    enrol(&house, &old, other, one.id.into());
    let before = [one, other].map(|user| stored(&house, user));
    let refused = keys(&house).rotate(&old, &new, &Origin::OPERATOR);
    let Err(WriteError::Refused(NotResealed::NotOpened { holder, cause })) = refused else {
        panic!("it was not refused for its secret: {refused:?}");
    };
    assert_eq!((holder, cause), (other.id.into(), NotOpened::Tampered));
    assert_eq!([one, other].map(|user| stored(&house, user)), before);
    let opened = endpoints(&house, &old).secrets(endpoint, minute(1));
    assert_eq!(opened.expect("opened")[0].expose(), secret);
    assert_eq!(told(&house), [""; 0]);
}

#[test]
fn no_secret_under_another_key_is_taken_beside_one_of_the_other_kind() {
    let house = House::new();
    let (key, other) = (Arc::new(new_key()), Arc::new(new_key()));
    endpoint(&house, &key);
    let user = house.joined(1, Owner);
    let sealed = SealedSecret {
        key_id: other.id().to_owned(),
        ..super::sealed()
    };
    let refused = house.pg.enrol(user, &sealed, begun());
    assert!(matches!(refused, Err(WriteError::Store(_))), "{refused:?}");

    let house = House::new();
    let user = house.joined(1, Owner);
    enrol(&house, &key, user, user.id.into());
    let request = EndpointRequest {
        org: id(1),
        id: None,
        url: "https://hooks.example/".to_owned(),
        description: None,
        event_types: vec!["a.made".to_owned()],
    };
    let refused = endpoints(&house, &other).create(&request, &Origin::OPERATOR);
    assert!(refused.is_err(), "{refused:?}");
}
