//! The roster's list.

use diesel::prelude::*;
use org_domain::query::Lists;
use org_domain::record::Record;
use org_domain::roster::{Member, MemberQuery};
use org_kernel::StoreError;
use org_kernel::id::OrgId;
use org_kernel::page::{Page, PageRequest};

use super::row::MemberRow;
use crate::columns::head;
use crate::conditions::{all_of, looked_up};
use crate::listing::list_page;
use crate::pg::Pg;
use crate::schema::members::{self, dsl};

impl Lists<MemberQuery> for Pg {
    fn list(
        &self,
        org: OrgId,
        query: &MemberQuery,
        page: PageRequest,
    ) -> Result<Page<Record<Member>>, StoreError> {
        self.read(|conn| {
            list_page!(conn, page, || matching(org, query), MemberRow, order by (
                dsl::section_rank,
                dsl::chair,
                head(dsl::name_folded),
                dsl::name_folded,
                dsl::id,
            ))
        })
    }
}

fn matching(org: OrgId, query: &MemberQuery) -> members::BoxedQuery<'_, diesel::pg::Pg> {
    let mut matching = dsl::members.filter(dsl::org_id.eq(org.uuid())).into_boxed();
    for pattern in looked_up([query.words.as_ref()]) {
        matching = matching.filter(dsl::search_text.like(pattern));
    }
    if let Some(words) = &query.words {
        matching = matching.filter(dsl::search_text.like(all_of(words)));
    }
    matching
}
