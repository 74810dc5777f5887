//! Keys on the store in memory.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use org_kernel::clock::FrozenClock;
use org_kernel::id_source::SequentialIds;

use super::*;
use crate::egress::EgressPolicy;
use crate::endpoint::Endpoint;
use crate::endpoint_store::{EndpointStore, Rotation};
use crate::endpoints::{EndpointRequest, Endpoints, Rules};
use crate::in_memory::InMemory;
use crate::sealing::NotOpened;
use crate::secret::SigningSecret;
use crate::testing::{Rising, org, signed_at};

fn key(byte: u8) -> MasterKey {
    MasterKey::parse(&STANDARD.encode([byte; 32])).expect("a key")
}

/// The store, and what works on it.
struct Scene {
    store: Arc<InMemory>,
    clock: Arc<FrozenClock>,
    ids: Arc<SequentialIds>,
    entropy: Arc<Rising>,
}

impl Scene {
    fn new() -> Self {
        Self {
            store: Arc::new(InMemory::of([org(1), org(2)])),
            clock: Arc::new(FrozenClock::at(signed_at())),
            ids: Arc::new(SequentialIds::at(1)),
            entropy: Arc::default(),
        }
    }

    fn keys(&self) -> MasterKeys {
        let store = Arc::clone(&self.store) as _;
        let (clock, ids) = (Arc::clone(&self.clock) as _, Arc::clone(&self.ids) as _);
        MasterKeys::new(store, clock, ids, Arc::clone(&self.entropy) as _)
    }

    fn endpoints(&self, key: MasterKey) -> Endpoints {
        let store = Arc::clone(&self.store) as _;
        let (clock, ids) = (Arc::clone(&self.clock) as _, Arc::clone(&self.ids) as _);
        let rules = Rules {
            egress: EgressPolicy::default(),
            event_types: vec!["a.made"],
        };
        let entropy = Arc::clone(&self.entropy) as _;
        Endpoints::new(store, clock, ids, entropy, Some(Arc::new(key)), rules)
    }

    /// An endpoint of an organization, made under key 1.
    fn create(&self, number: u128) -> (Endpoint, SigningSecret) {
        let request = EndpointRequest {
            org: org(number),
            id: None,
            url: "https://hooks.example/".to_owned(),
            description: None,
            event_types: vec!["a.made".to_owned()],
        };
        let created = self.endpoints(key(1)).create(&request, &Origin::OPERATOR);
        created.expect("created")
    }
}

#[test]
fn without_secrets_any_key_will_do_and_none_too() {
    let keys = Scene::new().keys();
    keys.check(None).expect("no key is needed");
    keys.check(Some(&key(7))).expect("there is nothing to open");
}

#[test]
fn with_secrets_only_their_key_will_do() {
    let scene = Scene::new();
    scene.create(1);
    let keys = scene.keys();
    keys.check(Some(&key(1))).expect("it is their key");
    let refused = keys.check(None).expect_err("a key is needed").to_string();
    assert!(refused.contains(key(1).id()), "{refused}");
    let refused = keys.check(Some(&key(2))).expect_err("it is another key");
    let refused = refused.to_string();
    for id in [key(1).id(), key(2).id()] {
        assert!(refused.contains(id), "{refused}");
    }
}

#[test]
fn after_a_rotation_every_secret_opens_under_the_new_key() {
    let scene = Scene::new();
    let made = [scene.create(1), scene.create(2)];
    let second = scene
        .endpoints(key(1))
        .rotate(made[0].0.id, &Origin::OPERATOR);
    let second = second.expect("rotated");
    let (old, new) = (key(1), key(2));
    let resealed = scene.keys().rotate(&old, &new, &Origin::OPERATOR);
    assert_eq!(resealed.expect("resealed"), 3);
    scene.keys().check(Some(&new)).expect("it is their key now");
    let endpoints = scene.endpoints(new);
    let opened = |endpoint: &Endpoint| {
        let secrets = endpoints.secrets(endpoint.id, signed_at()).expect("opened");
        let secrets = secrets.iter().map(|secret| secret.expose().to_owned());
        secrets.collect::<Vec<_>>()
    };
    assert_eq!(opened(&made[0].0), [second.expose(), made[0].1.expose()]);
    assert_eq!(opened(&made[1].0), [made[1].1.expose()]);
}

#[test]
fn one_secret_that_does_not_open_leaves_all_as_they_were() {
    let scene = Scene::new();
    let [(one, _), (other, _)] = [scene.create(1), scene.create(2)];
    let before = scene.store.secrets(one.id.into()).expect("answered");
    // Moved in the database from one endpoint to another.
    let [moved] = before.as_slice() else {
        panic!("an endpoint begins with one secret: {before:?}");
    };
    let moved = Rotation {
        secret: moved.clone(),
        old_until: signed_at(),
        replaces: None,
    };
    let noted = Change::new(scene.ids.uuid(), signed_at(), "test.noted", other.id);
    let noted = Entry::of(noted, &Origin::OPERATOR);
    let put = scene.store.rotate(other.id.into(), &moved, &noted);
    put.expect("moved");
    let refused = scene.keys().rotate(&key(1), &key(2), &Origin::OPERATOR);
    let Err(WriteError::Refused(NotResealed::NotOpened { holder, cause })) = refused else {
        panic!("it was not refused for its secret: {refused:?}");
    };
    assert_eq!((holder, cause), (other.id.into(), NotOpened::Tampered));
    let after = scene.store.secrets(one.id.into()).expect("answered");
    assert_eq!(after, before);
}

#[test]
fn a_rotation_from_another_key_is_refused() {
    let scene = Scene::new();
    let (endpoint, _) = scene.create(1);
    let refused = scene.keys().rotate(&key(2), &key(3), &Origin::OPERATOR);
    let Err(WriteError::Refused(NotResealed::NotOpened { cause, .. })) = refused else {
        panic!("it was not refused for its key: {refused:?}");
    };
    let expected = NotOpened::OtherKey {
        sealed_under: key(1).id().to_owned(),
        this: key(2).id().to_owned(),
    };
    assert_eq!(cause, expected);
    let secrets = scene.endpoints(key(1)).secrets(endpoint.id, signed_at());
    assert_eq!(secrets.expect("opened").len(), 1);
}
