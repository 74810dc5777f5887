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
use crate::conditions::Search;
use crate::listing::{Listed, counted_page, run_page};
use crate::pg::Pg;
use crate::schema::members::dsl;

impl Lists<MemberQuery> for Pg {
    fn list(
        &self,
        org: OrgId,
        query: &MemberQuery,
        page: PageRequest,
    ) -> Result<Page<Record<Member>>, StoreError> {
        let search = Search::new(query.words.as_ref(), []);
        let listed = Listed {
            org: org.uuid(),
            table: "members",
            versioned: false,
            keys: &["section_rank", "chair", "name_folded"],
            order: &(
                dsl::section_rank,
                dsl::chair,
                head(dsl::name_folded),
                dsl::name_folded,
                dsl::id,
            ),
            backwards: &(
                dsl::section_rank.desc(),
                dsl::chair.desc(),
                head(dsl::name_folded).desc(),
                dsl::name_folded.desc(),
                dsl::id.desc(),
            ),
            rows: &dsl::members.filter(dsl::org_id.eq(org.uuid())),
            search: &search,
        };
        let run = run_page!(listed, MemberRow);
        self.read(|conn| counted_page(conn, page, !search.is_empty(), run))
    }
}
