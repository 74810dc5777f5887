//! Two orchestras, their keys, and a server that has both.

use std::rc::Rc;
use std::sync::Arc;

use actix_web::App;
use actix_web::http::Method;
use actix_web::test::{TestRequest, call_service, init_service};
use futures_util::future::LocalBoxFuture;
use org_auth::api_key::{ApiKey, KeyName, NewKey};
use org_auth::entropy::KnownEntropy;
use org_auth::key::KeySecret;
use org_auth::key_store::{InMemoryKeys, KeyStore};
use org_auth::last_used::LastUsed;
use org_auth::rate::OwnLimits;
use org_auth::refusals::{Refusals, RefusedRequest};
use org_auth::scope::{Scope, ScopeSet};
use org_auth::traffic::{Traffic, TrafficNotes, TrafficStore};
use org_auth::usage::{KeyDay, Usage, UsageStore};
use org_auth::verifier::{KnownKeys, Verifier};
use org_domain::import::{Imports, Options, Source};
use org_domain::memory::{InMemory, Rows};
use org_domain::organizations::{Organizations, Slug};
use org_domain::time_zone::TimeZone;
use org_http::{Api, Ports, Settings, configure};
use org_kernel::actor::Actor;
use org_kernel::audit::{AuditTrail, Change, Entry, EntryQuery, Origin};
use org_kernel::clock::{Clock, FrozenClock};
use org_kernel::field::FromText;
use org_kernel::hour::Hour;
use org_kernel::id::{KeyId, OrgId};
use org_kernel::id_source::{IdSource, SequentialIds};
use org_kernel::text::Line;

use serde_json::Value;
use tokio::sync::OnceCell;

use crate::broken::Moody;
use crate::log;
use crate::response::Response;
use crate::rows::rows;

pub(crate) const VIENNA: &str = "/api/org/v1/vienna";

pub(crate) struct World {
    pub(crate) clock: Arc<FrozenClock>,
    pub(crate) library: Arc<Moody<InMemory>>,
    pub(crate) keys: Arc<Moody<InMemoryKeys>>,
    pub(crate) api: Arc<Api>,
    last_used: Arc<LastUsed>,
    refusals: Arc<Refusals>,
    usage: Arc<Usage>,
    traffic: Arc<TrafficNotes>,
    service: OnceCell<Service>,
    /// May do everything in Vienna.
    pub(crate) key: String,
    pub(crate) vienna: OrgId,
    pub(crate) linz: OrgId,
}

impl World {
    pub(crate) fn new() -> Self {
        Self::with(Settings::default())
    }

    pub(crate) fn with(settings: Settings) -> Self {
        log::listen();
        let clock = Arc::new(FrozenClock::at(
            "2026-03-14T18:30:00Z".parse().expect("an instant"),
        ));
        let library = Arc::new(InMemory::default());
        let [vienna, linz] = found(&library, &clock);
        let library = Arc::new(Moody::well(
            Arc::into_inner(library).expect("nobody else has it"),
        ));
        let keys = InMemoryKeys::of([(vienna, "vienna".to_owned()), (linz, "linz".to_owned())]);
        let keys = Arc::new(Moody::well(keys));
        let verifier = Verifier::new(keys.clone(), clock.clone(), Arc::new(KnownKeys::default()));
        let last_used = Arc::new(LastUsed::default());
        let (refusals, usage) = (Arc::new(Refusals::default()), Arc::new(Usage::default()));
        let traffic = Arc::new(TrafficNotes::default());
        let ports = Ports {
            library: library.clone(),
            transactions: library.clone(),
            feed: library.clone(),
            replica: None,
            verifier: Arc::new(verifier),
            last_used: last_used.clone(),
            refusals: refusals.clone(),
            usage: usage.clone(),
            traffic: traffic.clone(),
            readiness: library.clone(),
            observer: Arc::new(()),
            shared_counts: None,
            clock: clock.clone(),
            ids: Arc::new(SequentialIds::at(1_700_000_000_000)),
        };
        let mut world = Self {
            clock,
            library,
            keys,
            api: Api::new(ports, settings),
            last_used,
            refusals,
            usage,
            traffic,
            service: OnceCell::new(),
            key: String::new(),
            vienna,
            linz,
        };
        world.key = world.issue(1, |_| {});
        world
    }

    /// A key of Vienna with every scope, but for what `change` does; secrets follow from `number`.
    pub(crate) fn issue(&self, number: u64, change: impl FnOnce(&mut NewKey)) -> String {
        let secret = KeySecret::generate(&KnownEntropy::seeded(number)).expect("a key");
        let mut key = NewKey {
            id: KeyId::new(uuid::Uuid::from_u128(number.into())),
            org: self.vienna,
            hash: secret.hash(),
            prefix: secret.prefix(),
            name: KeyName::stored(format!("Key {number}")),
            scopes: ScopeSet::all(),
            limits: OwnLimits::default(),
            expires_at: None,
            created_at: "2026-01-01T00:00:00Z".parse().expect("an instant"),
            created_by: Actor::Operator,
        };
        change(&mut key);
        let entry = self.touched(key.id);
        self.keys.inner.insert(key, &entry).expect("stored");
        secret.expose().to_owned()
    }

