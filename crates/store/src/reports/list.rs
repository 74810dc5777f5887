//! The list of reports.

use diesel::prelude::*;
use org_domain::query::Lists;
use org_domain::record::Record;
use org_domain::reports::{Report, ReportQuery};
use org_kernel::StoreError;
use org_kernel::id::OrgId;
use org_kernel::page::{Page, PageRequest};

use super::row::ReportRow;
use crate::listing::list_page;
use crate::pg::Pg;
use crate::schema::reports::dsl;

impl Lists<ReportQuery> for Pg {
    fn list(
        &self,
        org: OrgId,
        _: &ReportQuery,
        page: PageRequest,
    ) -> Result<Page<Record<Report>>, StoreError> {
        let all = || dsl::reports.filter(dsl::org_id.eq(org.uuid()));
        self.read(|conn| {
            list_page!(conn, page, all, ReportRow,
                order by (dsl::generated_at.desc().nulls_last(), dsl::id))
        })
    }
}
