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
use crate::conditions::Search;
use crate::listing::{Counted, Listed, remembered, run_page};
use crate::pg::Pg;
use crate::schema::works::dsl;

impl Lists<WorkQuery> for Pg {
    fn list(
        &self,
        org: OrgId,
        query: &WorkQuery,
        page: PageRequest,
    ) -> Result<Page<WorkEntry>, StoreError> {
        let composer = ("composer_folded", query.composer.as_ref());
        let search = Search::new(query.words.as_ref(), [composer]);
        let listed = Listed {
            org: org.uuid(),
            table: "works",
            versioned: true,
            keys: &["composer_folded", "title_folded"],
            order: &(
                head(dsl::composer_folded),
                dsl::composer_folded,
                head(dsl::title_folded),
                dsl::title_folded,
                dsl::id,
            ),
            backwards: &(
                head(dsl::composer_folded).desc(),
                dsl::composer_folded.desc(),
                head(dsl::title_folded).desc(),
                dsl::title_folded.desc(),
                dsl::id.desc(),
            ),
            rows: &dsl::works.filter(dsl::org_id.eq(org.uuid())),
            search: &search,
        };
        let run = run_page!(listed, WorkRow);
        self.read(|conn| {
            let counted = (self.totals(), org, Counted::Works(query.clone()));
            let works = remembered(conn, counted, page, !search.is_empty(), run)?;
            figures::beside(conn, org, works)
        })
    }
}
