//! The list of services.

use diesel::prelude::*;
use diesel::sql_types::{Nullable, Timestamptz};
use org_domain::query::Lists;
use org_domain::record::Record;
use org_domain::services::{Service, ServiceQuery, Window};
use org_kernel::StoreError;
use org_kernel::id::OrgId;
use org_kernel::instant::Instant;
use org_kernel::page::{Page, PageRequest};

use super::row::ServiceRow;
use crate::listing::list_page;
use crate::pg::Pg;
use crate::schema::services;

#[diesel::declare_sql_function]
extern "SQL" {
    /// The time from a start, included, to an end, excluded; a null leaves it open.
    fn tstzrange(start: Nullable<Timestamptz>, end: Nullable<Timestamptz>) -> Range<Timestamptz>;
}

impl Lists<ServiceQuery> for Pg {
    fn list(
        &self,
        org: OrgId,
        query: &ServiceQuery,
        page: PageRequest,
    ) -> Result<Page<Record<Service>>, StoreError> {
        self.read(|conn| {
            list_page!(conn, page, || matching(org, query), ServiceRow,
                order by (services::start_at, services::id))
        })
    }
}

fn matching(org: OrgId, query: &ServiceQuery) -> services::BoxedQuery<'_, diesel::pg::Pg> {
    let mut matching = services::table
        .filter(services::org_id.eq(org.uuid()))
        .into_boxed();
    if let Some(production) = query.production {
        matching = matching.filter(services::production_id.eq(production.uuid()));
    }
    if query.window != Window::default() {
        let edge = |edge: Option<Instant>| {
            edge.map(Instant::to_utc)
                .into_sql::<Nullable<Timestamptz>>()
        };
        let time = tstzrange(services::start_at.nullable(), services::end_at.nullable());
        let window = tstzrange(edge(query.window.start()), edge(query.window.end()));
        matching = matching.filter(time.overlaps_with(window));
    }
    matching
}
