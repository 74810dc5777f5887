//! Where the promises are tried: organizations, a clock that stands still, ids that are known.

use std::sync::Arc;

use org_kernel::audit::{Change, Entry, Origin};
use org_kernel::clock::{Clock, FrozenClock};
use org_kernel::field::FromText;
use org_kernel::id::OrgId;
use org_kernel::id_source::{IdSource, SequentialIds};
use org_kernel::text::Line;
use serde_json::{Map, Value};
use time::Duration;

use super::rows::Object;
use crate::import::{ImportStore, Imports, Options, Source, Summary};
use crate::library::Library;
use crate::memory::Rows;
use crate::organizations::{Organization, Slug};
use crate::record::Record;
use crate::time_zone::TimeZone;

/// 2026-01-01T00:00:00Z, in milliseconds since 1970.
const START: u64 = 1_767_225_600_000;

/// A clock and ids of one world; two settings of the same number give the same.
pub(super) struct Setting {
    clock: Arc<FrozenClock>,
    ids: Arc<SequentialIds>,
}

impl Setting {
    pub(super) fn number(number: u64) -> Self {
        let start = "2026-01-01T00:00:00Z".parse().expect("an instant");
        Self {
            clock: Arc::new(FrozenClock::at(start)),
            ids: Arc::new(SequentialIds::at(START + number)),
        }
    }

    pub(super) fn clock(&self) -> Arc<FrozenClock> {
        Arc::clone(&self.clock)
    }

    pub(super) fn ids(&self) -> Arc<dyn IdSource> {
        Arc::<SequentialIds>::clone(&self.ids)
    }

    /// Founds an organization in `store`.
    pub(super) fn organization(&self, store: &dyn Library, slug: &str) -> OrgId {
        let organization = self.organization_record(slug);
        let entry = self.founded(&organization);
        let stored = store.insert(&organization, &entry);
        stored.expect("a new organization");
        organization.id
    }

    /// An organization that is not stored yet.
    pub(super) fn organization_record(&self, slug: &str) -> Record<Organization> {
        let slug = Slug::from_text(slug).expect("a slug");
        let name = Line::from_text("Dvořák's Orchestra").expect("a name");
        let zone = TimeZone::from_text("Europe/Vienna").expect("a zone");
        let now = self.clock.now();
        Record {
            id: (&*self.ids as &dyn IdSource).next(),
            facts: Organization::new(slug, name, zone),
            created_at: now,
            updated_at: now,
        }
    }

    /// What the trail has of an organization that is founded.
    pub(super) fn founded(&self, organization: &Record<Organization>) -> Entry {
        let (id, at) = (organization.id.uuid(), self.clock.now());
        let change = Change::new(id, at, "organization.created", organization.id);
        Entry::of(change, &Origin::OPERATOR)
    }

    /// Imports one file into `store`, a second after whatever happened before.
    pub(super) fn import(
        &self,
        store: &Arc<dyn ImportStore>,
        org: OrgId,
        rows: &[Object],
    ) -> Summary {
        self.run(store, org, &[file("rows", rows)], Options::default())
    }

    /// Imports files into `store`, a second after whatever happened before.
    pub(super) fn run(
        &self,
        store: &Arc<dyn ImportStore>,
        org: OrgId,
        files: &[Box<dyn Source>],
        options: Options,
    ) -> Summary {
        self.clock.advance(Duration::seconds(1));
        let (clock, ids) = (Arc::clone(&self.clock), Arc::clone(&self.ids));
        let imports = Imports::new(Arc::clone(store), clock, ids);
        let summary = imports.run((org, &Origin::OPERATOR), files, options, &mut |_| {});
        summary.expect("a store that answers")
    }
}

/// A file of these rows.
pub(super) fn file(name: &str, rows: &[Object]) -> Box<dyn Source> {
    Box::new(Rows::named(name).with(rows.iter().cloned()))
}

/// The members of a JSON object.
pub(super) fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(object) => object,
        _ => panic!("not an object"),
    }
}
