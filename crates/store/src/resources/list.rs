//! The list of resources.

use diesel::prelude::*;
use org_domain::query::Lists;
use org_domain::record::Record;
use org_domain::resources::{Resource, ResourceQuery};
use org_kernel::StoreError;
use org_kernel::id::OrgId;
use org_kernel::page::{Page, PageRequest};

use super::row::ResourceRow;
use crate::columns::head;
use crate::listing::list_page;
use crate::pg::Pg;
use crate::schema::resources::dsl;

impl Lists<ResourceQuery> for Pg {
    fn list(
        &self,
        org: OrgId,
        _: &ResourceQuery,
        page: PageRequest,
    ) -> Result<Page<Record<Resource>>, StoreError> {
        let all = || dsl::resources.filter(dsl::org_id.eq(org.uuid()));
        self.read(|conn| {
            list_page!(conn, page, all, ResourceRow,
                order by (head(dsl::name_folded), dsl::name_folded, dsl::id))
        })
    }
}
