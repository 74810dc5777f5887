//! An organization to import into, and short ways to say rows.

use std::sync::Arc;

use org_kernel::StoreError;
use org_kernel::audit::Origin;
use org_kernel::clock::{Clock as _, FrozenClock};
use org_kernel::field::FromText as _;
use org_kernel::id::OrgId;
use org_kernel::id_source::{IdSource, SequentialIds};
use org_kernel::page::{Page, PageRequest};
use org_kernel::text::Line;
use serde_json::{Map, Value, json};
use time::Duration;

use crate::import::{ImportStore, ImportTx, Imports, Mode, Options, Progress, Source, Summary};
use crate::memory::{InMemory, Rows};
use crate::organizations::{Organizations, Slug};
use crate::query::{Lists, Query};
use crate::time_zone::TimeZone;

pub(super) struct Desk {
    pub(super) store: Arc<InMemory>,
    pub(super) org: OrgId,
    pub(super) clock: Arc<FrozenClock>,
    pub(super) ids: Arc<SequentialIds>,
}

impl Desk {
    pub(super) fn new() -> Self {
        let start = "2026-01-01T00:00:00Z".parse().expect("an instant");
        let store = Arc::new(InMemory::default());
        let clock = Arc::new(FrozenClock::at(start));
        let ids = Arc::new(SequentialIds::at(1_767_225_600_000));
        let organizations = Organizations::new(
            Arc::clone(&store) as _,
            Arc::clone(&clock) as _,
            Arc::clone(&ids) as Arc<dyn IdSource>,
        );
        let slug = Slug::from_text("philharmonic").expect("a slug");
        let name = Line::from_text("Philharmonic").expect("a name");
        let zone = TimeZone::from_text("Europe/Vienna").expect("a zone");
        let org = organizations.create(slug, name, zone, &Origin::OPERATOR);
        let org = org.expect("an organization").id;
        Self {
            store,
            org,
            clock,
            ids,
        }
    }

    /// Imports through `store`, which keeps its data where this desk does.
    pub(super) fn imports_through(&self, store: Arc<dyn ImportStore>) -> Imports {
        let ids = Arc::clone(&self.ids) as Arc<dyn IdSource>;
        Imports::new(store, Arc::clone(&self.clock) as _, ids)
    }

    /// Imports files, a second after whatever happened before.
    pub(super) fn run(&self, files: Vec<Rows>) -> Summary {
        self.clock.advance(Duration::seconds(1));
        let imports = self.imports_through(Arc::clone(&self.store) as _);
        let summary = imports.run(
            (self.org, &Origin::OPERATOR),
            &boxed(files),
            Options::default(),
            &mut ignored,
        );
        summary.expect("a store that answers")
    }

    /// Imports one file of these rows.
    pub(super) fn import(&self, rows: impl IntoIterator<Item = Value>) -> Summary {
        self.run(vec![file("rows", rows)])
    }

    /// Imports one file of these rows, none of which is bad.
    pub(super) fn import_well(&self, rows: impl IntoIterator<Item = Value>) -> Summary {
        let summary = self.import(rows);
        assert!(summary.is_clean(), "{:?}", summary.errors);
        summary
    }

    /// Everything that a query finds.
    pub(super) fn list<Q: Query>(&self, query: &Q) -> Vec<Q::Item>
    where
        InMemory: Lists<Q>,
    {
        let page = PageRequest::new(1, PageRequest::MAX_LIMIT).expect("a page");
        let Page { items, total, .. } = self.store.list(self.org, query, page).expect("a list");
        assert_eq!(items.len() as u64, total, "one page is enough");
        items
    }

    pub(super) fn now(&self) -> String {
        self.clock.now().to_string()
    }
}

pub(super) fn ignored(_: Progress) {}

pub(super) fn boxed(files: Vec<Rows>) -> Vec<Box<dyn Source>> {
    let files = files.into_iter();
    files
        .map(|file| Box::new(file) as Box<dyn Source>)
        .collect()
}

pub(super) fn file(name: &str, rows: impl IntoIterator<Item = Value>) -> Rows {
    Rows::named(name).with(rows.into_iter().map(object))
}

pub(super) fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(object) => object,
        _ => panic!("not an object"),
    }
}

pub(super) fn work(name: &str) -> Value {
    json!({ "kind": "work", "externalId": name, "title": "Mass", "composer": "Bach" })
}

pub(super) fn production(name: &str) -> Value {
    json!({
        "kind": "production", "externalId": name, "title": "Gala",
        "startDate": "2026-01-01", "endDate": "2026-01-02",
    })
}

pub(super) fn service(name: &str, production: &str) -> Value {
    json!({
        "kind": "service", "externalId": name, "productionExternalId": production,
        "type": "CONCERT", "startAt": "2026-01-01T19:00:00Z", "endAt": "2026-01-01T21:00:00Z",
    })
}

/// `value` with one more field, or another value of one that it has.
pub(super) fn with(mut value: Value, field: &str, content: impl Into<Value>) -> Value {
    value[field] = content.into();
    value
}

/// Line, field and message of every error.
pub(super) fn errors(summary: &Summary) -> Vec<(u64, &str, &str)> {
    let errors = summary.errors.iter();
    errors
        .map(|error| {
            let field = error.field.as_deref().unwrap_or("");
            (error.line.unwrap_or(0), field, error.message.as_str())
        })
        .collect()
}

/// A store whose every transaction is undone when it has ended and run again.
pub(super) struct Restarting(pub(super) Arc<InMemory>);

impl ImportStore for Restarting {
    fn transact(
        &self,
        org: OrgId,
        origin: &Origin,
        mode: Mode,
        work: &mut dyn FnMut(&mut dyn ImportTx) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        self.0.transact(org, origin, Mode::Rehearse, work)?;
        self.0.transact(org, origin, mode, work)
    }
}
