//! The promises of this crate's ports, as one suite for every adapter.

use org_kernel::actor::Actor;
use org_kernel::audit::{AuditTrail, Change, Entry, EntryQuery, Origin};
use org_kernel::id::{Id, KeyId, Kind, OrgId};
use org_kernel::id_source::{IdSource, SystemIds};
use org_kernel::instant::Instant;
use time::Duration;
use uuid::Uuid;

use crate::api_key::{ApiKey, KeyName, NewKey};
use crate::key::{KeyHash, KeyPrefix};
use crate::key_store::KeyStore;
use crate::rate::OwnLimits;
use crate::refusals::RefusalLog;
use crate::scope::ScopeSet;
use crate::traffic::TrafficStore;
use crate::usage::UsageStore;
use crate::{key_store, refusals, traffic, usage};

/// Every port of this crate, and where the trail is read that two of them write to.
pub trait Ports: KeyStore + RefusalLog + TrafficStore + UsageStore + AuditTrail {}

impl<S: KeyStore + RefusalLog + TrafficStore + UsageStore + AuditTrail> Ports for S {}

/// What one promise is tested on: a store without keys, and two organizations that exist.
///
/// Whatever the ground needs to stay alive for (a database, say) lives as long as the ground does.
pub trait Ground {
    /// The store, in which there is no key yet.
    fn store(&self) -> &dyn Ports;

    /// Two organizations that exist in the store.
    fn orgs(&self) -> [ExistingOrg; 2];
}

/// An organization that exists.
#[derive(Clone, Debug)]
pub struct ExistingOrg {
    /// Its id.
    pub id: OrgId,
    /// Its slug.
    pub slug: String,
}

/// Holds an adapter to every promise, each on a ground of its own.
///
/// # Panics
/// When a promise is not kept; the message says which.
pub fn contract<G: Ground>(make: impl Fn() -> G) {
    let suites = [
        key_store::contract::PROMISES,
        refusals::contract::PROMISES,
        traffic::contract::PROMISES,
        usage::contract::PROMISES,
    ];
    for promise in suites.into_iter().flatten() {
        promise(&Scene::new(&make()));
    }
}

pub(crate) type Promise = fn(&Scene<'_>);

pub(crate) struct Scene<'a> {
    pub(crate) store: &'a dyn Ports,
    pub(crate) here: ExistingOrg,
    pub(crate) there: ExistingOrg,
}

impl<'a> Scene<'a> {
    fn new(ground: &'a impl Ground) -> Self {
        let [here, there] = ground.orgs();
        Self {
            store: ground.store(),
            here,
            there,
        }
    }

    /// Stores a key that the trail need not tell of.
    pub(crate) fn insert(&self, key: NewKey) -> ApiKey {
        let entry = touched(key.id);
        self.store.insert(key, &entry).expect("a new key is stored")
    }

    /// The trail of an organization, or of nobody, but for how the organization came to be: that is
    /// not for these ports to tell.
    pub(crate) fn trail(&self, org: Option<&ExistingOrg>) -> Vec<Entry> {
        let mut trail = self.read(&EntryQuery {
            org: org.map(|org| org.id),
            limit: 1000,
            ..EntryQuery::default()
        });
        trail.retain(|entry| entry.action != "organization.created");
        trail
    }

    pub(crate) fn read(&self, query: &EntryQuery) -> Vec<Entry> {
        self.store.entries(query).expect("the store answers")
    }
}

pub(crate) fn new_uuid() -> Uuid {
    SystemIds.uuid()
}

pub(crate) fn new_id<K: Kind>() -> Id<K> {
    Id::new(new_uuid())
}

pub(crate) fn minute(number: i64) -> Instant {
    let first: Instant = "2026-03-14T18:30:00Z".parse().expect("an instant");
    first
        .checked_add(Duration::minutes(number))
        .expect("in range")
}

/// Something that was done to a key.
pub(crate) fn touched(key: KeyId) -> Entry {
    let change = Change::new(new_uuid(), minute(0), "api_key.touched", key);
    Entry::of(change, &Origin::OPERATOR)
}

/// A key with no more than it must have; `number` tells its hash and its time from another's.
pub(crate) fn plain_key(org: &ExistingOrg, number: u8) -> NewKey {
    NewKey {
        id: new_id(),
        org: org.id,
        hash: KeyHash::stored([number; 32]),
        prefix: KeyPrefix::stored(format!("abo_org_{number:04}")),
        name: KeyName::stored(format!("Key {number}")),
        scopes: ScopeSet::NONE,
        limits: OwnLimits::default(),
        expires_at: None,
        created_at: minute(number.into()),
        created_by: Actor::Operator,
    }
}
