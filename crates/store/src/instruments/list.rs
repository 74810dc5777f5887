//! The list of instruments.

use diesel::prelude::*;
use org_domain::instruments::{Instrument, InstrumentQuery};
use org_domain::query::Lists;
use org_domain::record::Record;
use org_kernel::StoreError;
use org_kernel::id::OrgId;
use org_kernel::page::{Page, PageRequest};

use super::row::InstrumentRow;
use crate::columns::head;
use crate::listing::list_page;
use crate::pg::Pg;
use crate::schema::instruments::dsl;

impl Lists<InstrumentQuery> for Pg {
    fn list(
        &self,
        org: OrgId,
        _: &InstrumentQuery,
        page: PageRequest,
    ) -> Result<Page<Record<Instrument>>, StoreError> {
        let all = || dsl::instruments.filter(dsl::org_id.eq(org.uuid()));
        self.read(|conn| {
            list_page!(conn, page, all, InstrumentRow,
                order by (head(dsl::name_folded), dsl::name_folded, dsl::id))
        })
    }
}
