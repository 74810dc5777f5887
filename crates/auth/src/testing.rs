//! What this crate's tests have in common.

use std::sync::Arc;

use org_kernel::actor::Actor;
use org_kernel::audit::{Change, Entry, Origin};
use org_kernel::clock::FrozenClock;
use org_kernel::id::{KeyId, OrgId};
use org_kernel::instant::Instant;
use uuid::Uuid;

use crate::api_key::{KeyName, NewKey};
use crate::entropy::KnownEntropy;
use crate::key::{KeySecret, PresentedKey};
use crate::key_store::{InMemoryKeys, KeyStore};
use crate::rate::OwnLimits;
use crate::scope::{Scope, ScopeSet};

mod hooked;
mod house;

pub(crate) use hooked::HookedStore;
pub(crate) use house::{House, PASSWORD, caller, user, visitor};

/// When tests take place: on a second, but not on a minute.
pub(crate) fn now() -> Instant {
    "2026-03-14T18:30:07Z".parse().expect("an instant")
}

pub(crate) fn clock() -> Arc<FrozenClock> {
    Arc::new(FrozenClock::at(now()))
}

pub(crate) fn org(number: u128) -> OrgId {
    OrgId::new(Uuid::from_u128(number))
}

pub(crate) fn slug(number: u128) -> String {
    format!("orchestra-{number}")
}

pub(crate) fn key_id(number: u128) -> KeyId {
    KeyId::new(Uuid::from_u128(number))
}

/// A store that knows the organizations 1 and 2.
pub(crate) fn store() -> InMemoryKeys {
    InMemoryKeys::of([1, 2].map(|number| (org(number), slug(number))))
}

/// Key `number` of organization 1, which may read operations and never expires.
pub(crate) fn new_key(number: u64) -> (NewKey, PresentedKey) {
    let secret = KeySecret::generate(&KnownEntropy::seeded(number)).expect("a key");
    let presented = PresentedKey::parse(secret.expose().as_bytes()).expect("well-formed");
    let key = NewKey {
        id: key_id(number.into()),
        org: org(1),
        hash: secret.hash(),
        prefix: secret.prefix(),
        name: KeyName::stored(format!("Key {number}")),
        scopes: ScopeSet::from_iter([Scope::ReadOperations]),
        limits: OwnLimits::default(),
        expires_at: None,
        created_at: now(),
        created_by: Actor::Operator,
    };
    (key, presented)
}

/// [`new_key`], stored.
pub(crate) fn stored_key(store: &dyn KeyStore, number: u64) -> PresentedKey {
    let (key, presented) = new_key(number);
    stored(store, key);
    presented
}

/// Stores a key.
pub(crate) fn stored(store: &dyn KeyStore, key: NewKey) {
    let entry = entry(key.id);
    store.insert(key, &entry).expect("stored");
}

/// Revokes key `number` behind the use cases' back.
pub(crate) fn revoke(store: &dyn KeyStore, number: u128) {
    let key = key_id(number);
    store
        .revoke(key.into(), now(), &entry(key))
        .expect("revoked");
}

/// Something that was done to a key.
fn entry(key: KeyId) -> Entry {
    let change = Change::new(Uuid::nil(), now(), "api_key.touched", key);
    Entry::of(change, &Origin::OPERATOR)
}
