//! The list of tours.

use diesel::prelude::*;
use org_domain::query::Lists;
use org_domain::record::Record;
use org_domain::tours::{Tour, TourQuery};
use org_kernel::StoreError;
use org_kernel::id::OrgId;
use org_kernel::page::{Page, PageRequest};

use super::row::TourRow;
use crate::listing::list_page;
use crate::pg::Pg;
use crate::schema::tours::dsl;

impl Lists<TourQuery> for Pg {
    fn list(
        &self,
        org: OrgId,
        _: &TourQuery,
        page: PageRequest,
    ) -> Result<Page<Record<Tour>>, StoreError> {
        let all = || dsl::tours.filter(dsl::org_id.eq(org.uuid()));
        self.read(|conn| {
            list_page!(conn, page, all, TourRow,
                order by (dsl::start_date.desc(), dsl::id))
        })
    }
}
