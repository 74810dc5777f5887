//! Facts that tests change to what they are about.

use std::collections::{BTreeMap, BTreeSet};

use org_auth::api_key::{ApiKey, KeyName};
use org_auth::key::KeyPrefix;
use org_auth::rate::OwnLimits;
use org_auth::scope::ScopeSet;
use org_auth::traffic::Traffic;
use org_auth::user::{Role, User, UserName};
use org_kernel::actor::Actor;
use org_kernel::field::FromText;
use org_kernel::hour::Hour;
use org_kernel::id::{Id, OrgId};
use org_kernel::instant::Instant;
use org_webhooks::endpoint::{Endpoint, EndpointUrl, EventTypes};
use org_webhooks::figures::Deliveries;
use time::Duration;
use uuid::Uuid;

use super::facts::{Facts, HourFacts};

pub(super) fn at(text: &str) -> Instant {
    text.parse().expect("an instant")
}

/// When tests take place, unless they say something else.
pub(super) fn now() -> Instant {
    at("2026-03-14T18:30:00Z")
}

/// So long after [`now`]; before it, if that is negative.
pub(super) fn later(by: Duration) -> Instant {
    now().saturating_add(by)
}

/// An organization in which nothing ever happened.
pub(super) fn nothing(now: Instant) -> Facts {
    let hour = |hour| HourFacts {
        hour,
        traffic: Traffic::default(),
        deliveries: Deliveries::default(),
    };
    Facts {
        now,
        hours: Hour::last(24, now).map(hour).collect(),
        keys: Vec::new(),
        key_days: Vec::new(),
        endpoints: Vec::new(),
        newest: BTreeMap::new(),
        users: vec![user(1, Role::Owner)],
        may_come: BTreeSet::new(),
        second_factors: true,
    }
}

fn org() -> OrgId {
    Id::new(Uuid::from_u128(1))
}

/// An endpoint that works.
pub(super) fn endpoint(number: u128) -> Endpoint {
    Endpoint {
        id: Id::new(Uuid::from_u128(number)),
        org: org(),
        url: EndpointUrl::stored(format!("https://hooks.example/{number}")),
        description: None,
        event_types: EventTypes::stored(vec!["production.updated".to_owned()]),
        enabled: true,
        disabled_because: None,
        failing_since: None,
        created_at: later(-Duration::days(400)),
        updated_at: later(-Duration::days(2)),
    }
}

/// A key that never expires.
pub(super) fn key(number: u128) -> ApiKey {
    ApiKey {
        id: Id::new(Uuid::from_u128(number)),
        org: org(),
        org_slug: "vienna".to_owned(),
        prefix: KeyPrefix::stored("abo_org_0123".to_owned()),
        name: KeyName::stored(format!("Key {number}")),
        scopes: ScopeSet::all(),
        limits: OwnLimits::default(),
        expires_at: None,
        created_at: later(-Duration::days(400)),
        created_by: Actor::Operator,
        last_used_at: None,
        revoked_at: None,
        replaced_by: None,
    }
}

/// Somebody who has joined, and has a second factor.
pub(super) fn user(number: u128, role: Role) -> User {
    User {
        id: Id::new(Uuid::from_u128(number)),
        org: org(),
        org_slug: "vienna".to_owned(),
        email: FromText::from_text("ada@example.org").expect("an address"),
        name: UserName::stored(format!("User {number}")),
        role,
        joined_at: Some(later(-Duration::days(400))),
        has_password: true,
        has_second_factor: true,
        last_signed_in_at: None,
        created_at: later(-Duration::days(400)),
        updated_at: later(-Duration::days(400)),
    }
}
