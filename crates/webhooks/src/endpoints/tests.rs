//! The use cases on the store in memory.

mod hostile;
mod rotation;
mod switching;
mod trail;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use org_kernel::clock::FrozenClock;
use org_kernel::entropy::NoEntropy;
use org_kernel::id_source::{IdSource, SequentialIds};
use time::Duration;

use super::*;
use crate::egress::EgressPolicy;
use crate::in_memory::InMemory;
use crate::testing::{Rising, org, signed_at};

struct Stuck;

impl Entropy for Stuck {
    fn fill(&self, _: &mut [u8]) -> Result<(), NoEntropy> {
        Err(NoEntropy)
    }
}

struct Scene {
    store: Arc<InMemory>,
    clock: Arc<FrozenClock>,
    ids: Arc<SequentialIds>,
    endpoints: Endpoints,
}

fn master_key(byte: u8) -> MasterKey {
    MasterKey::parse(&STANDARD.encode([byte; 32])).expect("a key")
}

impl Scene {
    /// The organizations 1 and 2, without endpoints.
    fn new() -> Self {
        let store = Arc::new(InMemory::of([org(1), org(2)]));
        let clock = Arc::new(FrozenClock::at(signed_at()));
        let ids = Arc::new(SequentialIds::at(1));
        let endpoints = Endpoints::new(
            Arc::clone(&store) as _,
            Arc::clone(&clock) as _,
            Arc::clone(&ids) as _,
            Arc::new(Rising::default()),
            Some(Arc::new(master_key(1))),
            rules(EgressPolicy::default()),
        );
        Self {
            store,
            clock,
            ids,
            endpoints,
        }
    }

    /// The same endpoints, for a program that is set up otherwise.
    fn others(
        &self,
        entropy: impl Entropy + 'static,
        key: Option<MasterKey>,
        rules: Rules,
    ) -> Endpoints {
        let clock = Arc::clone(&self.clock) as _;
        let ids = Arc::clone(&self.ids) as _;
        let store = Arc::clone(&self.store) as _;
        let key = key.map(Arc::new);
        Endpoints::new(store, clock, ids, Arc::new(entropy), key, rules)
    }

    fn create(&self) -> (Endpoint, SigningSecret) {
        let created = self.endpoints.create(&request(), &Origin::OPERATOR);
        created.expect("created")
    }

    fn change(&self, id: Target, changes: &EndpointChanges) -> Endpoint {
        let done = self.endpoints.change(id, changes, &Origin::OPERATOR);
        done.expect("changed")
    }
}

fn rules(egress: EgressPolicy) -> Rules {
    Rules {
        egress,
        event_types: vec!["a.made", "b.made"],
    }
}

fn request() -> EndpointRequest {
    EndpointRequest {
        org: org(1),
        id: None,
        url: "https://hooks.example/a".to_owned(),
        description: Some(" Box office ".to_owned()),
        event_types: ["b.made", "a.made", "b.made"].map(str::to_owned).into(),
    }
}

fn names(endpoint: &Endpoint) -> Vec<&str> {
    let names = endpoint.event_types.names();
    names.iter().map(String::as_str).collect()
}

fn described(endpoint: &Endpoint) -> Option<&str> {
    endpoint.description.as_ref().map(AsRef::as_ref)
}

#[test]
fn an_endpoint_is_what_was_asked_for_and_is_enabled() {
    let scene = Scene::new();
    let (endpoint, _) = scene.create();
    assert_eq!(endpoint.org, org(1));
    assert_eq!(endpoint.url.as_str(), "https://hooks.example/a");
    assert_eq!(described(&endpoint), Some("Box office"));
    assert_eq!(names(&endpoint), ["b.made", "a.made"]);
    assert!(endpoint.enabled);
    let times = (endpoint.created_at, endpoint.updated_at);
    assert_eq!(times, (signed_at(), signed_at()));
    let found = scene.endpoints.find(endpoint.id).expect("answered");
    assert_eq!(found.as_ref(), Some(&endpoint));
    assert_eq!(scene.endpoints.list(org(1)).expect("listed"), [endpoint]);
    assert_eq!(scene.endpoints.list(org(2)).expect("listed"), []);
}

