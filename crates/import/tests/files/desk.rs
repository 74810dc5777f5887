//! An orchestra in New York, and imports into it.

use std::sync::Arc;

use org_domain::import::{Imports, Options, Source, Summary};
use org_domain::memory::InMemory;
use org_domain::organizations::Organizations;
use org_domain::query::{Lists, Query};
use org_domain::time_zone::TimeZone;
use org_kernel::audit::Origin;
use org_kernel::clock::{Clock, FrozenClock};
use org_kernel::field::FromText;
use org_kernel::id::OrgId;
use org_kernel::id_source::{IdSource, SequentialIds};
use org_kernel::page::{Page, PageRequest};

pub(crate) struct Desk {
    pub(crate) store: Arc<InMemory>,
    pub(crate) org: OrgId,
    imports: Imports,
}

impl Desk {
    pub(crate) fn new() -> Self {
        let now = "2026-01-01T12:00:00Z".parse().expect("an instant");
        let store = Arc::new(InMemory::default());
        let clock: Arc<dyn Clock> = Arc::new(FrozenClock::at(now));
        let ids: Arc<dyn IdSource> = Arc::new(SequentialIds::at(1_767_268_800_000));
        let organizations = Organizations::new(
            Arc::clone(&store) as _,
            Arc::clone(&clock),
            Arc::clone(&ids),
        );
        let zone = value("America/New_York");
        let name = value("New York Philharmonic");
        let org = organizations.create(value("nyphil"), name, zone, &Origin::OPERATOR);
        Self {
            org: org.expect("an organization").id,
            imports: Imports::new(Arc::clone(&store) as _, clock, ids),
            store,
        }
    }

    pub(crate) fn import(&self, files: &[Box<dyn Source>]) -> Summary {
        let summary = self.imports.run(
            (self.org, &Origin::OPERATOR),
            files,
            Options::default(),
            &mut |_| {},
        );
        summary.expect("a store that answers")
    }

    pub(crate) fn list<Q: Query>(&self, query: &Q) -> Page<Q::Item>
    where
        InMemory: Lists<Q>,
    {
        let page = PageRequest::new(1, PageRequest::MAX_LIMIT).expect("a page");
        self.store.list(self.org, query, page).expect("a list")
    }
}

pub(crate) fn new_york() -> TimeZone {
    value("America/New_York")
}

pub(crate) fn value<T: FromText>(text: &str) -> T {
    T::from_text(text).expect("a value that can be read")
}
