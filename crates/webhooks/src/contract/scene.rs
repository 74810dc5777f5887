//! What the promises have in common.

use org_kernel::audit::{Change, Entry, EntryQuery, Origin};
use org_kernel::id::{EndpointId, OrgId};
use org_kernel::id_source::{IdSource, SystemIds};
use org_kernel::instant::Instant;
use time::Duration;

use super::Ground;
use crate::endpoint::{Endpoint, EndpointUrl, EventTypes};
use crate::endpoint_store::{Rotation, StoredSecret};
use crate::sealing::Sealed;

/// The id of the master key that every secret is said to be sealed under.
pub(super) const KEY: &str = "0123456789abcdef";

pub(super) fn new_id() -> EndpointId {
    EndpointId::new(SystemIds.uuid())
}

pub(super) fn minute(number: u8) -> Instant {
    let first: Instant = "2026-03-14T18:30:00.123Z".parse().expect("an instant");
    first.saturating_add(Duration::minutes(number.into()))
}

/// An endpoint with no more than it must have, made in minute `number`.
pub(super) fn plain(org: OrgId, number: u8) -> Endpoint {
    Endpoint {
        id: new_id(),
        org,
        url: EndpointUrl::stored(format!("https://hooks.example/{number}")),
        description: None,
        event_types: EventTypes::stored(vec!["a.made".to_owned()]),
        enabled: true,
        disabled_because: None,
        failing_since: None,
        created_at: minute(number),
        updated_at: minute(number),
    }
}

/// A newest secret, told from others by `number`; no store can tell that nothing is sealed in it.
pub(super) fn sealed(number: u8) -> StoredSecret {
    StoredSecret {
        id: SystemIds.uuid(),
        sealed: Sealed {
            key_id: KEY.to_owned(),
            nonce: [number; 12],
            ciphertext: vec![number; 67],
        },
        created_at: minute(number),
        expires_at: None,
    }
}

/// Secret `number` takes the place of the newest, which ends a day later.
pub(super) fn rotation(number: u8) -> Rotation {
    Rotation {
        secret: sealed(number),
        old_until: minute(number).saturating_add(Duration::DAY),
        replaces: None,
    }
}

/// Something that was done to an endpoint in minute `number`.
pub(super) fn entry(action: &'static str, endpoint: EndpointId, number: u8) -> Entry {
    let change = Change::new(SystemIds.uuid(), minute(number), action, endpoint);
    Entry::of(change.with("number", number), &Origin::OPERATOR)
}

/// Stores an endpoint with secret 0, and answers its entry.
pub(super) fn stored(ground: &impl Ground, endpoint: &Endpoint) -> Entry {
    let entry = entry("webhook_endpoint.created", endpoint.id, 0);
    let stored = ground.store().insert(endpoint, &sealed(0), &entry);
    stored.expect("a new endpoint is stored");
    entry
}

pub(super) fn find(ground: &impl Ground, id: EndpointId) -> Option<Endpoint> {
    let found = ground.store().find(id.into());
    found.expect("the store answers")
}

pub(super) fn secrets(ground: &impl Ground, id: EndpointId) -> Vec<StoredSecret> {
    let secrets = ground.store().secrets(id.into());
    secrets.expect("the store answers")
}

/// What the trail has of an organization's endpoints; how the organization came to be is not for this
/// port to tell.
pub(super) fn trail(ground: &impl Ground, org: OrgId) -> Vec<Entry> {
    let query = EntryQuery {
        org: Some(org),
        limit: 1000,
        ..EntryQuery::default()
    };
    let mut entries = ground.trail().entries(&query).expect("the trail answers");
    entries.retain(|entry| entry.action.starts_with("webhook_endpoint."));
    entries
}