    /// A key of Vienna with these scopes.
    pub(crate) fn issue_with(
        &self,
        number: u64,
        scopes: impl IntoIterator<Item = Scope>,
    ) -> String {
        self.issue(number, |key| key.scopes = scopes.into_iter().collect())
    }

    /// Revokes the key of this number.
    pub(crate) fn revoke(&self, number: u128) {
        let key = KeyId::new(uuid::Uuid::from_u128(number));
        self.keys
            .inner
            .revoke(key.into(), self.clock.now(), &self.touched(key))
            .expect("revoked");
    }

    /// Something that was done to a key, which is not what a test is about.
    fn touched(&self, key: KeyId) -> Entry {
        let change = Change::new(key.uuid(), self.clock.now(), "api_key.touched", key);
        Entry::of(change, &Origin::OPERATOR)
    }

    /// The refused requests in the trail of an organization, or of nobody, once they are stored.
    pub(crate) fn refused(&self, org: Option<OrgId>) -> Vec<Entry> {
        self.refusals.flush(&self.keys.inner).expect("stored");
        let query = EntryQuery {
            org,
            limit: 1000,
            ..EntryQuery::default()
        };
        let mut trail = self.keys.inner.entries(&query).expect("the trail");
        trail.retain(|entry| entry.action == RefusedRequest::ACTION);
        trail
    }

    /// What the keys of Vienna were used for, once that is stored.
    pub(crate) fn used(&self) -> Vec<KeyDay> {
        self.usage.flush(&self.keys.inner).expect("stored");
        let days = self.keys.inner.of(self.vienna, time::Date::MIN);
        days.expect("the store answers")
    }

    /// The traffic of an organization in this hour, once that is stored.
    pub(crate) fn traffic(&self, org: OrgId) -> Option<Traffic> {
        self.traffic.flush(&self.keys.inner).expect("stored");
        let hour = Hour::of(self.clock.now());
        let hours = self.keys.inner.traffic(org, hour);
        let hours = hours.expect("the store answers");
        hours.into_iter().next().map(|(_, traffic)| traffic)
    }

    /// Stores the uses of keys that were noted.
    pub(crate) fn flush_uses(&self) {
        self.last_used.flush(&self.keys.inner).expect("stored");
    }

    pub(crate) fn stored_keys(&self) -> Vec<ApiKey> {
        self.keys.inner.list(self.vienna).expect("listed")
    }

    pub(crate) async fn send(&self, request: TestRequest) -> Response {
        let service = self
            .service
            .get_or_init(|| Box::pin(served(self.api.clone())))
            .await;
        service(request).await
    }

    /// What is logged while a request is answered.
    pub(crate) async fn logged(&self, request: TestRequest) -> Vec<Value> {
        log::take_lines();
        self.send(request).await;
        log::take_lines()
    }

    /// A GET below Vienna's path with the key that may do everything.
    pub(crate) async fn get(&self, path: &str) -> Response {
        self.send(self.request(path)).await
    }

    pub(crate) fn request(&self, path: &str) -> TestRequest {
        with_key(TestRequest::with_uri(&format!("{VIENNA}{path}")), &self.key)
    }

    pub(crate) fn request_by(&self, method: &str, path: &str) -> TestRequest {
        self.request(path)
            .method(Method::from_bytes(method.as_bytes()).expect("a method"))
    }
}

pub(crate) fn with_key(request: TestRequest, key: &str) -> TestRequest {
    request.insert_header(("authorization", format!("Bearer {key}")))
}

type Service = Box<dyn Fn(TestRequest) -> LocalBoxFuture<'static, Response>>;

async fn served(api: Arc<Api>) -> Service {
    let service = Rc::new(init_service(App::new().configure(configure(api))).await);
    Box::new(move |request| {
        let service = Rc::clone(&service);
        Box::pin(async move {
            Response::take(call_service(&*service, request.to_request()).await).await
        })
    })
}

/// Founds Vienna and Linz, which have the same of everything, under other ids.
fn found(library: &Arc<InMemory>, clock: &Arc<FrozenClock>) -> [OrgId; 2] {
    let ids: Arc<dyn IdSource> = Arc::new(SequentialIds::at(1_600_000_000_000));
    let organizations = Organizations::new(library.clone(), clock.clone(), ids.clone());
    let zone = || TimeZone::from_text("Europe/Vienna").expect("a zone");
    let found = |slug: &str, name: &str| {
        let slug = Slug::from_text(slug).expect("a slug");
        organizations
            .create(
                slug,
                Line::from_text(name).expect("a name"),
                zone(),
                &Origin::OPERATOR,
            )
            .expect("founded")
            .id
    };
    let founded = [
        found("vienna", "Vienna Example Orchestra"),
        found("linz", "Linz Example Orchestra"),
    ];
    let imports = Imports::new(library.clone(), clock.clone(), ids);
    for org in founded {
        let file: Box<dyn Source> = Box::new(Rows::named("rows").with(rows()));
        let summary = imports
            .run(
                (org, &Origin::OPERATOR),
                &[file],
                Options::default(),
                &mut |_| {},
            )
            .expect("the store answers");
        assert_eq!(summary.errors, [], "every row is good");
    }
    founded
}
