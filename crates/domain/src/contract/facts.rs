//! Facts and records for promises about single transactions.

use org_kernel::StoreError;
use org_kernel::audit::Origin;
use org_kernel::event::{Event, Payload};
use org_kernel::field::{Fields, FromText};
use org_kernel::id::OrgId;
use org_kernel::id::{EventId, Id};
use org_kernel::instant::Instant;
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use super::setting::object;
use crate::import::{ExternalId, ExternalKey, ImportKind, ImportStore, ImportTx, Mode};
use crate::record::{Facts, Record};
use crate::repertoire::Work;

/// An id that is told by a number. Version 7, as every id is.
pub(super) fn uuid(number: u64) -> Uuid {
    let mut tail = [0; 10];
    tail[2..].copy_from_slice(&number.to_be_bytes());
    uuid::Builder::from_unix_timestamp_millis(1_767_225_600_000, &tail).into_uuid()
}

pub(super) fn key(kind: ImportKind, name: &str) -> ExternalKey {
    let id = external_id(name);
    ExternalKey { kind, id }
}

pub(super) fn external_id(name: &str) -> ExternalId {
    ExternalId::from_text(name).expect("an external id")
}

pub(super) fn record<F: Facts>(number: u64, facts: F) -> Record<F> {
    let at: Instant = "2026-01-01T00:00:00Z".parse().expect("an instant");
    Record {
        id: Id::new(uuid(number)),
        facts,
        created_at: at,
        updated_at: at,
    }
}

pub(super) fn work(title: &str) -> Work {
    let fields = object(json!({ "title": title, "composer": "Bach, Johann Sebastian" }));
    Work::read(&mut Fields::new(fields)).expect("a work")
}

#[derive(Serialize)]
struct Applause {}

impl Payload for Applause {
    const KIND: &'static str = "production.created";
}

/// An event; stores look at nothing but its id, its kind and its time.
pub(super) fn event(number: u64) -> Event {
    let at = "2026-01-01T00:00:00Z".parse().expect("an instant");
    Event::new(EventId::new(uuid(number)), at, &Applause {}).expect("an event")
}

/// What is done in a transaction.
pub(super) type Attempt = fn(&mut dyn ImportTx) -> Result<(), StoreError>;

/// Runs `work` in one file, which is kept.
pub(super) fn in_a_file(
    store: &dyn ImportStore,
    org: OrgId,
    mut work: impl FnMut(&mut dyn ImportTx) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    store.transact(org, &Origin::OPERATOR, Mode::Keep, &mut |tx| {
        tx.begin_file()?;
        work(tx)?;
        tx.end_file(true)
    })
}

/// The titles of the works with these names, as they are stored; `None` for one that is not.
pub(super) fn titles(store: &dyn ImportStore, org: OrgId, names: &[&str]) -> Vec<Option<String>> {
    let mut titles = Vec::new();
    let ids: Vec<_> = names.iter().map(|name| external_id(name)).collect();
    let read = in_a_file(store, org, |tx| {
        let stored: std::collections::HashMap<_, Record<Work>> = tx.stored(&ids)?;
        let title = |id| Some(stored.get(id)?.facts.title.as_str().to_owned());
        titles = ids.iter().map(title).collect();
        Ok(())
    });
    read.expect("a store that answers");
    titles
}
