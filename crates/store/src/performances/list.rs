//! The list of performances.

use diesel::prelude::*;
use org_domain::history::{Performance, PerformanceQuery};
use org_domain::query::Lists;
use org_domain::record::Record;
use org_kernel::StoreError;
use org_kernel::id::OrgId;
use org_kernel::page::{Page, PageRequest};

use super::row::PerformanceRow;
use crate::conditions::{all_of, looked_up};
use crate::listing::list_page;
use crate::pg::Pg;
use crate::schema::performances::{self, dsl};

impl Lists<PerformanceQuery> for Pg {
    fn list(
        &self,
        org: OrgId,
        query: &PerformanceQuery,
        page: PageRequest,
    ) -> Result<Page<Record<Performance>>, StoreError> {
        self.read(|conn| {
            list_page!(conn, page, || matching(org, query), PerformanceRow,
                order by (dsl::date.desc(), dsl::id))
        })
    }
}

fn matching(org: OrgId, query: &PerformanceQuery) -> performances::BoxedQuery<'_, diesel::pg::Pg> {
    let mut matching = dsl::performances
        .filter(dsl::org_id.eq(org.uuid()))
        .into_boxed();
    // Composer and conductor stand in the search text too, so its index finds them.
    let searches = [&query.words, &query.composer, &query.conductor];
    for pattern in looked_up(searches.map(Option::as_ref)) {
        matching = matching.filter(dsl::search_text.like(pattern));
    }
    if let Some(words) = &query.words {
        matching = matching.filter(dsl::search_text.like(all_of(words)));
    }
    if let Some(words) = &query.composer {
        matching = matching.filter(dsl::composer_folded.like(all_of(words)));
    }
    if let Some(words) = &query.conductor {
        // Words may fold to nothing, of which every text has enough, but a missing one has not.
        matching = matching
            .filter(dsl::conductor_folded.is_not_null())
            .filter(dsl::conductor_folded.like(all_of(words).nullable()));
    }
    if let Some(from) = query.from {
        matching = matching.filter(dsl::date.ge(from));
    }
    if let Some(to) = query.to {
        matching = matching.filter(dsl::date.le(to));
    }
    matching
}
