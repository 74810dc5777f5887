//! Organizations.

mod edit;
mod row;

use diesel::prelude::*;
use org_domain::organizations::{
    ChangeError, CreateError, Edit, Organization, OrganizationStore, Slug,
};
use org_domain::record::Record;
use org_domain::transaction::End;
use org_kernel::StoreError;
use org_kernel::audit::Entry;
use org_kernel::id::OrgId;

use self::row::{NewOrganization, OrganizationRow};
use crate::audit;
use crate::columns::Row;
use crate::error::failure;
use crate::pg::Pg;
use crate::schema::organizations::dsl;

impl OrganizationStore for Pg {
    fn insert(
        &self,
        organization: &Record<Organization>,
        entry: &Entry,
    ) -> Result<(), CreateError> {
        let row = NewOrganization::from(organization);
        let stored = self.in_transaction(organization.id, |tx| {
            let inserted = diesel::insert_into(dsl::organizations)
                .values(&row)
                .on_conflict(dsl::slug)
                .do_nothing()
                .execute(tx.conn)
                .map_err(failure)?;
            if inserted > 0 {
                audit::insert(tx.conn, tx.org, entry).map_err(failure)?;
            }
            Ok((End::Commit, inserted > 0))
        })?;
        if stored {
            Ok(())
        } else {
            Err(CreateError::SlugTaken)
        }
    }

    fn edit(&self, org: OrgId, edit: &mut Edit<'_>) -> Result<Record<Organization>, ChangeError> {
        self.in_transaction(org, |tx| edit::edit(tx, edit))?
    }

    fn by_id(&self, org: OrgId) -> Result<Option<Record<Organization>>, StoreError> {
        self.read(|conn| {
            let found = dsl::organizations
                .find(org.uuid())
                .select(OrganizationRow::as_select())
                .first(conn)
                .optional()?;
            found.map(Row::into_item).transpose()
        })
    }

    fn by_slug(&self, slug: &Slug) -> Result<Option<Record<Organization>>, StoreError> {
        self.read(|conn| {
            let found = dsl::organizations
                .filter(dsl::slug.eq(slug.as_str()))
                .select(OrganizationRow::as_select())
                .first(conn)
                .optional()?;
            found.map(Row::into_item).transpose()
        })
    }
}