#[test]
fn a_change_touches_what_it_names_and_nothing_else() {
    let scene = Scene::new();
    let (before, _) = scene.create();
    scene.clock.advance(Duration::HOUR);
    let changes = EndpointChanges {
        event_types: Some(vec!["a.made".to_owned()]),
        ..EndpointChanges::default()
    };
    let after = scene.change(before.id.into(), &changes);
    assert_eq!(names(&after), ["a.made"]);
    assert_eq!(after.updated_at.since(before.updated_at), Duration::HOUR);
    let as_before = Endpoint {
        event_types: before.event_types.clone(),
        updated_at: before.updated_at,
        ..after.clone()
    };
    assert_eq!(as_before, before);
    let changes = EndpointChanges {
        url: Some("https://other.example".to_owned()),
        description: Some("  ".to_owned()),
        event_types: None,
        seen: None,
    };
    let after = scene.change(before.id.into(), &changes);
    assert_eq!(after.url.as_str(), "https://other.example/");
    assert_eq!(described(&after), None, "a blank one takes it away");
    assert_eq!(names(&after), ["a.made"]);
    let found = scene.endpoints.find(before.id).expect("answered");
    assert_eq!(found, Some(after));
}

#[test]
fn an_endpoint_that_is_asked_for_twice_by_one_id_is_made_once() {
    let scene = Scene::new();
    let request = EndpointRequest {
        id: Some(org_kernel::id::EndpointId::new(scene.ids.uuid())),
        ..request()
    };
    let (endpoint, _) = scene
        .endpoints
        .create(&request, &Origin::OPERATOR)
        .expect("created");
    assert_eq!(Some(endpoint.id), request.id);
    let again = scene.endpoints.create(&request, &Origin::OPERATOR);
    assert!(matches!(again, Err(CreateError::Exists)));
    assert_eq!(scene.endpoints.list(org(1)).expect("listed"), [endpoint]);
}

/// Also where the changes would come to nothing: whoever saw something else is told.
#[test]
fn what_somebody_else_changed_meanwhile_is_left_as_it_is() {
    let scene = Scene::new();
    let (seen, _) = scene.create();
    scene.clock.advance(Duration::HOUR);
    let changes = |url: &str| EndpointChanges {
        url: Some(url.to_owned()),
        seen: Some(seen.updated_at),
        ..EndpointChanges::default()
    };
    let theirs = scene.change(seen.id.into(), &changes("https://theirs.example/"));
    for url in ["https://ours.example/", "https://theirs.example/"] {
        let done = scene
            .endpoints
            .change(seen.id, &changes(url), &Origin::OPERATOR);
        let Err(ChangeError::Changed(now)) = done else {
            panic!("it was not refused: {done:?}");
        };
        assert_eq!(*now, theirs);
    }
    let found = scene.endpoints.find(seen.id).expect("answered");
    assert_eq!(found, Some(theirs));
}

#[test]
fn what_is_deleted_is_gone() {
    let scene = Scene::new();
    let (endpoint, _) = scene.create();
    let (id, origin) = (endpoint.id, Origin::OPERATOR);
    scene.endpoints.delete(id, &origin).expect("deleted");
    assert_eq!(scene.endpoints.find(id).expect("answered"), None);
    let done = scene
        .endpoints
        .change(id, &EndpointChanges::default(), &origin);
    assert!(matches!(done, Err(ChangeError::NoSuchEndpoint)));
    for done in [
        scene.endpoints.enable(id, &origin).map(drop),
        scene.endpoints.disable(id, &origin).map(drop),
        scene.endpoints.disable_gone(id).map(drop),
        scene.endpoints.disable_failing(id).map(drop),
        scene.endpoints.delete(id, &origin),
    ] {
        assert!(matches!(done, Err(WriteError::Refused(NoSuchEndpoint))));
    }
    let rotated = scene.endpoints.rotate(id, &origin);
    assert!(matches!(rotated, Err(RotateError::NoSuchEndpoint)));
    let secrets = scene.endpoints.secrets(id, signed_at());
    assert!(matches!(secrets, Err(SecretsError::NoSuchEndpoint)));
}
