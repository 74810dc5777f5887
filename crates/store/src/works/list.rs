//! The list of works.

use diesel::prelude::*;
use org_domain::query::Lists;
use org_domain::repertoire::{WorkEntry, WorkQuery};
use org_kernel::StoreError;
use org_kernel::id::OrgId;
use org_kernel::page::{Page, PageRequest};

use super::figures;
use super::row::WorkRow;
use crate::columns::head;
use crate::conditions::{all_of, looked_up};
use crate::listing::list_page;
use crate::pg::Pg;
use crate::schema::works::{self, dsl};

impl Lists<WorkQuery> for Pg {
    fn list(
        &self,
        org: OrgId,
        query: &WorkQuery,
        page: PageRequest,
    ) -> Result<Page<WorkEntry>, StoreError> {
        self.read(|conn| {
            let works = list_page!(conn, page, || matching(org, query), WorkRow, order by (
                head(dsl::composer_folded),
                dsl::composer_folded,
                head(dsl::title_folded),
                dsl::title_folded,
                dsl::id,
            ))?;
            figures::beside(conn, org, works)
        })
    }
}

fn matching(org: OrgId, query: &WorkQuery) -> works::BoxedQuery<'_, diesel::pg::Pg> {
    let mut matching = dsl::works.filter(dsl::org_id.eq(org.uuid())).into_boxed();
    // The composer stands in the search text too, so its index finds them.
    for pattern in looked_up([query.words.as_ref(), query.composer.as_ref()]) {
        matching = matching.filter(dsl::search_text.like(pattern));
    }
    if let Some(words) = &query.words {
        matching = matching.filter(dsl::search_text.like(all_of(words)));
    }
    if let Some(words) = &query.composer {
        matching = matching.filter(dsl::composer_folded.like(all_of(words)));
    }
    matching
}
