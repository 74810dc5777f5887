//! The list of productions.

use diesel::prelude::*;
use org_domain::productions::{Production, ProductionQuery};
use org_domain::query::Lists;
use org_domain::record::Record;
use org_kernel::StoreError;
use org_kernel::id::OrgId;
use org_kernel::page::{Page, PageRequest};

use super::row::ProductionRow;
use crate::conditions::{all_of, looked_up};
use crate::listing::list_page;
use crate::pg::Pg;
use crate::schema::productions::{self, dsl};

impl Lists<ProductionQuery> for Pg {
    fn list(
        &self,
        org: OrgId,
        query: &ProductionQuery,
        page: PageRequest,
    ) -> Result<Page<Record<Production>>, StoreError> {
        self.read(|conn| {
            list_page!(conn, page, || matching(org, query), ProductionRow,
                order by (dsl::start_date.desc(), dsl::id))
        })
    }
}

fn matching(org: OrgId, query: &ProductionQuery) -> productions::BoxedQuery<'_, diesel::pg::Pg> {
    let mut matching = dsl::productions
        .filter(dsl::org_id.eq(org.uuid()))
        .into_boxed();
    if let Some(status) = query.status {
        matching = matching.filter(dsl::status.eq(status.as_str()));
    }
    for pattern in looked_up([query.words.as_ref()]) {
        matching = matching.filter(dsl::search_text.like(pattern));
    }
    if let Some(words) = &query.words {
        matching = matching.filter(dsl::search_text.like(all_of(words)));
    }
    matching
}
